/** The same question asked by hmpo-form-wizard, on Express, with its session in memory. Prints its port. */
import process from 'node:process';
import cookieParser from 'cookie-parser';
import express from 'express';
import session from 'express-session';
import wizard from 'hmpo-form-wizard';

const choices = ['now', 'no', 'unsure'];
const app = express();
app.set('views', new URL('.', import.meta.url).pathname);
// A template of plain strings: cheaper than any engine’s, so that the comparison is fair to the wizard.
app.engine('html', (_path, { values = {}, errors = {} }, done) => {
  const boxes = choices.map(
    (value) =>
      `<div><input type="radio" id="${value}" name="danger" value="${value}"${values.danger === value ? ' checked' : ''}><label for="${value}">${value}</label></div>`,
  );
  const problem = Object.keys(errors).length > 0 ? '<p role="alert">Choose an answer.</p>' : '';
  done(
    null,
    `<!doctype html><html lang="en"><title>Danger</title><h1>Are you in danger?</h1>${problem}<form method="post">${boxes.join('')}<button>Continue</button></form></html>`,
  );
});
app.set('view engine', 'html');
app.use(
  cookieParser(),
  session({ secret: 'bench', resave: false, saveUninitialized: true }),
  express.urlencoded({ extended: false }),
);
app.use(
  wizard(
    {
      '/danger': { entryPoint: true, fields: ['danger'], template: 'danger', next: 'done' },
      '/done': { template: 'danger', noPost: true },
    },
    { danger: { validate: ['required', { type: 'equal', arguments: choices }] } },
    { name: 'bench', templatePath: '', csrf: false },
  ),
);
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
