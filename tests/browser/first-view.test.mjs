// The first view of a survey with thirty questions (benches/survey.toml) on a slow phone with a slow network. How slow a slowed-down
// CPU is depends on the machine, so each figure is compared with a bare page that holds the same choices and nothing else.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { PHONE, TYPEFACES, startDemo, startBrowser } from './support.mjs';

/** 400 kbit/s and 400 ms per round trip, in Chromium's units: bytes per second and milliseconds. */
const NETWORK = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };
/** How many times slower the CPU is. */
const SLOWER = 4;
/** Milliseconds from the request until a tap has selected a choice. */
const SECOND = 1000;
/** On a machine where a second is out of reach: how many times as long as the bare page a survey may take. */
const TIMES = 2;
/** How many views to measure of each page. Other programs can only slow a view down, so the fastest one counts. */
const VIEWS = 3;
/** A page with the choices of one question, without style or script. */
const BARE = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Bare</title>
  ${['Families', 'Students', 'Staff', 'Neighbors'].map((name) => `<p><label class="choice"><input type="radio" name="who"> ${name}</label>`).join('')}`;

let demo, bare;
const browsers = {};
before(async () => {
  demo = await startDemo();
  for (const typeface of Object.keys(TYPEFACES)) browsers[typeface] = await startBrowser(typeface);
  demo.chorus('import', 'survey', 'benches/survey.toml', '--round', 'vision-2031', '--publish');
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(BARE));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  bare = { base: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
});
after(async () => {
  for (const one of Object.values(browsers)) await one.close();
  bare?.stop();
  await demo?.stop();
});

/**
 * Records in the page when the first choice was painted, when a tap selected it, and how much the layout shifted. The tap
 * comes from the test, so the time until it reaches the browser counts too.
 */
function watch() {
  const seen = { moved: 0 };
  Object.assign(globalThis, { seen });
  const look = () => {
    const box = document.querySelector('label.choice')?.getBoundingClientRect();
    if (!box?.height || box.bottom > innerHeight) return requestAnimationFrame(look);
    // The current frame is on the screen when the next one starts.
    requestAnimationFrame(() => {
      seen.painted = performance.now();
      seen.at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
  };
  look();
  addEventListener('change', () => (seen.chosen ??= performance.now()), true);
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) seen.moved += shift.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** One view of `base` + `path` on a new phone; times are in milliseconds from the request. */
async function view(browser, language, base, path) {
  const context = await browser.newContext({ ...PHONE, locale: language });
  const page = await context.newPage();
  // Open the connection first, with a page that caches nothing, so that it isn't measured.
  await page.goto(`${base}/health`);
  const console = await context.newCDPSession(page);
  await console.send('Network.enable');
  await console.send('Network.emulateNetworkConditions', NETWORK);
  await console.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(watch);
  await page.goto(base + path, { waitUntil: 'commit' });
  const { x, y } = await page.waitForFunction(() => globalThis.seen.at).then((at) => at.jsonValue());
  await page.touchscreen.tap(x, y);
  await page.waitForFunction(() => globalThis.seen.chosen);
  assert.equal(await page.locator('label.choice input').first().isChecked(), true);
  await page.waitForLoadState('networkidle');
  const seen = await page.evaluate(() => {
    const [{ requestStart, transferSize }] = performance.getEntriesByType('navigation');
    const { painted, chosen, moved } = globalThis.seen;
    return { painted: painted - requestStart, chosen: chosen - requestStart, moved, transferSize };
  });
  await context.close();
  return seen;
}

test('the two typefaces are installed, and one is wider', async () => {
  const widths = {};
  for (const typeface of Object.keys(TYPEFACES)) {
    const page = await browsers[typeface].newPage();
    widths[typeface] = await page.evaluate(() => {
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = '100px sans-serif';
      return pen.measureText('Which schools do your children go to?').width;
    });
    await page.close();
  }
  assert.ok(widths.wide > 1.05 * widths.narrow, `fonts-dejavu-core and fonts-liberation are needed: ${JSON.stringify(widths)}`);
});

const first = (views) => views.reduce((one, other) => (other.chosen < one.chosen ? other : one));

for (const [language, typeface] of ['en', 'es'].flatMap((language) => Object.keys(TYPEFACES).map((typeface) => [language, typeface]))) {
  test(`on a slow phone and network the first choice can be tapped within a second, in ${language}, ${TYPEFACES[typeface]}`, async (t) => {
    const views = [];
    const peers = [];
    for (let number = 0; number < VIEWS; number += 1) {
      peers.push(await view(browsers[typeface], language, bare.base, '/'));
      views.push(await view(browsers[typeface], language, demo.base, '/s/thirty'));
    }
    const { painted, chosen, transferSize } = first(views);
    const peer = first(peers).chosen;
    const limit = Math.max(SECOND, TIMES * peer);
    const said = `painted after ${painted.toFixed(0)} ms, takes a tap after ${chosen.toFixed(0)} ms, of ${limit.toFixed(0)} ms; the bare page ${peer.toFixed(0)} ms`;
    t.diagnostic(`first question in ${language}, ${TYPEFACES[typeface]}: ${said} (${transferSize} bytes)`);
    assert.ok(chosen < limit, said);
    const moved = Math.max(...views.map((one) => one.moved));
    assert.ok(moved < 0.01, `the layout does not shift when the script loads: ${moved}`);
  });
}
