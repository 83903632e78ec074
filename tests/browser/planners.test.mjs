// A planner at the desk, from a word to the published page and back.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { READING, read } from './reading.mjs';
import { DESK, startDemo, signIn, startBrowser } from './support.mjs';

const BASE = '/desk/rounds/vision-2031';
let demo, browser, page;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
  page = await browser.newPage(DESK);
  await signIn(page, demo);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const go = (path) => page.goto(demo.base + path);
const press = (name) => page.getByRole('button', { name }).last().click();
const news = () => page.innerText('main > .news');
/** The page as a visitor sees it who isn't signed in. */
async function inPublic(path) {
  const context = await browser.newContext(READING);
  const reader = await context.newPage();
  await reader.goto(demo.base + path);
  const text = await reader.textContent('main');
  await context.close();
  return text;
}

test('a rule is changed, tried, and saved, and the page links to the comments it matches now', async () => {
  await go(`${BASE}/themes`);
  await page.locator('table.bars tbody th a').first().click();
  const rule = page.locator('textarea[name="any.en"]');
  await rule.fill(`${await rule.inputValue()}\nkids`);
  await press('Try without saving');
  assert.match(await news(), /Tried, not saved\./);
  await press(/^Save as version/);
  const [before, now] = (await news()).match(/matched (\d+) comments before and matches (\d+) now/).slice(1).map(Number);
  assert.ok(now > before);
  await page.locator('main > .news a').click();
  assert.match(await page.innerText('h1'), new RegExp(`^${now} comments`));
});

test('numbers under a filter link to their comments under that filter', async () => {
  await go(`${BASE}/themes?group=families`);
  const row = page.locator('table.bars tbody tr').first();
  const comments = await row.locator('td.number a[href*="comments"]:not([href*="intent"])').first();
  const number = await comments.textContent();
  await comments.click();
  assert.match(await page.innerText('h1'), new RegExp(`^${number} comments`));
  assert.ok((await page.locator('.chip.on').allTextContents()).some((chip) => chip.startsWith('Families')));
  await page.fill('#find', 'bus');
  await press('Find');
  assert.equal(await page.locator('.chip.on').count(), 3, 'looking for a word keeps the other filters');
  await go(`${BASE}/keywords`);
  const word = page.locator('table.multiples tbody tr').nth(3);
  const said = await word.locator('td.number a').textContent();
  await word.locator('td.number a').click();
  assert.match(await page.innerText('h1'), new RegExp(`^${said} comments`));
});

test('a comment is released under the planner’s name, and the release is undone', async () => {
  await go(`${BASE}/comments?state=not-released`);
  const count = async () => Number((await page.innerText('.head p')).match(/^([\d,]+)/)[1]);
  const before = await count();
  await page.getByRole('button', { name: /^Release/ }).first().click();
  assert.match(await news(), /We recorded your name/);
  assert.equal(await count(), before + 1);
  await go(`${BASE}/comments?state=released`);
  await page.getByRole('button', { name: /^Undo release/ }).first().click();
  assert.equal(await count(), before);
});

test('a theme becomes a priority, a decision, and a published goal, and unpublishing removes it', async () => {
  await go(`${BASE}/priorities`);
  await page.fill('input[name="title.en"]', 'Warm in winter, cool in May');
  await page.fill('input[name="title.es"]', 'Sin frío en invierno ni calor en mayo');
  await page.locator('label.choice', { hasText: 'Buildings' }).click();
  await press('Add priority');
  await page.fill('textarea[name="why.en"]', 'Cold rooms were named at every school.');
  await page.fill('textarea[name="why.es"]', 'En cada escuela hablaron de salones fríos.');
  await press('Save');
  const comments = (await page.innerText('.head p a')).match(/^\d+/)[0];
  await page.locator('.head p a').click();
  assert.match(await page.innerText('h1'), new RegExp(`^${comments} comments`), 'the priority opens its comments');
  await page.goBack();
  await press('Decide on this priority');
  assert.match(await page.innerText('#decision'), /Decided/);

  await page.getByRole('link', { name: 'Draft a goal from this priority' }).click();
  const form = page.locator('#new-goal');
  assert.equal(await form.locator('select option:checked').textContent(), 'Warm in winter, cool in May');
  await form.locator('input[name="title.en"]').fill('Rooms stay at 68 degrees');
  await form.locator('button').click();
  assert.match(await page.innerText('.summary'), /Enter how the goal is measured\./);
  assert.equal(await form.locator('input[name="title.en"]').inputValue(), 'Rooms stay at 68 degrees');
  for (const [name, words] of Object.entries({ 'title.es': 'Salones a 20 grados', 'measure.en': 'Rooms in range on a cold day', 'measure.es': 'Salones en su temperatura un día frío', baseline: '61%', target: '95%', year: '2030' })) {
    await form.locator(`[name="${name}"]`).fill(words);
  }
  await form.locator('button').click();
  assert.match(await news(), /Saved/);

  await go(`${BASE}/publish`);
  assert.match(await page.innerText('h1'), /Not ready/);
  await page.locator('#missing + ul a', { hasText: 'Buildings' }).click();
  const outcome = page.locator('section', { has: page.locator(':target') }).locator('form');
  await outcome.locator('select').selectOption('priority');
  await outcome.locator('button').click();
  assert.match(await news(), /Saved/);
  const { y } = await page.locator('main > .news').boundingBox();
  assert.ok(y >= 0 && y < DESK.viewport.height, 'the confirmation is in view even though the page opens further down');
  await go(`${BASE}/publish`);
  await page.locator('#sure').check();
  await press(/^Publish as/);
  assert.match(await news(), /Published/);
  assert.match(await inPublic('/plan'), /Rooms stay at 68 degrees/);

  await page.locator('summary', { hasText: 'Unpublish edition 2' }).click();
  await press('Yes, unpublish it');
  const after = await inPublic('/plan');
  assert.doesNotMatch(after, /68 degrees/);
  assert.match(after, /Getting to school safely and on time/, 'the edition before it is back');
});

test('a round with nothing published says what it will show', async () => {
  const base = '/desk/rounds/bowling-green-2018/publish';
  await go(base);
  await page.locator('summary', { hasText: 'Unpublish edition 1' }).click();
  await press('Yes, unpublish it');
  const context = await browser.newContext(READING);
  const reader = await context.newPage();
  for (const path of ['/heard/bowling-green-2018', '/plan/bowling-green-2018']) {
    for (const language of ['en', 'es']) {
      await reader.goto(`${demo.base}${path}?lang=${language}`);
      await read(reader, 'voices/not_yet.html', `${path} in ${language}`);
    }
  }
  await context.close();
  await page.locator('#languages').check();
  await page.locator('#sure').check();
  await press(/^Publish as/);
  assert.match(await inPublic('/heard/bowling-green-2018?lang=en'), /What needs to get better/);
});

test('deleting something for good asks first', async () => {
  await go(`${BASE}/plan`);
  const statements = page.locator('section[aria-labelledby=principles] > .panel');
  const before = await statements.count();
  await statements.last().locator('summary').click();
  assert.match(await statements.last().textContent(), /deleted from the draft for good/);
  assert.equal(await statements.count(), before, 'opening deletes nothing');
  await statements.last().getByRole('button', { name: 'Yes, delete it' }).click();
  assert.equal(await statements.count(), before - 1);
});
