// A clerk enters a stack of sheets with only the keyboard; and the printed sheet.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { READING, read } from './reading.mjs';
import { DESK, addToTeam, startDemo, root, signIn, startBrowser } from './support.mjs';

const SLUG = 'sheets';
const HOME = `/desk/surveys/${SLUG}/paper`;
let demo, browser, page;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
  const file = join(demo.folder, `${SLUG}.toml`);
  writeFileSync(file, readFileSync(join(root, 'fixtures/kinds/survey.toml'), 'utf8').replace(/^slug = .*$/m, `slug = "${SLUG}"`));
  demo.chorus('import', 'survey', file, '--round', 'vision-2031', '--publish');
  const planner = await browser.newPage(DESK);
  await signIn(planner, demo);
  const clerk = await addToTeam(planner, demo, 'clerk', 'Lou Marsh');
  await planner.close();
  page = await browser.newPage(DESK);
  await signIn(page, demo, clerk);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** The exported responses. */
const rows = () => demo.chorus('export', 'responses', '--survey', SLUG, '--format', 'jsonl').trim().split('\n').map(JSON.parse);
const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
const press = (key) => page.keyboard.press(key);
const type = (text) => page.keyboard.type(text);
const echo = (field) => page.textContent(`.one:has([name="${field}"]) output`);

/** Presses Tab until the element with this id or text has the focus. */
async function tabTo(wanted) {
  for (let pressed = 0; pressed < 80; pressed += 1) {
    if ((await focused()) === wanted) return;
    await press('Tab');
  }
  assert.fail(`Tab never reaches ${wanted}`);
}

test('a clerk starts a batch and types sheets with only the keyboard', async () => {
  await page.goto(demo.base + HOME);
  await tabTo('name');
  await type('Lincoln, box 2');
  await press('Enter');
  await page.waitForURL(/paper\/[0-9a-f-]+$/);
  // The first question has the focus.
  assert.equal(await focused(), 'f-agree');
  await type('1');
  await press('Enter');
  assert.equal(await echo('agree'), 'I agree');
  assert.equal(await focused(), 'f-rides');
  // A number without a choice is reported right away, and the focus stays.
  await type('7');
  await press('Enter');
  assert.equal(await echo('rides'), 'No such number');
  assert.equal(await focused(), 'f-rides');
  await type('1 2');
  await press('Enter');
  assert.match(await echo('rides'), /^Too many marks: Yes, No$/);
  assert.equal(await focused(), 'f-minutes');
  // Go back with Shift, then forward again.
  await press('Shift+Enter');
  assert.equal(await focused(), 'f-rides');
  await type('1');
  await press('Enter');
  await type('45');
  await press('Enter');
  await type('20260901');
  await press('Enter');
  await type('12');
  await press('Enter');
  assert.equal(await echo('grades'), 'Kindergarten to grade 2, Grades 3 to 5');
  await type('4');
  await press('Enter');
  assert.equal(await focused(), 'f-home.other');
  await type('Tagalog');
  await press('Enter');
  await type('Warm');
  await press('Control+Enter');
  await page.waitForURL(/stored=1$/);
  assert.match(await page.textContent('main > .news'), /Sheet 1 is saved/);
  assert.equal(await focused(), 'f-agree');
  // The next sheet, with Tab instead of Enter and the button at the end.
  await type('1');
  await press('Tab');
  await type('*');
  assert.equal(await echo('rides'), 'Too many marks');
  await tabTo('Save sheet 2');
  await press('Enter');
  await page.waitForURL(/stored=2$/);
  const first = rows().find((row) => row._sheet === 'Lincoln, box 2 / 1');
  assert.equal(first._channel, 'paper');
  assert.deepEqual([first.rides, first.minutes, first.since, first.grades, first['home.other'], first['one-word']], ['yes', 45, '2026-09-01', ['k-2', '3-5'], 'Tagalog', 'Warm']);
  const second = rows().find((row) => row._sheet === 'Lincoln, box 2 / 2');
  assert.deepEqual([second.rides, second._marks], [undefined, { rides: 'two-marks' }]);
});

test('pressing Ctrl and Enter twice stores one sheet', async () => {
  const before = rows().length;
  await type('1');
  await press('Enter');
  await type('2');
  await page.evaluate(() => {
    const field = document.querySelector('#f-rides');
    const enter = () => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
    enter();
    enter();
  });
  await page.waitForURL(/stored=3$/);
  assert.equal(rows().length, before + 1);
});

test('a mistyped sheet is corrected by keyboard, removed, and restored', async () => {
  await tabTo('Correct it');
  await press('Enter');
  await page.waitForURL(/sheets\/3$/);
  assert.equal(await page.inputValue('[name=rides]'), '2');
  assert.equal(await echo('rides'), 'No');
  await tabTo('f-rides');
  await type('1');
  await press('Control+Enter');
  await page.waitForURL(/stored=3$/);
  const sheet = () => rows().find((row) => row._sheet === 'Lincoln, box 2 / 3');
  assert.equal(sheet().rides, 'yes');
  await page.locator('summary', { hasText: 'Remove: sheet 3' }).focus();
  await press('Enter');
  await press('Tab');
  await press('Enter');
  await page.waitForSelector('.tag.set-aside');
  assert.equal(sheet(), undefined);
  await page.locator('button', { hasText: 'Restore: sheet 3' }).focus();
  await press('Enter');
  await page.waitForSelector('.tag.set-aside', { state: 'detached' });
  assert.equal(sheet().rides, 'yes');
});

test('without a script the plain form stores a sheet', async () => {
  const context = await browser.newContext({ ...DESK, javaScriptEnabled: false, storageState: await page.context().storageState() });
  const plain = await context.newPage();
  await plain.goto(page.url().replace(/\?.*$/, ''));
  await plain.fill('[name=agree]', '1');
  await plain.press('[name=agree]', 'Enter');
  await plain.waitForSelector('text=The sheet isn’t saved yet.');
  await plain.fill('[name=rides]', '2');
  await plain.getByRole('button', { name: 'Save sheet 4' }).click();
  await plain.waitForSelector('text=Sheet 4 is saved.');
  await context.close();
});

test('axe finds nothing on the pages for paper', async () => {
  const batch = page.url().replace(/\?.*$/, '');
  const context = await browser.newContext({ ...READING, storageState: await page.context().storageState() });
  const reader = await context.newPage();
  const readAll = async (template, path) => {
    await reader.goto(path);
    await read(reader, template);
  };
  await readAll('responses/paper/batches.html', demo.base + HOME);
  await readAll('responses/paper/batch.html', batch);
  await readAll('responses/paper/sheet.html', `${batch}/sheets/1`);
  await reader.goto(batch);
  await reader.fill('[name=rides]', '7');
  await reader.getByRole('button', { name: /^Save sheet/ }).click();
  await reader.waitForSelector('.summary');
  await read(reader, 'responses/paper/batch.html', 'a sheet with mistakes');
  await reader.goto(`${batch}#close`);
  await reader.getByRole('button', { name: 'Close this batch' }).click();
  await reader.waitForSelector('text=This batch is closed.');
  await read(reader, 'responses/paper/batch.html', 'a closed batch');
  for (const language of ['en', 'es']) await readAll('responses/paper/print.html', `${demo.base}/s/${SLUG}/paper?lang=${language}`);
  await context.close();
});

/** Counts what's wrong with the printed sheet, on paper with this many millimeters between its margins. */
const printed = async (width) => {
  await page.setViewportSize({ width: Math.round((width / 25.4) * 96), height: 1000 });
  await page.emulateMedia({ media: 'print' });
  return page.evaluate(() => {
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => getComputedStyle(one).display !== 'none').length;
    const colors = [...document.querySelectorAll('.sheet *')].map((one) => getComputedStyle(one).color);
    return {
      wide: document.documentElement.scrollWidth - window.innerWidth,
      screen: shown('.screen'),
      white: colors.filter((color) => /^rgb\((2[0-9]{2}), (2[0-9]{2}), (2[0-9]{2})\)$/.test(color)).length,
      split: [...document.querySelectorAll('.ask')].filter((one) => getComputedStyle(one).breakInside !== 'avoid').length,
    };
  });
};

test('the sheet fits A4 and Letter without white text or split questions', async () => {
  for (const language of ['en', 'es']) {
    await page.goto(`${demo.base}/s/family/paper?lang=${language}`);
    for (const width of [180, 186]) {
      assert.deepEqual(await printed(width), { wide: 0, screen: 0, white: 0, split: 0 }, `${language}, ${width} mm`);
    }
    for (const format of ['A4', 'Letter']) {
      const pdf = await page.pdf({ format });
      const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
      assert.ok(pages >= 2 && pages <= 4, `${language} on ${format}: ${pages} pages`);
    }
  }
  await page.emulateMedia({ media: null });
});
