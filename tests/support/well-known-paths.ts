/** Two hundred addresses that robots try on every site: what is found there on others must not be found here. */
export const wellKnownPaths: readonly string[] = `
  /.git/config /.git/HEAD /.git/index /.git/logs/HEAD /.gitignore /.gitlab-ci.yml /.github/workflows/ci.yml /.svn/entries
  /.hg/hgrc /.bzr/branch-format /.env /.env.local /.env.production /.env.backup /.env.example /.env.old
  /.env.save /api/.env /app/.env /en/.env /.aws/credentials /.aws/config /.ssh/id_rsa /.ssh/authorized_keys
  /.npmrc /.yarnrc /.netrc /.htaccess /.htpasswd /.DS_Store /.vscode/settings.json /.vscode/sftp.json
  /.idea/workspace.xml /.bash_history /.profile /.docker/config.json /.kube/config /.dockerenv /.well-known/openid-configuration /.well-known/security.txt.bak
  /wp-login.php /wp-admin/ /wp-config.php /wp-config.php.bak /wp-content/debug.log /wp-includes/wlwmanifest.xml /wp-json/wp/v2/users /xmlrpc.php
  /wordpress/ /blog/wp-login.php /administrator/index.php /admin /admin/ /admin.php /admin/login /login
  /login.php /user/login /signin /dashboard /phpmyadmin/ /phpMyAdmin/index.php /pma/ /myadmin/
  /adminer.php /mysql/ /dbadmin/ /sql.php /db.sql /dump.sql /backup.sql /backup.zip
  /backup.tar.gz /site.zip /www.zip /html.zip /database.sqlite /db.sqlite3 /site.db /data.db
  /.data/ /.data/site.sqlite /data/ /dist/ /dist/server/entry.mjs /src/ /src/server/main.ts /node_modules/
  /node_modules/astro/package.json /package.json /package-lock.json /tsconfig.json /astro.config.mjs /Dockerfile /docker-compose.yml /README.md
  /LICENSE /CHANGELOG.md /Makefile /Jenkinsfile /server-status /server-info /nginx_status /status
  /stats /debug /debug/pprof/ /debug/vars /trace /actuator /actuator/env /actuator/health
  /actuator/heapdump /heapdump /jolokia/ /manager/html /host-manager/html /console /h2-console /jmx-console
  /cgi-bin/ /cgi-bin/test.cgi /cgi-bin/luci /cgi-sys/defaultwebpage.cgi /scripts/ /shell /shell.php /cmd.php
  /c99.php /eval-stdin.php /vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php /vendor/autoload.php /composer.json /composer.lock /config.json /config.php
  /config.yml /configuration.php /settings.py /web.config /phpinfo.php /info.php /test.php /index.php
  /index.html.bak /index.jsp /default.aspx /owa/ /autodiscover/autodiscover.xml /ews/exchange.asmx /solr/admin/info/system /_search
  /_cat/indices /_cluster/health /_nodes /elasticsearch/ /kibana/ /grafana/login /prometheus/ /graphql
  /graphiql /api /api/v1 /api/v1/users /api/users /api/swagger.json /swagger.json /swagger-ui.html
  /openapi.json /v2/api-docs /v2/_catalog /v1/sys/health /latest/meta-data/ /computeMetadata/v1/ /metadata/instance /oauth/token
  /auth /token /session /jenkins/ /_image /_server-islands/ /_actions/ /_astro/
  /@vite/client /@fs/etc/passwd /__vite_ping /_next/static/ /_nuxt/ /static/ /assets/ /uploads/
  /files/ /tmp/ /logs/ /log.txt /error.log /access.log /app.log /npm-debug.log
  /id_rsa /key.pem /server.key /cert.pem /secrets.json /credentials.json /keys.json /gateway-keys.json
  /seal-keys /site-keys
`
  .trim()
  .split(/\s+/);
