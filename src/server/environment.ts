/** The only file that reads process.env: every setting, its default, and a sentence for each mistake. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { proxyRange, type ProxyRange } from './client-address.ts';

export type Environment = {
  production: boolean;
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Scheme, host and port as visitors see them; no slash at the end. */
  publicOrigin: string;
  /** The proxies whose X-Forwarded-For is believed. */
  trustProxy: readonly ProxyRange[];
  metrics: {
    host: string;
    /** The port of the operators’ own door; undefined: there is none. */
    port: number | undefined;
    /** What opens /metrics at the site’s own port; undefined: nothing does. */
    token: string | undefined;
  };
  /** Absolute. */
  dataDir: string;
  /** `postgres://…`; it may hold a password. */
  databaseUrl: string | undefined;
  /** What is undefined here is the embedded Gateway’s own. */
  gateway: {
    url: URL | undefined;
    /** Undefined: beside `url`. */
    withdrawalsUrl: URL | undefined;
    token: string | undefined;
    publicJwk: string | undefined;
    format: 'jwe' | 'json';
  };
  embeddedGateway: boolean;
  sealKeys: string | undefined;
};

type Source = Record<string, string | undefined>;

/** The settings are wrong. The message has one sentence a line and holds no secret. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError';
}

const defaultPort = 4321;
const defaultDataDir = '.data';

const webUrl = (message: string) =>
  z.string().transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

const portNumber = (name: string) =>
  z
    .string()
    .regex(/^\d{1,5}$/, `${name} must be a whole number from 0 to 65535.`)
    .transform(Number)
    .refine((port) => port <= 65_535, `${name} must be a whole number from 0 to 65535.`);

const proxyRanges = z.string().transform((text, context) => {
  const ranges = text.split(',').map((each) => proxyRange(each.trim()));
  if (ranges.every((range) => range !== undefined)) return ranges;
  const message = 'TRUST_PROXY must name addresses or networks of proxies, such as 127.0.0.1,10.0.0.0/8.';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const settings = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: portNumber('PORT').default(defaultPort),
  TRUST_PROXY: proxyRanges.default([]),
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: portNumber('METRICS_PORT').optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'METRICS_TOKEN must be one word of at least 16 plain letters, digits and signs.')
    .optional(),
  PUBLIC_ORIGIN: webUrl('PUBLIC_ORIGIN must be a web address such as https://advocate.example.')
    .refine(
      (url) =>
        url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '',
      'PUBLIC_ORIGIN must be an address without a path, such as https://advocate.example.',
    )
    .optional(),
  DATA_DIR: z.string().default(defaultDataDir),
  DATABASE_URL: z
    .string()
    .refine(
      (text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
      'DATABASE_URL must be an address that begins with postgres://, or be unset to keep everything under DATA_DIR.',
    )
    .optional(),
  GATEWAY_URL: webUrl('GATEWAY_URL must be the full web address to which referrals are sent.')
    .refine(
      (url) => url.username === '' && url.password === '',
      'GATEWAY_URL must hold no name or password: use GATEWAY_TOKEN.',
    )
    .refine((url) => url.hash === '', 'GATEWAY_URL must have no part after a number sign (#).')
    .optional(),
  GATEWAY_WITHDRAWALS_URL: webUrl('GATEWAY_WITHDRAWALS_URL must be the full web address to which withdrawals are sent.')
    .refine(
      (url) => url.username === '' && url.password === '' && url.hash === '',
      'GATEWAY_WITHDRAWALS_URL must hold no name, no password and no number sign (#).',
    )
    .optional(),
  GATEWAY_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'GATEWAY_TOKEN must be one word of plain letters, digits and signs.')
    .optional(),
  GATEWAY_PUBLIC_JWK: z.string().optional(),
  GATEWAY_FORMAT: z.enum(['jwe', 'json'], 'GATEWAY_FORMAT must be jwe or json.').default('jwe'),
  EMBEDDED_GATEWAY: z.enum(['on', 'off'], 'EMBEDDED_GATEWAY must be on or off.').optional(),
  SEAL_KEYS: z.string().optional(),
});

/**
 * Parses all settings. An empty one counts as unset.
 * @throws EnvironmentError
 */
export function readEnvironment(source: Source = process.env): Environment {
  const { success, data, error } = settings.safeParse(withoutEmpty(source));
  if (!success) throw new EnvironmentError(error.issues.map((issue) => issue.message).join('\n'));

  const production = data.NODE_ENV === 'production';
  const embeddedGateway =
    data.EMBEDDED_GATEWAY === undefined
      ? data.GATEWAY_URL === undefined && !production
      : data.EMBEDDED_GATEWAY === 'on';
  const environment: Environment = {
    production,
    host: data.HOST,
    port: data.PORT,
    publicOrigin: data.PUBLIC_ORIGIN?.origin ?? `http://localhost:${data.PORT}`,
    trustProxy: data.TRUST_PROXY,
    metrics: { host: data.METRICS_HOST, port: data.METRICS_PORT, token: data.METRICS_TOKEN },
    dataDir: resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    gateway: {
      url: data.GATEWAY_URL,
      withdrawalsUrl: data.GATEWAY_WITHDRAWALS_URL,
      token: data.GATEWAY_TOKEN,
      publicJwk: data.GATEWAY_PUBLIC_JWK,
      format: data.GATEWAY_FORMAT,
    },
    embeddedGateway,
    sealKeys: data.SEAL_KEYS,
  };
  const mistakes = contradictions(environment);
  if (mistakes.length > 0) throw new EnvironmentError(mistakes.join('\n'));
  return environment;
}

/** `DATA_DIR` alone, for commands that must work beside a site whose other settings they do not have. Absolute. */
export function readDataDir(source: Source = process.env): string {
  return resolve(withoutEmpty(source)['DATA_DIR'] ?? defaultDataDir);
}

/** The same with `DATABASE_URL`, for commands that look into the database of a running site. */
export function readPlace(source: Source = process.env): Pick<Environment, 'dataDir' | 'databaseUrl'> {
  const { success, data, error } = settings.pick({ DATABASE_URL: true }).safeParse(withoutEmpty(source));
  if (!success) throw new EnvironmentError(error.issues.map((issue) => issue.message).join('\n'));
  return { dataDir: readDataDir(source), databaseUrl: data.DATABASE_URL };
}

function withoutEmpty(source: Source): Source {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''));
}

/** Settings that are right each by itself and wrong together. */
function contradictions(environment: Environment): string[] {
  return [...storeMistakes(environment), ...gatewayMistakes(environment)];
}

function storeMistakes({ production, databaseUrl, sealKeys }: Environment): string[] {
  if (databaseUrl === undefined) return [];
  const mistakes: string[] = [];
  if (sealKeys === undefined) {
    mistakes.push(
      'SEAL_KEYS is missing: with DATABASE_URL several instances serve the same visitors, and all need the same keys.',
    );
  }
  if (production && !isProtected(new URL(databaseUrl))) {
    mistakes.push(
      'DATABASE_URL must end with ?sslmode=verify-full in production, unless the database is on this machine.',
    );
  }
  return mistakes;
}

/** A socket or a name of this machine, or TLS with the certificate checked. */
function isProtected({ hostname, searchParams }: URL): boolean {
  const host = searchParams.get('host') ?? hostname;
  return host === '' || host.startsWith('/') || isThisMachine(host) || searchParams.get('sslmode') === 'verify-full';
}

function gatewayMistakes({ production, gateway, embeddedGateway }: Environment): string[] {
  if (!gateway.url) {
    if (embeddedGateway && gateway.withdrawalsUrl) {
      return ['GATEWAY_WITHDRAWALS_URL is set without GATEWAY_URL: both must lead to the same Gateway.'];
    }
    if (embeddedGateway) return [];
    return [
      'Referrals would have nowhere to go: set GATEWAY_URL to the Gateway’s address, or EMBEDDED_GATEWAY=on for a demonstration.',
    ];
  }
  const mistakes: string[] = [];
  // In production the embedded Gateway’s key and token are never taken for another Gateway’s.
  const ownDefaults = embeddedGateway && !production;
  if (gateway.format === 'jwe' && gateway.publicJwk === undefined && !ownDefaults) {
    mistakes.push(
      'GATEWAY_PUBLIC_JWK is missing: referrals are sealed to the Gateway’s public key. For a Gateway that cannot open them yet, set GATEWAY_FORMAT=json.',
    );
  }
  if (production && gateway.token === undefined) {
    mistakes.push('GATEWAY_TOKEN is missing: the Gateway must be able to tell who sends.');
  }
  for (const [name, url] of [
    ['GATEWAY_URL', gateway.url],
    ['GATEWAY_WITHDRAWALS_URL', gateway.withdrawalsUrl],
  ] as const) {
    if (production && url?.protocol === 'http:' && !isThisMachine(url.hostname)) {
      mistakes.push(`${name} must begin with https:// in production, unless the Gateway is on this machine.`);
    }
  }
  return mistakes;
}

function isThisMachine(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]') return true;
  return isIP(hostname) === 4 && hostname.startsWith('127.');
}
