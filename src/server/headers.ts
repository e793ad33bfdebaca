/** The headers of every response: what a page may do, and who may keep it. */

/** Where “leave this site” goes: nothing on it tells what was left. Source: the exit-this-page pattern of GOV.UK. */
export const neutralPage = 'https://www.bbc.co.uk/weather';

/** The content security policy of a site whose pages need one stylesheet, pictures of their own, and no script. */
const contentSecurityPolicy = (styleHashes: readonly string[], more: readonly string[] = []): string =>
  [
    "default-src 'none'",
    `style-src ${styleHashes.map((hash) => `'sha256-${hash}'`).join(' ')}`,
    "img-src 'self'",
    // Leaving is a form, and Chromium holds the redirect that answers it to this list too.
    `form-action 'self' ${new URL(neutralPage).origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...more,
  ].join('; ');

/** The policy of a page that runs scripts of our own, from files, which ask nobody but us. */
export const policyWithScripts = (styleHashes: readonly string[]): string =>
  contentSecurityPolicy(styleHashes, ["script-src 'self'", "connect-src 'self'"]);

/** @param options.https whether visitors come over TLS; @param options.styleHashes SHA-256 in base64 of the inline styles */
export const securityHeaders = ({
  https,
  styleHashes,
}: {
  https: boolean;
  styleHashes: readonly string[];
}): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy(styleHashes),
  // `no-referrer` would make browsers send “Origin: null” with our own forms.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()',
  ...(https && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
});
