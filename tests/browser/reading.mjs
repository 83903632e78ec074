// Checks a page with axe: light and dark, on a phone and at a desk, on the narrowest phone, and at 200%. Touch targets on
// families' pages must be large enough, and nothing may move with reduced motion.
import { appendFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';
import { TYPEFACES } from './support.mjs';

/** The variable with the file in which `run.mjs` collects the templates that were read. */
export const SEEN = 'BROWSER_TESTS_SEEN';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const EVERYTHING = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const COLORS = { runOnly: { type: 'rule', values: ['color-contrast'] } };
// Contrast is the same at every width, and it's the slowest check.
const SHAPE = { ...EVERYTHING, rules: { 'color-contrast': { enabled: false } } };
/** The minimum size of a touch target in pixels. */
const FINGER = 44;
const WIDTHS = { phone: 390, desk: 1280 };
// A small phone, and a desktop page at 200%.
const NARROW = [320, 640];

/** The browser context for reading. With reduced motion, no color is measured in the middle of a transition. */
export const READING = { viewport: { width: WIDTHS.phone, height: 844 }, reducedMotion: 'reduce' };

const consoles = new WeakMap();

// The content security policy forbids scripts in the page, so axe runs through the developer console.
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

/** How many pixels the page is wider than its window, in each typeface. The policy allows adopted stylesheets. */
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

/** Touch targets that are too small. Links within a sentence are exempt. */
const tooSmall = (page) =>
  page.evaluate((finger) => {
    const touched = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')];
    const seen = touched.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.away'));
    const isInSentence = (one) =>
      one.matches('a') && [...one.parentElement.childNodes].some((node) => node !== one && node.textContent.trim());
    // A label is the touch target of its checkbox, and a link may cover its whole card.
    const target = (one) => one.closest('label') ?? (getComputedStyle(one, '::after').position === 'absolute' ? one.offsetParent : one);
    const small = seen.filter((one) => {
      const { width, height } = target(one).getBoundingClientRect();
      return !isInSentence(one) && (width < finger || height < finger - 0.5);
    });
    return small.map((one) => `${one.outerHTML.slice(0, 120)} is ${Math.round(one.getBoundingClientRect().height)} pixels high`);
  }, FINGER);

/** Elements that still move with reduced motion. */
const moving = (page) =>
  page.evaluate(() => {
    const lasts = (style) => [style.transitionDuration, style.animationDuration].some((time) => /[1-9]/.test(time));
    const all = [...document.querySelectorAll('*')].filter((one) => lasts(getComputedStyle(one)));
    return all.map((one) => `${one.outerHTML.slice(0, 120)} moves`);
  });

/**
 * Fails with everything that axe finds on the open page, for WCAG 2.2 AA and best practices, and if the page is wider than
 * its window or moves. `template` is the page's template below templates/. A `forced` page is public: it's also checked
 * in forced colors and for the size of its touch targets.
 */
export async function read(page, template, where = new URL(page.url()).pathname, { forced = false } = {}) {
  await evaluate(page, `${axe};0`);
  const wrong = [];
  for (const [name, width] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width, height: 844 });
    for (const [colorScheme, rules] of [['light', EVERYTHING], ['dark', COLORS]]) {
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
    wrong.push(...(await findings(page, COLORS)).map((finding) => `forced colors: ${finding}`));
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
