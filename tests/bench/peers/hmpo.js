/**
 * The same question asked by hmpo-form-wizard, put together as its own example is: Express, a session in memory, Nunjucks with
 * the templates of hmpo-components and govuk-frontend, hmpo-i18n. Its CSRF check is on, its log is left out. Prints its port.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import cookieParser from 'cookie-parser';
import express from 'express';
import session from 'express-session';
import hmpoComponents from 'hmpo-components';
import wizard from 'hmpo-form-wizard';
import i18n from 'hmpo-i18n';
import nunjucks from 'nunjucks';
import { choices, languages, words } from './question.js';

const { resolve } = createRequire(import.meta.url);
const app = express();
app.use(cookieParser(), session({ secret: 'bench', resave: false, saveUninitialized: false }));

// What a service would have: templates compiled once and kept.
app.set('view engine', 'njk');
const templates = [
  join(dirname(resolve('hmpo-components')), 'components'),
  join(dirname(resolve('govuk-frontend/package.json')), 'dist'),
];
const environment = nunjucks.configure(templates, { express: app });
environment.addGlobal('govukRebrand', true);

const resources = Object.fromEntries(
  languages.map((language) => {
    const { title, why, options, error } = words[language];
    return [
      language,
      {
        govuk: {
          serviceName: 'Get an Advocate',
          backLink: 'Back',
          error: 'Error',
          errorSummaryTitle: 'There is a problem',
          skipLink: 'Skip to main content',
          cookieBanner: 'This site keeps what you answer for one day.',
        },
        buttons: { next: 'Continue' },
        pages: { done: { title: 'Done' } },
        fields: {
          danger: {
            legend: title,
            hint: why,
            items: Object.fromEntries(choices.map((choice) => [choice, { label: options[choice] }])),
            validation: { default: error },
          },
        },
      },
    ];
  }),
);
i18n.middleware(app, { resources, query: 'lang', allowedLangs: languages, cookie: { name: 'lang' } });
hmpoComponents.setup(app, environment);
app.use(
  (request, response, next) => {
    response.locals.assetPath = '/public';
    response.locals.baseUrl = request.baseUrl;
    next();
  },
  express.urlencoded({ extended: true }),
);
app.use(
  wizard(
    {
      '/danger': { entryPoint: true, fields: ['danger'], template: 'form-template', next: 'done' },
      '/done': { template: 'form-template', noPost: true },
    },
    {
      danger: { type: 'radios', items: choices, validate: ['required', { type: 'equal', arguments: choices }] },
    },
    { name: 'bench', templatePath: '' },
  ),
);
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
