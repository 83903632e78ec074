// A page read as axe reads it, once: light and dark, on a phone and at a desk; on the narrowest phone, and twice as large.
// What families touch is large enough for a finger, and nothing moves for who wants it so.
import { appendFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';
import { TYPEFACES } from './support.mjs';

/** The variable that names the file of the templates which were read, under `run.mjs`. */
export const SEEN = 'BROWSER_TESTS_SEEN';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const EVERYTHING = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const COLOURS = { runOnly: { type: 'rule', values: ['color-contrast'] } };
// Colours are the same at every width, and take the longest to read.
const SHAPE = { ...EVERYTHING, rules: { 'color-contrast': { enabled: false } } };
/** What a finger needs, in pixels each way. */
const FINGER = 44;
const WIDTHS = { phone: 390, desk: 1280 };
// A small phone, and a desk's page at 200 %.
const NARROW = [320, 640];

/** What a context for reading is made of: nothing moves, so no colour is measured on its way to another. */
export const READING = { viewport: { width: WIDTHS.phone, height: 844 }, reducedMotion: 'reduce' };

const consoles = new WeakMap();

// The policy forbids a script in the page, so axe comes in as a developer's console does.
async function evaluate(page, expression) {
  if (!consoles.has(page)) consoles.set(page, await page.context().newCDPSession(page));
  const options = { expression, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await consoles.get(page).send('Runtime.evaluate', options);
  assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
  return result.value;
}

async function findings(page, rules) {
  const found = await evaluate(
    page,
    `axe.run(document, ${JSON.stringify({ ...rules, resultTypes: ['violations'] })}).then(({ violations }) =>
      JSON.stringify(violations.map((rule) => rule.id + ': ' + rule.nodes.map((node) => node.target.join(' ')).join(', '))))`,
  );
  return JSON.parse(found);
}

/** By how many pixels the page is wider than its window, in each typeface. The policy lets scripts adopt a stylesheet. */
async function tooWide(page, name) {
  const wider = await page.evaluate((typefaces) => {
    const measured = typefaces.map((typeface) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`:not(code, code *, .code) { font-family: "${typeface}" !important; }`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      const wider = document.documentElement.scrollWidth - window.innerWidth;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      return [typeface, wider];
    });
    return measured.filter(([, wider]) => wider > 0);
  }, Object.values(TYPEFACES));
  return wider.map(([typeface, pixels]) => `${name}, ${typeface}: ${pixels} pixels wider than the window`);
}

/** What can be touched and is too small for a finger. Links within a sentence are as large as its words. */
const tooSmall = (page) =>
  page.evaluate((finger) => {
    const touched = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')];
    const seen = touched.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.away'));
    const isInSentence = (one) =>
      one.matches('a') && [...one.parentElement.childNodes].some((node) => node !== one && node.textContent.trim());
    // A label takes the touch for its box, and a link may be spread over the card that it stands on.
    const target = (one) => one.closest('label') ?? (getComputedStyle(one, '::after').position === 'absolute' ? one.offsetParent : one);
    const small = seen.filter((one) => {
      const { width, height } = target(one).getBoundingClientRect();
      return !isInSentence(one) && (width < finger || height < finger - 0.5);
    });
    return small.map((one) => `${one.outerHTML.slice(0, 120)} is ${Math.round(one.getBoundingClientRect().height)} pixels high`);
  }, FINGER);

/** What still moves although its reader wants nothing to. */
const moving = (page) =>
  page.evaluate(() => {
    const lasts = (style) => [style.transitionDuration, style.animationDuration].some((time) => /[1-9]/.test(time));
    const all = [...document.querySelectorAll('*')].filter((one) => lasts(getComputedStyle(one)));
    return all.map((one) => `${one.outerHTML.slice(0, 120)} moves`);
  });

/**
 * Fails with everything that axe finds on the page that is open, against WCAG 2.2 AA and good practice, and if it is
 * wider than its window, or still moves. `template` is what the page is made of, below templates/; a `forced` page is one
 * for everybody: it is read once more in the colours that its reader forces upon it, and must be easy to touch.
 */
export async function read(page, template, where = new URL(page.url()).pathname, { forced = false } = {}) {
  await evaluate(page, `${axe};0`);
  const wrong = [];
  for (const [name, width] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width, height: 844 });
    for (const [colorScheme, rules] of [['light', EVERYTHING], ['dark', COLOURS]]) {
      await page.emulateMedia({ colorScheme });
      wrong.push(...(await findings(page, rules)).map((finding) => `${name}, ${colorScheme}: ${finding}`));
    }
    wrong.push(...(await tooWide(page, name)));
  }
  wrong.push(...(await moving(page)));
  if (forced) {
    await page.setViewportSize(READING.viewport);
    wrong.push(...(await tooSmall(page)));
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    wrong.push(...(await findings(page, COLOURS)).map((finding) => `forced colours: ${finding}`));
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 844 });
    if (forced) wrong.push(...(await findings(page, SHAPE)).map((finding) => `${width} pixels: ${finding}`));
    wrong.push(...(await tooWide(page, `${width} pixels`)));
  }
  await page.setViewportSize(READING.viewport);
  assert.deepEqual(wrong, [], `${where} (${template})`);
  if (process.env[SEEN]) appendFileSync(process.env[SEEN], `${template}\n`);
}
