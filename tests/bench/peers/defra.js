/**
 * The same question asked by the Defra forms engine, registered on hapi as its guide says: crumb and yar, sessions in memory
 * where a service would have Redis, a layout of ours on the GOV.UK template. CSRF is on, the log is off. Prints its port.
 */
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import engine from '@defra/forms-engine-plugin';
import { Engine as Memory } from '@hapi/catbox-memory';
import crumb from '@hapi/crumb';
import hapi from '@hapi/hapi';
import yar from '@hapi/yar';
import pino from 'hapi-pino';
import { choices, words } from './question.js';

const { title, why, label, options } = words.en;
// Each part of a form definition has an id of its own.
let made = 0;
const id = () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
const list = id();
const definition = {
  name: 'Get an Advocate',
  engine: 'V2',
  schema: 2,
  startPage: '/danger',
  pages: [
    {
      id: id(),
      path: '/danger',
      title: '',
      next: [],
      components: [
        {
          id: id(),
          type: 'RadiosField',
          name: 'danger',
          title,
          hint: why,
          shortDescription: label,
          list,
          options: { required: true },
          schema: {},
        },
      ],
    },
    {
      id: id(),
      path: '/name',
      title: '',
      next: [],
      components: [
        {
          id: id(),
          type: 'TextField',
          name: 'name',
          title: 'Name',
          shortDescription: 'Name',
          options: { required: true },
          schema: {},
        },
      ],
    },
    { id: id(), path: '/summary', title: '', controller: 'SummaryPageController' },
  ],
  conditions: [],
  sections: [],
  lists: [
    {
      id: list,
      name: 'danger',
      title: label,
      type: 'string',
      items: choices.map((value) => ({ id: id(), text: options[value], value })),
    },
  ],
};
const now = new Date();
const user = { id: 'bench', displayName: 'Bench' };
const author = { createdAt: now, createdBy: user, updatedAt: now, updatedBy: user };
const metadata = {
  ...author,
  id: id(),
  slug: 'check',
  title: 'Get an Advocate',
  organisation: 'Defra',
  teamName: 'Bench',
  teamEmail: 'bench@example.org',
  notificationEmail: 'bench@example.org',
  live: author,
};

const server = hapi.server({
  host: '127.0.0.1',
  port: 0,
  cache: [{ name: 'session', provider: { constructor: Memory } }],
});
await server.register([
  { plugin: pino, options: { enabled: false } },
  { plugin: crumb, options: { cookieOptions: { isSecure: false } } },
  {
    plugin: yar,
    options: {
      maxCookieSize: 0,
      cache: { cache: 'session', expiresIn: 24 * 3600_000 },
      cookieOptions: { password: 'a password for the bench, long enough', isSecure: false },
    },
  },
  {
    plugin: engine,
    options: {
      cache: 'session',
      baseUrl: 'http://127.0.0.1',
      nunjucks: { baseLayoutPath: 'defra-layout.njk', paths: [fileURLToPath(new URL('.', import.meta.url))] },
      viewContext: () => ({ assetPath: '/assets', config: { serviceName: 'Get an Advocate' } }),
      services: {
        formsService: {
          getFormMetadata: async () => metadata,
          getFormMetadataById: async () => metadata,
          getFormDefinition: async () => definition,
        },
        // Nothing is sent: the form is never finished.
        formSubmissionService: {},
        outputService: {},
      },
    },
  },
]);
await server.start();
process.stdout.write(`${server.info.port}\n`);
