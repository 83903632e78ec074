// Every link: none of the public pages, and none that the desk shows somebody, leads nowhere.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { DESK, addToTeam, openDemo, signIn, startBrowser } from './support.mjs';

let demo, browser;
before(async () => {
  [demo, browser] = await Promise.all([openDemo(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const decode = (text) => text.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
// Some hundred addresses of the desk differ in an id or in what a filter says: one of each shape is enough.
const shape = (url) => `${url.pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*').replace(/(themes|priorities)\/[^/]+$/, '$1/*')}?${[...url.searchParams.keys()].sort()}`;

const without = (url) => url.href.slice(0, url.href.length - url.hash.length);

/** Follows links from some pages on; returns what is wrong, and how many pages there were. */
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
  return { wrong: [...wrong], pages: pages.size };
}

test('every link of every public page leads somewhere', async () => {
  const { wrong, pages } = await crawl(['/'], { follows: (url) => !url.pathname.startsWith('/desk') && !url.pathname.startsWith('/assets') });
  assert.deepEqual(wrong, []);
  assert.ok(pages > 200, `${pages} pages`);
});

for (const role of ['planner', 'coder', 'viewer', 'clerk', 'facilitator']) {
  test(`every link that the desk shows a ${role} leads somewhere`, async () => {
    const context = await browser.newContext(DESK);
    const page = await context.newPage();
    await signIn(page, demo);
    if (role !== 'planner') {
      const member = await addToTeam(page, demo, role, 'Kim Lee');
      await context.clearCookies();
      await signIn(page, demo, member);
    }
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const { wrong, pages } = await crawl(['/desk'], { cookie, once: true, follows: (url) => url.pathname.startsWith('/desk') && [...url.searchParams].length <= 2 });
    assert.deepEqual(wrong, []);
    assert.ok(pages > 2, `${pages} pages`);
    await context.close();
  });
}
