/** The settings: their defaults, and a sentence for each mistake. */
import { describe, expect, test } from 'vitest';
import { EnvironmentError, readDataDir, readEnvironment, readPlace } from '#server/environment.ts';

const production = {
  NODE_ENV: 'production',
  GATEWAY_URL: 'https://gateway.example/referrals',
  GATEWAY_TOKEN: 'a-token',
  GATEWAY_PUBLIC_JWK: '{}',
};

describe('the environment', () => {
  test('needs nothing set on a developer’s machine', () => {
    expect(readEnvironment({})).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 4321,
      publicOrigin: 'http://localhost:4321',
      trustProxy: [],
      metrics: { host: '127.0.0.1', port: undefined, token: undefined },
      dataDir: `${process.cwd()}/.data`,
      databaseUrl: undefined,
      gateway: { url: undefined, withdrawalsUrl: undefined, token: undefined, publicJwk: undefined, format: 'jwe' },
      embeddedGateway: true,
      sealKeys: undefined,
    });
  });

  test('takes an empty setting as unset', () => {
    expect(readEnvironment({ PORT: '', GATEWAY_URL: '  ', SEAL_KEYS: '' })).toEqual(readEnvironment({}));
  });

  test('the origin follows the port, unless it is set', () => {
    expect(readEnvironment({ PORT: '8080' }).publicOrigin).toBe('http://localhost:8080');
    expect(readEnvironment({ PUBLIC_ORIGIN: 'http://advocate.example:81/' }).publicOrigin).toBe(
      'http://advocate.example:81',
    );
    expect(readEnvironment({ ...production, PUBLIC_ORIGIN: 'http://advocate.example' }).production).toBe(true);
  });

  test('a Gateway elsewhere switches the embedded one off, and production does too', () => {
    expect(readEnvironment(production)).toMatchObject({ production: true, embeddedGateway: false });
    const elsewhere = { GATEWAY_URL: 'http://127.0.0.1:9/x', GATEWAY_PUBLIC_JWK: '{}' };
    expect(readEnvironment(elsewhere).embeddedGateway).toBe(false);
    expect(readEnvironment({ ...elsewhere, EMBEDDED_GATEWAY: 'on' }).embeddedGateway).toBe(true);
    expect(readEnvironment({ NODE_ENV: 'production', EMBEDDED_GATEWAY: 'on' }).embeddedGateway).toBe(true);
  });

  test('JSON needs no key of the Gateway', () => {
    expect(
      readEnvironment({ ...production, GATEWAY_PUBLIC_JWK: undefined, GATEWAY_FORMAT: 'json' }).gateway.format,
    ).toBe('json');
  });

  test.each<[string, Record<string, string | undefined>, RegExp]>([
    ['production with no Gateway at all', { NODE_ENV: 'production' }, /nowhere to go: set GATEWAY_URL/],
    ['no Gateway at all', { EMBEDDED_GATEWAY: 'off' }, /nowhere to go/],
    ['a Gateway without a key', { GATEWAY_URL: 'https://g.example/' }, /GATEWAY_PUBLIC_JWK is missing/],
    ['production without a token', { ...production, GATEWAY_TOKEN: '' }, /GATEWAY_TOKEN is missing/],
    [
      'production that would take its own key for the Gateway’s',
      { ...production, EMBEDDED_GATEWAY: 'on', GATEWAY_PUBLIC_JWK: '' },
      /GATEWAY_PUBLIC_JWK is missing/,
    ],
    [
      'production over an open line',
      { ...production, GATEWAY_URL: 'http://gateway.example/' },
      /must begin with https/,
    ],
    ['a name that only looks like this machine', { ...production, GATEWAY_URL: 'http://127.0.0.1.example/' }, /https/],
    ['a Gateway address that is none', { GATEWAY_URL: 'gateway' }, /GATEWAY_URL must be the full web address/],
    [
      'withdrawals that would go unencrypted',
      { ...production, GATEWAY_WITHDRAWALS_URL: 'http://gateway.example/' },
      /GATEWAY_WITHDRAWALS_URL must begin with https/,
    ],
    [
      'withdrawals for another Gateway than the referrals',
      { GATEWAY_WITHDRAWALS_URL: 'https://g.example/withdrawals' },
      /without GATEWAY_URL/,
    ],
    ['a password in the address', { GATEWAY_URL: 'https://a:b@g.example/' }, /use GATEWAY_TOKEN/],
    ['a token with a line break', { GATEWAY_TOKEN: 'a\nb' }, /GATEWAY_TOKEN must be one word/],
    ['another format', { GATEWAY_FORMAT: 'xml' }, /GATEWAY_FORMAT must be jwe or json/],
    ['a port that is none', { PORT: '70000' }, /PORT must be a whole number/],
    ['a port for the figures that is none', { METRICS_PORT: 'x' }, /METRICS_PORT must be a whole number/],
    ['a token that is soon guessed', { METRICS_TOKEN: 'short' }, /METRICS_TOKEN must be one word of at least 16/],
    ['a proxy by its name', { TRUST_PROXY: 'proxy.example' }, /TRUST_PROXY must name addresses/],
    ['a network that is none', { TRUST_PROXY: '10.0.0.0/33' }, /TRUST_PROXY must name addresses/],
    ['an origin with a path', { PUBLIC_ORIGIN: 'https://x.example/site' }, /without a path/],
    ['another database', { DATABASE_URL: 'mysql://x' }, /begins with postgres:\/\//],
    [
      'a database address that is none',
      { DATABASE_URL: 'postgres://:x:', SEAL_KEYS: 'k' },
      /DATABASE_URL must be an address/,
    ],
    ['a shared database without shared keys', { DATABASE_URL: 'postgres://localhost/site' }, /SEAL_KEYS is missing/],
    [
      'a database over an open line',
      { ...production, DATABASE_URL: 'postgres://site:word@db.example/site', SEAL_KEYS: 'k' },
      /sslmode=verify-full/,
    ],
    ['a switch that is neither on nor off', { EMBEDDED_GATEWAY: 'yes' }, /EMBEDDED_GATEWAY must be on or off/],
  ])('%s is refused', (_, source, sentence) => {
    expect(() => readEnvironment(source)).toThrow(EnvironmentError);
    expect(() => readEnvironment(source)).toThrow(sentence);
  });

  test.each([
    'postgres://site@127.0.0.1:5432/site',
    'postgresql:///site?host=/run/postgresql',
    'postgres://site:word@db.example/site?sslmode=verify-full',
  ])('in production the database may be at %s', (url) => {
    expect(readEnvironment({ ...production, DATABASE_URL: url, SEAL_KEYS: 'k' }).databaseUrl).toBe(url);
  });

  test('all mistakes are told at once, one sentence a line', () => {
    expect(() => readEnvironment({ PORT: 'x', GATEWAY_FORMAT: 'xml' })).toThrow(/PORT.*\n.*GATEWAY_FORMAT/);
  });

  test('a command reads the place of the data alone', () => {
    const url = 'postgres://127.0.0.1/site';
    expect(readPlace({ NODE_ENV: 'production', DATA_DIR: '/srv/data' })).toEqual({
      dataDir: '/srv/data',
      databaseUrl: undefined,
    });
    expect(readPlace({ NODE_ENV: 'production', DATABASE_URL: url }).databaseUrl).toBe(url);
    expect(() => readPlace({ DATABASE_URL: 'mysql://x' })).toThrow(EnvironmentError);
  });

  test('the data folder can be read alone', () => {
    expect(readDataDir({ NODE_ENV: 'production', DATA_DIR: '/srv/data' })).toBe('/srv/data');
  });
});
