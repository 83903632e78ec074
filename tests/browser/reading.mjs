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
const CONTRAST = { runOnly: { type: 'rule', values: ['color-contrast'] } };
const SHAPE = { ...EVERYTHING, rules: { 'color-contrast': { enabled: false } } };
/** What depends on the width alone. */
const FIT = { runOnly: { type: 'rule', values: ['target-size', 'scrollable-region-focusable'] } };
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

/**
 * Finds rows and list items that have the same shape as one before them on the page: the same elements, classes, and attributes, with
 * text in the same places. axe reads the first of each shape: it would find the same in all of them, and takes many seconds for a long
 * table. What they don't share is what their attributes refer to, so each of their references must lead to something, and each id to one thing.
 */
function leaveOutRepeated() {
  const shape = (one) =>
    `${one.parentElement.localName} ${one.parentElement.className} ${one.outerHTML
      .replace(/ (?!class=|type=|role=)([\w-]+)="[^"]+"/g, ' $1')
      .replace(/>[^<]*[^<\s][^<]*/g, '>…')
      .replace(/\s+/g, ' ')}`;
  const seen = new Set();
  window.repeated = [...document.querySelectorAll('tbody > tr, li')].filter((one) => {
    const before = seen.size;
    return !one.closest('[hidden]') && seen.add(shape(one)).size === before;
  });
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `the id “${id}” is there twice`);
  const names = ['for', 'headers', 'list', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-errormessage'];
  const to = names.flatMap((name) => window.repeated.flatMap((row) => [...row.querySelectorAll(`[${name}]`)]).flatMap((one) => one.getAttribute(name).trim().split(/\s+/)));
  const known = new Set(ids);
  return [...twice, ...to.filter((id) => id && !known.has(id)).map((id) => `nothing has the id “${id}”`)];
}

async function findings(page, rules, context = '{ include: [document], exclude: repeated }') {
  const found = await evaluate(
    page,
    `axe.run(${context}, ${JSON.stringify({ ...rules, resultTypes: ['violations'] })}).then(({ violations }) =>
      JSON.stringify(violations.map((rule) => rule.id + ': ' + rule.nodes.map((node) => node.target.join(' ')).join(', '))))`,
  );
  return JSON.parse(found);
}

/** The looks of text that axe has measured so far, on any page of this file. */
const measured = new Set();

/**
 * The looks on the page that aren't among the `known` ones: what kind of element has text in which color and size in front of which
 * backgrounds. One element of each new look is left in `unmeasured`.
 */
function newLooks(known) {
  const name = (one) => `${one?.localName} ${one?.getAttribute('class')}`;
  const fronts = new Map([[null, '']]);
  const backgrounds = (one) => {
    if (!fronts.has(one)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
      const own = [backgroundColor.replace('rgba(0, 0, 0, 0)', ''), backgroundImage.replace('none', ''), opacity === '1' ? '' : opacity].join('');
      fronts.set(one, own ? `${backgrounds(one.parentElement)} ${own}` : backgrounds(one.parentElement));
    }
    return fronts.get(one);
  };
  const look = (one) => {
    const { color, fontSize, fontWeight } = getComputedStyle(one);
    return [name(one), name(one.parentElement), color, fontSize, fontWeight, backgrounds(one)].join(', ');
  };
  const hasText = (one) => one.matches('input, select, textarea') || [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const found = new Map();
  for (const one of document.body.querySelectorAll('*')) {
    if (hasText(one) && one.checkVisibility({ visibilityProperty: true })) found.set(look(one), one);
  }
  for (const one of known) found.delete(one);
  window.unmeasured = [...found.values()];
  return [...found.keys()];
}

/** Whether text on the page has a look that wasn't measured yet; from now on it counts as measured. */
async function looksNew(page) {
  const looks = await evaluate(page, `(${newLooks})(${JSON.stringify([...measured])})`);
  for (const one of looks) measured.add(one);
  return looks.length > 0;
}

/**
 * Whether the page fits its window in each typeface: how many pixels it's wider, and which numbers of charts their bars cover or their
 * cells cut off. The policy allows adopted stylesheets.
 */
async function misfits(page, name) {
  const found = await page.evaluate((typefaces) => {
    const isOver = (one, other) => one.right > other.left + 1 && one.left < other.right - 1 && one.bottom > other.top + 1 && one.top < other.bottom - 1;
    const box = (one) => one?.getBoundingClientRect();
    const isCovered = (gauge) => {
      const [bar, label, cell] = [box(gauge.querySelector('.bar')), box(gauge.querySelector('.bar .beyond')), box(gauge.closest('td') ?? gauge)];
      if (!bar?.width) return false;
      const inside = box(gauge.querySelector('.bar .within'));
      const isCut = (label && (label.right > cell.right + 1 || label.left < cell.left - 1)) || (inside && inside.left < box(gauge.querySelector('.bar')).left - 1);
      return isCut || [...gauge.querySelectorAll('.of > *, .of:not(:has(*))')].some((number) => isOver(box(number), bar));
    };
    return typefaces.flatMap((typeface) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`:not(code, code *, .code) { font-family: "${typeface}" !important; }`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      const wider = document.documentElement.scrollWidth - window.innerWidth;
      const covered = [...document.querySelectorAll('.gauge')].filter(isCovered).map((gauge) => gauge.textContent.trim().replace(/\s+/g, ' '));
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      return [
        ...(wider > 0 ? [`${typeface}: ${wider} pixels wider than the window`] : []),
        ...covered.map((text) => `${typeface}: in the chart, “${text}” is covered or cut off`),
      ];
    });
  }, Object.values(TYPEFACES));
  return found.map((misfit) => `${name}, ${misfit}`);
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
 * its window or moves. Contrast takes axe longer than all other rules together, so it's measured once for each look, and
 * the rules that don't depend on the width run at a desk only where something looks new. `template` is the page's template below templates/. A `forced` page is public: it's also checked
 * in forced colors and for the size of its touch targets.
 */
export async function read(page, template, where = new URL(page.url()).pathname, { forced = false } = {}) {
  await evaluate(page, `${axe};0`);
  const wrong = await page.evaluate(leaveOutRepeated);
  const add = (name, found) => wrong.push(...found.map((finding) => `${name}: ${finding}`));
  const contrast = async (name) => add(name, (await looksNew(page)) ? await findings(page, CONTRAST, '{ include: unmeasured }') : []);
  for (const [name, width] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width, height: 844 });
    const otherwise = width === WIDTHS.phone ? SHAPE : FIT;
    add(name, await findings(page, (await looksNew(page)) ? EVERYTHING : otherwise));
    await page.emulateMedia({ colorScheme: 'dark' });
    await contrast(`${name}, dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    wrong.push(...(await misfits(page, name)));
  }
  wrong.push(...(await moving(page)));
  if (forced) {
    await page.setViewportSize(READING.viewport);
    wrong.push(...(await tooSmall(page)));
    await page.emulateMedia({ forcedColors: 'active' });
    await contrast('forced colors');
    await page.emulateMedia({ forcedColors: 'none' });
  }
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 844 });
    if (forced) add(`${width} pixels`, await findings(page, FIT));
    wrong.push(...(await misfits(page, `${width} pixels`)));
  }
  await page.setViewportSize(READING.viewport);
  assert.deepEqual(wrong, [], `${where} (${template})`);
  if (process.env[SEEN]) appendFileSync(process.env[SEEN], `${template}\n`);
}
