// Checks links: no link on the public pages or at the desk is broken, and the page behind a linked number shows the same
// number.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { DESK, addToTeam, startDemo, signIn, startBrowser } from './support.mjs';

let demo, browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const decode = (text) => text.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
// Hundreds of desk addresses only differ in an id or a filter value, so checking one of each shape is enough.
const shape = (url) => `${url.pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*').replace(/(themes|priorities)\/[^/]+$/, '$1/*')}?${[...url.searchParams.keys()].sort()}`;

const inWords = (html) => decode(html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim());
/** The numbers that a page gives for its set: in its heading and next to it, in a theme's tally, and the voices it shows. */
const told = (body) => [
  ...[...body.matchAll(/<h1[^>]*>.*?<\/h1>|<div class="head">.*?<\/div>|<dl class="tally">.*?<\/dl>|<caption[^>]*>.*?<\/caption>/gs)].flatMap(([part]) => inWords(part).match(/[\d,]+/g) ?? []),
  `${(body.match(/<blockquote class="voice/g) ?? []).length}`,
];
// Lists of comments, people, words, and voices, but not page numbers, ranks, or prompts.
const isSet = (url) => /\/(comments|results|keywords|themes)$|\/themes\/[^/]+$/.test(url.pathname) || url.hash === '#voices';

/** The linked numbers on a page, including those in filter links, each with its address. */
const numbers = (address, body) =>
  [...body.matchAll(/<a [^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gs)].flatMap(([, href, inner]) => {
    const url = new URL(decode(href), address);
    const [number] = inWords(inner).match(inner.includes('class="number soft"') ? /[\d,]+$/ : /^[\d,]+/) ?? [];
    const sorted = number && isSet(url) && !url.searchParams.has('page') && !/^\d+ themes?$/.test(inWords(inner));
    return sorted ? [{ number, url, address }] : [];
  });

/** Follows some numbers of each shape; returns the mismatches and how many were checked. */
async function follow(pages, cookie) {
  const kinds = new Map();
  for (const [address, body] of pages) {
    for (const found of numbers(address, body)) {
      const kind = `${shape(found.url)} from ${shape(new URL(address)).split('?')[0]}`;
      kinds.set(kind, [...(kinds.get(kind) ?? []), found]);
    }
  }
  const few = [...kinds.values()].flatMap((all) => [...new Set([all[Math.floor(all.length / 2)], all.at(-1)])]);
  const check = async ({ number, url, address }) => {
    const body = await (await fetch(url, { headers: { cookie, 'accept-language': 'en' } })).text();
    return told(body).includes(number) ? [] : [`${number} at ${address} leads to ${url}: ${told(body)}`];
  };
  const wrong = [];
  for (const waiting = [...few]; waiting.length; ) wrong.push(...(await Promise.all(waiting.splice(0, 4).map(check))).flat());
  return { wrong, checked: few.length };
}

const without = (url) => url.href.slice(0, url.href.length - url.hash.length);

/** Follows links from these pages; returns what's wrong and how many pages there were. */
async function crawl(starts, { cookie = '', follows, once = false }) {
  const pages = new Map();
  const shapes = new Set();
  const anchors = [];
  const wrong = new Set();
  const visit = async ([address, from]) => {
    const response = await fetch(address, { headers: { cookie, 'accept-language': 'en' }, redirect: 'manual' });
    const body = await response.text();
    pages.set(address, body);
    const closed = response.status === 410 && address.includes('/s/');
    if (response.status >= 400 && !closed) wrong.add(`${response.status} ${address} from ${from}`);
    const links = [...body.matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, href]) => decode(href));
    return [...links, response.headers.get('location') ?? []].flat().map((href) => [new URL(href, address), address]);
  };
  let found = starts.map((path) => [new URL(path, demo.base), 'the start']);
  while (found.length) {
    const next = [];
    for (const [url, from] of found) {
      if (url.hash) anchors.push([url, from]);
      const address = without(url);
      const known = pages.has(address) || (once && shapes.has(shape(url)));
      if (known || url.origin !== demo.base || !follows(url)) continue;
      shapes.add(shape(url));
      pages.set(address, '');
      next.push([address, from]);
    }
    found = [];
    while (next.length) found.push(...(await Promise.all(next.splice(0, 4).map(visit))).flat());
  }
  for (const [url, from] of anchors) {
    const body = pages.get(without(url));
    const place = `id="${decodeURIComponent(url.hash.slice(1))}"`;
    if (body && !body.includes(place)) wrong.add(`no ${place} at ${url.pathname} from ${from}`);
  }
  return { wrong: [...wrong], pages: pages.size, bodies: pages };
}

test('every link on public pages works, and each number matches the page behind it', async () => {
  const { wrong, pages, bodies } = await crawl(['/'], { follows: (url) => !url.pathname.startsWith('/desk') && !url.pathname.startsWith('/assets') });
  assert.deepEqual(wrong, []);
  assert.ok(pages > 200, `${pages} pages`);
  const numbers = await follow(bodies, '');
  assert.deepEqual(numbers.wrong, []);
  assert.ok(numbers.checked > 3, `${numbers.checked} numbers`);
});

for (const role of ['planner', 'coder', 'viewer', 'clerk', 'facilitator']) {
  test(`every link that the desk shows a ${role} works, and each number matches the page behind it`, async () => {
    const context = await browser.newContext(DESK);
    const page = await context.newPage();
    await signIn(page, demo);
    if (role !== 'planner') {
      const member = await addToTeam(page, demo, role, 'Kim Lee');
      await context.clearCookies();
      await signIn(page, demo, member);
    }
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    // Pages with one filter: two at once would be most of all pages. The numbers on them, which are followed below, lead to two.
    const { wrong, pages, bodies } = await crawl(['/desk'], { cookie, once: true, follows: (url) => url.pathname.startsWith('/desk') && [...url.searchParams].length <= 1 });
    assert.deepEqual(wrong, []);
    assert.ok(pages > 2, `${pages} pages`);
    const numbers = await follow(bodies, cookie);
    assert.deepEqual(numbers.wrong, [], 'numbers that lead to a different number');
    if (role === 'planner') assert.ok(numbers.checked > 100, `${numbers.checked} numbers`);
    await context.close();
  });
}
