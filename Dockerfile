# The site as an image: built in one stage, and run from another that holds what it needs at run time and nothing more.
# docker build -t get-an-advocate . && docker run --read-only --tmpfs /tmp -v advocate:/data -p 127.0.0.1:4321:4321 -e … get-an-advocate
# Before a release, put the digest behind each tag (node:24.21.0-bookworm-slim@sha256:…).

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /site
ENV ASTRO_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --loglevel=error
COPY . .
RUN npm run build

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /site
COPY package.json package-lock.json ./
# The image has its Node: the one that the project brings along would only be a second.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --loglevel=error

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4321 DATA_DIR=/data
WORKDIR /site
# All of it belongs to root: the process can read its own program and not change it.
COPY --from=packages /site/node_modules ./node_modules
COPY --from=build /site/dist ./dist
COPY package.json LICENSE ./
COPY src ./src
COPY i18n ./i18n
COPY content ./content
RUN install -d -m 0700 -o 65534 -g 65534 /data
VOLUME /data
# nobody, by number: orchestrators that refuse root cannot look names up.
USER 65534:65534
EXPOSE 4321
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not a shell or npm: SIGTERM reaches it, and it drains. Give it 30 seconds (docker stop -t 30).
CMD ["node", "src/server/main.ts"]
