/** Pages with one fault each, made here, that the gate named for them must report: a gate that goes blind fails this file. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/site-test.ts';
import { judgeWithAxe } from './axe-gate.ts';
import { judgeWithCodeSniffer } from './codesniffer-gate.ts';
import { judgeHeaders } from './header-gate.ts';
import { judgeHtml } from './html-gate.ts';
import { judgeOverflow } from './overflow-gate.ts';
import { judgeShape, judgeSwitches, type Expected } from './shape-gate.ts';
import { judgeWeight } from './weight-gate.ts';

test.use({ viewport: { width: 320, height: 640 }, colorScheme: 'light' });

const expected: Expected = { screen: 'carers', variant: 'en', hasErrors: false };

/** A page without a fault, but for what the test puts in the place of a part of it. */
const soundPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Carers</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body style="font: 20px/1.6 sans-serif; color: #111; background: #fff">
<a href="#main">Skip to the main part of the page</a>
<header>
<form method="post" action="/leave"><button type="submit" data-exit style="font: inherit; padding: 1em">Leave this site</button></form>
<p><a href="/cy" hreflang="cy" lang="cy" data-switch="cy" style="display: inline-block; padding: 1em">Cymraeg</a></p>
<p><a href="/easy" hreflang="en" data-switch="en.easy" style="display: inline-block; padding: 1em">Easy read</a></p>
</header>
<main id="main" tabindex="-1" data-screen="carers" data-variant="en">
<h1>Carers</h1>
<p>You may have an advocate too.</p>
</main>
</body>
</html>`;

const others: Readonly<Record<string, string>> = {
  '/cy': '<main data-screen="carers" data-variant="cy">',
  '/easy': '<main data-screen="carers" data-variant="en.easy">',
  '/home': '<main data-screen="home" data-variant="cy">',
  '/_astro/a.js': '',
  '/_astro/two.js': 'import{a}from"./b.js"',
  '/_astro/heavy.js': '/'.repeat(8000),
};

let server: Server;
let origin: string;
let html = soundPage;

test.beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(others[request.url ?? ''] ?? html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The sound page with one part replaced; the part must be there, or the canary would test nothing. */
function withFault(part: string | RegExp, fault: string): string {
  const faulty = soundPage.replace(part, fault);
  expect(faulty).not.toBe(soundPage);
  return faulty;
}

async function show(page: Page, content: string): Promise<void> {
  html = content;
  await page.goto(`${origin}/page`);
}

test('no gate reports a page without a fault', async ({ page }) => {
  await show(page, soundPage);
  expect((await judgeShape(page, expected)).faults).toEqual([]);
  expect((await judgeSwitches(page, expected)).faults).toEqual([]);
  expect((await judgeOverflow(page)).faults).toEqual([]);
  expect((await judgeWithAxe(page)).faults).toEqual([]);
  expect((await judgeWithCodeSniffer(page)).faults).toEqual([]);
  expect((await judgeWithAxe(page, { onlyColours: true })).faults).toEqual([]);
});

const asQuestion = (page: string): string => page.replaceAll('data-screen="carers"', 'data-screen="check-danger"');
const question: Expected = { ...expected, screen: 'check-danger' };

test('the shape gate reports a question without the island, with another script, and with one in the page', async ({
  page,
}) => {
  await show(page, asQuestion(soundPage));
  expect((await judgeShape(page, question)).faults.join()).toMatch(/the script is “”/);
  await show(page, asQuestion(withFault('</head>', '<script type="module">1</script></head>')));
  expect((await judgeShape(page, question)).faults.join()).toMatch(/the script is “script in the page”/);
  const island = '<script type="module" src="/_astro/a.js"></script>';
  await show(page, asQuestion(withFault('</head>', `${island}${island}</head>`)));
  expect((await judgeShape(page, question)).faults.join()).toMatch(/can run or embed/);
  await show(page, asQuestion(withFault('</head>', `${island}</head>`)));
  expect((await judgeShape(page, question)).faults).toEqual([]);
});

const shapeFaults: readonly (readonly [what: string, part: string | RegExp, fault: string, reported: RegExp])[] = [
  ['the wrong language', 'lang="en"', 'lang="cy"', /html\[lang\]/],
  ['the wrong screen', 'data-screen="carers"', 'data-screen="home"', /data-screen/],
  ['the wrong variant', 'data-variant="en"', 'data-variant="cy"', /data-variant/],
  ['no title', '<title>Carers</title>', '<title></title>', /title/],
  ['two h1', '<p>You', '<h1>More</h1><p>You', /2 h1/],
  ['no skip link', /<a href="#main">.*?<\/a>/, '', /skip link/],
  ['no switch of language', /<p><a href="\/cy".*?<\/p>/, '', /switches lead to “en.easy”/],
  ['no switch to easy read', /<p><a href="\/easy".*?<\/p>/, '', /switches lead to “cy”/],
  ['a switch without words', '>Cymraeg<', '><', /no words/],
  ['a switch that is no link', 'href="/cy"', '', /neither a link nor/],
  ['a switch with the wrong language', 'hreflang="cy"', 'hreflang="en"', /hreflang/],
  ['no way to leave', ' data-exit', '', /0 ways to leave/],
  ['a way to leave that goes elsewhere', 'action="/leave"', 'action="/"', /leaving the site is/],
  ['a way to leave below the first screen', '<header>', '<header style="margin-top: 700px">', /first screen/],
  ['a way to leave that is covered', '<h1>', '<div style="position: fixed; inset: 0"></div><h1>', /covered/],
  [
    'an error summary that nobody earned',
    '<p>You',
    '<div id="errors"><a href="#main">x</a></div><p>You',
    /nobody earned/,
  ],
  ['a script', '</main>', '<script></script></main>', /can run/],
  [
    'something kept in the browser',
    '</main>',
    '<script>localStorage.setItem("a", "b")</script></main>',
    /localStorage/,
  ],
  ['a cookie that scripts can read', '</main>', '<script>document.cookie = "a=b"</script></main>', /scriptCookies/],
];
for (const [what, part, fault, reported] of shapeFaults) {
  test(`the shape gate reports ${what}`, async ({ page }) => {
    await show(page, withFault(part, fault));
    expect((await judgeShape(page, expected)).faults.join('\n')).toMatch(reported);
  });
}

test('the shape gate reports two sentences on one line of easy read, and none that is broken between them', async ({
  page,
}) => {
  const easy = { ...expected, variant: 'en.easy' } as const;
  const faultsWith = async (style: string): Promise<string> => {
    await show(page, withFault('<p>You', `<p${style}>It is free.\nYou`));
    return (await judgeShape(page, easy)).faults.join('\n');
  };
  expect(await faultsWith('')).toMatch(/more than one sentence: “It is free\. You/);
  expect(await faultsWith(' style="white-space: pre-line"')).not.toMatch(/more than one sentence/);
});

test('the shape gate reports a form that was refused without saying so', async ({ page }) => {
  await show(page, soundPage);
  expect((await judgeShape(page, { ...expected, hasErrors: true })).faults.join()).toMatch(/no error summary/);
});

test('the switch gate reports a switch that leads to another page', async ({ page }) => {
  await show(page, withFault('href="/cy"', 'href="/home"'));
  expect((await judgeSwitches(page, expected)).faults.join()).toMatch(/leads to home/);
});

test('the overflow gate reports a page that is too wide', async ({ page }) => {
  await show(page, withFault('<p>You', '<p style="width: 400px">You'));
  expect((await judgeOverflow(page)).faults.join()).toMatch(/At the usual size/);
});

test('the overflow gate reports a page that is too wide with large text', async ({ page }) => {
  await show(page, withFault('<p>You', '<p style="width: 15rem">You'));
  const { faults } = await judgeOverflow(page);
  expect(faults.join()).toMatch(/At twice the size/);
  expect(faults).toHaveLength(1);
});

const axeFaults: readonly (readonly [what: string, rule: string, part: string | RegExp, fault: string])[] = [
  ['a picture without words', 'image-alt', '<p>You', '<img src="/x.svg"><p>You'],
  ['text that only AA allows', 'color-contrast-enhanced', '<p>You', '<p style="color: #666">You'],
  [
    'a target that is too small',
    'target-size',
    '<p>You',
    '<button style="font-size: 8px; padding: 0; border: 0; width: 9px; height: 9px; overflow: hidden">a</button><button style="padding: 0; border: 0; width: 9px; height: 9px; font-size: 8px; overflow: hidden">b</button><p>You',
  ],
  ['a field without a name', 'label', '<p>You', '<input type="text"><p>You'],
  ['a skipped level of heading', 'heading-order', '<p>You', '<h4>Deep</h4><p>You'],
  ['a part outside every landmark', 'region', '<header>', '<p>Lost</p><header>'],
  [
    'one name for two ways',
    'identical-links-same-purpose',
    '<p>You',
    '<p><a href="/a">More</a></p><p><a href="/b">More</a></p><p>You',
  ],
];
for (const [what, rule, part, fault] of axeFaults) {
  test(`the axe gate reports ${what}`, async ({ page }) => {
    await show(page, withFault(part, fault));
    expect((await judgeWithAxe(page)).faults.join('\n')).toContain(rule);
  });
}

test('the axe gate reports pale words in a drawing, which axe cannot judge', async ({ page }) => {
  const drawing = (fill: string) =>
    `<svg role="img" aria-label="x" width="200" height="40"><rect width="200" height="40" fill="#fff"/><text y="20" fill="${fill}">Words</text></svg><p>You`;
  await show(page, withFault('<p>You', drawing('#777')));
  expect((await judgeWithAxe(page)).faults.join()).toContain('too pale');
  await show(page, withFault('<p>You', drawing('#222')));
  expect((await judgeWithAxe(page)).faults).toEqual([]);
});

test('the axe gate reports text that is pale in the dark scheme only', async ({ page }) => {
  const dark = '<style>@media (prefers-color-scheme: dark) { main p { color: #999 } }</style></head>';
  await show(page, withFault('</head>', dark));
  expect((await judgeWithAxe(page, { onlyColours: true })).faults).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect((await judgeWithAxe(page, { onlyColours: true })).faults.join()).toContain('color-contrast');
});

const codeSnifferFaults: readonly (readonly [what: string, code: string, part: string, fault: string])[] = [
  ['no language', 'H57', 'lang="en"', ''],
  ['a picture without words', 'H37', '<p>You', '<img src="/x.svg"><p>You'],
  ['text too pale for AAA', 'G17', '<p>You', '<p style="color:#666;background:#fff">You'],
  ['a field without a name', 'H91', '<p>You', '<input type="text"><p>You'],
];
for (const [what, code, part, fault] of codeSnifferFaults) {
  test(`the HTML_CodeSniffer gate reports ${what}`, async ({ page }) => {
    await show(page, withFault(part, fault));
    expect((await judgeWithCodeSniffer(page)).faults.join('\n')).toContain(code);
  });
}

const htmlFaults: readonly (readonly [rule: string, fault: string])[] = [
  ['no-dup-id', '<p id="main">You'],
  ['aria-label-misuse', '<p aria-label="x">You'],
  ['element-permitted-content', '<button type="button"><div>x</div></button><p>You'],
  ['no-missing-references', '<p aria-describedby="nowhere">You'],
  ['no-implicit-button-type', '<button>x</button><p>You'],
  ['require-sri', '<script src="https://elsewhere.example/a.js"></script><p>You'],
  ['valid-autocomplete', '<label>x <input type="text" autocomplete="everything"></label><p>You'],
  [
    'form-dup-name',
    '<form><input type="text" name="a" aria-label="a"><input type="text" name="a" aria-label="b"></form><p>You',
  ],
];
for (const [rule, fault] of htmlFaults) {
  test(`the HTML gate reports ${rule}`, async () => {
    expect((await judgeHtml(withFault('<p>You', fault))).faults.join('\n')).toContain(rule);
  });
}

test('the header gate reports an answer without any of our headers, and a style that the policy does not know', () => {
  const { faults } = judgeHeaders(new Headers({ 'content-type': 'text/html', server: 'x' }), '<style>a{}</style>');
  for (const each of [
    'nosniff',
    "default-src 'none'",
    'content-type',
    'server tells',
    'inline style',
    'permissions-policy',
  ]) {
    expect(faults.join('\n')).toContain(each);
  }
});

test('the header gate reports a policy that lets a page without the island run something, or the island not run', () => {
  const policyOf = (more: string) => new Headers({ 'content-security-policy': `default-src 'none'${more}` });
  const ofIsland = "; script-src 'self'; connect-src 'self'";
  expect(judgeHeaders(policyOf(ofIsland)).faults.join()).toContain('too much');
  expect(judgeHeaders(policyOf("; connect-src 'self'")).faults.join()).toContain('too much');
  const { faults } = judgeHeaders(policyOf(''), undefined, 'check-danger');
  expect(faults.join()).toContain('lacks “script-src');
  expect(faults.join()).toContain('varies');
  const wide = policyOf("; script-src 'self' https:; connect-src 'self'");
  expect(judgeHeaders(wide, undefined, 'check-danger').faults.join()).toContain('too much');
  expect(judgeHeaders(policyOf(ofIsland), undefined, 'check-danger').faults.join()).not.toContain(
    'policy lacks “script',
  );
});

test('the budget gate reports an island that is missing, in two files, heavy, or not the build’s', async () => {
  const judge = async (head: string) => {
    html = withFault('</head>', `${head}</head>`);
    return (await judgeWeight(new URL('/page', origin), html, { screen: 'check-danger' })).faults.join();
  };
  expect(await judge('<!-- none -->')).toContain('0 scripts');
  expect(await judge('<script type="module" src="/_astro/two.js"></script>')).toContain('loads another file');
  expect(await judge('<script type="module" src="/_astro/heavy.js"></script>')).toContain('the script has');
  expect(await judge('<script src="https://elsewhere.example/a.js"></script>')).toContain('more than pictures');
});

test('the budget gate reports plain text, too many bytes, heavy pictures, and anything but pictures', async () => {
  const noise = Array.from({ length: 900 }, (_, at) => `<p>${(at * 7919) % 104_729} words</p>`).join('');
  html = withFault('<p>You', `${noise}<link rel="stylesheet" href="/a.css"><script src="/a.js"></script><p>You`);
  const pictures = ['/1.svg', '/2.svg', '/3.svg'].map((path) => `<img src="${path}" alt="">`).join('');
  html = html.replace('</main>', `${pictures}</main>`);
  const { faults } = await judgeWeight(new URL('/page', origin), html);
  for (const each of ['not brotli', 'the most is 13000', 'the most is 60000', 'stylesheet', '<script']) {
    expect(faults.join('\n')).toContain(each);
  }
});
