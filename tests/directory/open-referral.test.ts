/** The directory as open data: its shape, its ids, its pages, and that it says no more than our sources do. */
import type { APIContext } from 'astro';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openReferralService, pageOf, serviceIdOf } from '#directory/open-referral.ts';
import { services } from '#library/content.ts';
import { GET } from '../../src/pages/api/services/v1/[...address].ts';

async function get(path: string): Promise<{ status: number; headers: Headers; body: unknown }> {
  const url = new URL(`/api/services/v1${path}`, 'http://site.invalid');
  const address = url.pathname.slice('/api/services/v1/'.length) || undefined;
  const response = await GET({ params: { address }, url } as unknown as APIContext);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** What the profile requires of a service, and of what hangs on it; written from its schema, not from our code. */
const uuid = z.uuid();
const phone = z.strictObject({ id: uuid, number: z.string().min(2), type: z.enum(['voice', 'text']) });
const profileService = z.strictObject({
  id: uuid,
  name: z.string().min(1),
  description: z.string().min(1),
  status: z.enum(['active', 'inactive', 'defunct', 'temporarily closed']),
  url: z.url().optional(),
  email: z.email().optional(),
  assured_date: z.iso.date(),
  organization: z.strictObject({ id: uuid, name: z.string().min(1), description: z.string().min(1) }),
  phones: z.array(phone).min(1).optional(),
  contacts: z
    .array(z.strictObject({ id: uuid, phones: z.array(phone).min(1) }))
    .min(1)
    .optional(),
  schedules: z
    .array(z.strictObject({ id: uuid, description: z.string().min(1) }))
    .min(1)
    .optional(),
  service_areas: z
    .array(z.strictObject({ id: uuid, name: z.string().min(1), uri: z.url() }))
    .min(1)
    .optional(),
  attributes: z.array(
    z.strictObject({
      id: uuid,
      link_entity: z.literal('service'),
      link_type: z.string().min(1),
      value: z.string().min(1),
      taxonomy_term: z.strictObject({
        id: uuid,
        name: z.string().min(1),
        description: z.string().min(1),
        taxonomy: z.string().min(1),
        term: z.string().min(1),
      }),
    }),
  ),
});
const profilePage = z.strictObject({
  total_items: z.int(),
  total_pages: z.int(),
  page_number: z.int(),
  size: z.int(),
  first_page: z.boolean(),
  last_page: z.boolean(),
  empty: z.boolean(),
  contents: z.array(profileService),
});

const list = async (query = '') => profilePage.parse((await get(`/services${query}`)).body);
const oneById = async (file: string) => profileService.parse((await get(`/services/${serviceIdOf(file)}`)).body);
const wordsOf = (service: z.infer<typeof profileService>) =>
  Object.fromEntries(service.attributes.map(({ taxonomy_term, value }) => [taxonomy_term.term, value]));

describe('the list of services', () => {
  it('has every service of the directory once, and nothing else', async () => {
    const { contents, total_items } = await list('?per_page=500');
    expect(total_items).toBe(services().size);
    expect(contents.map(({ id }) => id)).toEqual([...services().keys()].map(serviceIdOf));
    expect(new Set(contents.map(({ id }) => id)).size).toBe(services().size);
  });

  it('says of each service what its own address says', async () => {
    for (const service of (await list('?per_page=500')).contents) {
      expect((await get(`/services/${service.id}`)).body).toEqual(service);
    }
  });

  it('comes in pages that together hold each service once', async () => {
    const ids: string[] = [];
    for (let page = 1, last = false; !last; page++) {
      const { contents, last_page, first_page, size, page_number } = await list(`?page=${page}&per_page=7`);
      expect({ first_page, page_number, size }).toEqual({
        first_page: page === 1,
        page_number: page,
        size: contents.length,
      });
      ids.push(...contents.map(({ id }) => id));
      last = last_page;
    }
    expect(ids).toEqual((await list('?per_page=500')).contents.map(({ id }) => id));
  });

  it('has an empty page after the last one', async () => {
    expect(await list('?page=999999&per_page=500')).toEqual({
      total_items: services().size,
      total_pages: 1,
      page_number: 999_999,
      size: 0,
      first_page: false,
      last_page: true,
      empty: true,
      contents: [],
    });
  });

  it.each([
    [0, { total_pages: 0, size: 0, last_page: true, empty: true }],
    [1, { total_pages: 1, size: 1, last_page: true, empty: false }],
    [10, { total_pages: 1, size: 10, last_page: true, empty: false }],
    [11, { total_pages: 2, size: 10, last_page: false, empty: false }],
  ])('of %i items, ten a page, begins with the right first page', (count, expected) => {
    const items = Array.from({ length: count }, (_, index) => index);
    expect(pageOf(items, { page: 1, per_page: 10 })).toMatchObject({ first_page: true, ...expected });
  });

  it.each([
    '?page=0',
    '?page=-1',
    '?page=1.5',
    '?page=',
    '?page=one',
    '?page=1e2',
    '?page=01',
    '?page=1000000',
    '?per_page=0',
    '?per_page=501',
    '?page=1&page=2',
    '?search=advocacy',
    '?__proto__=1',
  ])('refuses %s with problem details', async (query) => {
    const { status, headers, body } = await get(`/services${query}`);
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(body).toMatchObject({ status: 400, title: 'Bad Request', detail: expect.stringContaining('per_page') });
  });
});

describe('a service', () => {
  it('keeps its id for ever', () => {
    // Made by another program (Python’s uuid5), so that a change of ours cannot agree with itself.
    expect(serviceIdOf('meic')).toBe('db161301-2042-5a51-9e84-174e50952ba8');
    expect(serviceIdOf('gateway-cav')).toBe('582fa57b-b39c-51ed-a3c3-938e35ae9412');
  });

  it('shares no id with anything else', async () => {
    const ids = (await list('?per_page=500')).contents.flatMap((service) => [
      service.id,
      service.organization.id,
      ...[service.phones, service.contacts, service.schedules, service.service_areas, service.attributes].flatMap(
        (parts) => (parts ?? []).map(({ id }) => id),
      ),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has the facts of its file, in English, with the same words in Welsh and easy read beside them', async () => {
    const meic = await oneById('meic');
    const file = services().get('meic')!;
    expect(meic).toMatchObject({
      name: file.name.en,
      description: file.for.en,
      status: 'active',
      url: file.web,
      email: file.email,
      assured_date: file.checkedOn,
      schedules: [{ description: file.hours!.en }],
      phones: [
        { id: 'eaf14f10-04dd-5027-b7ee-4dd61ac860b8', number: file.phone, type: 'voice' },
        { id: 'edcb7246-b275-579f-a195-9478b81cad91', number: file.text, type: 'text' },
      ],
      service_areas: [{ name: 'Wales', uri: 'http://statistics.data.gov.uk/id/statistical-geography/W92000004' }],
    });
    expect(meic.contacts?.[0]?.phones).toEqual(meic.phones);
    expect(wordsOf(meic)).toEqual({
      'name.cy': file.name.cy,
      'description.cy': file.for.cy,
      'description.en.easy': file.for['en.easy'],
      'description.cy.easy': file.for['cy.easy'],
      'schedules.description.cy': file.hours!.cy,
    });
  });

  it('has the names of the councils that it serves', async () => {
    const { service_areas } = await oneById('emergency-duty-team');
    expect(service_areas?.map(({ name }) => name).sort()).toEqual(['Cardiff', 'Vale of Glamorgan']);
  });

  it('leaves out what no source shows', async () => {
    const gateway = await oneById('gateway-cav');
    for (const key of ['url', 'email', 'phones', 'contacts', 'schedules']) expect(gateway).not.toHaveProperty(key);
    expect(wordsOf(gateway)).not.toHaveProperty(['schedules.description.cy']);
  });

  it('is found whichever way its id is written', async () => {
    expect((await get(`/services/${serviceIdOf('meic').toUpperCase()}`)).status).toBe(200);
  });

  it.each(['/services/meic', `/services/${serviceIdOf('no-such-service')}`, '/services/a/b', '/taxonomies'])(
    'is not found at %s, and a program is told so',
    async (path) => {
      const { status, headers, body } = await get(path);
      expect(status).toBe(404);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(body).toMatchObject({ status: 404 });
    },
  );
});

describe('all that is published', () => {
  it('has no null, no empty text and no fact that is kept back for a person to check', async () => {
    const text = JSON.stringify((await get('/services?per_page=500')).body);
    expect(text).not.toMatch(/:null|""|\bundefined\b/);
    for (const { withheld, source } of services().values()) {
      if (withheld) expect(text).not.toContain(withheld);
      expect(text).not.toContain(source);
    }
    expect(text).not.toContain('08000 223 444');
  });

  it('names no area for a service whose file says `uk`: that also stands for one nation outside Wales', () => {
    const file = services().get('siaa')!;
    expect(openReferralService('siaa', file, () => 'any')).not.toHaveProperty('service_areas');
  });

  it('may be read by a page of any site', async () => {
    for (const path of ['', '/services', `/services/${serviceIdOf('meic')}`]) {
      const { status, headers } = await get(path);
      expect(status).toBe(200);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('content-type')).toBe('application/json');
    }
  });

  it('says at its root which version of the standard it keeps to', async () => {
    expect((await get('')).body).toMatchObject({ version: 'HSDS-UK-3.0' });
  });
});
