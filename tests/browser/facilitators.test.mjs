// A facilitator with a phone and without JavaScript: a table, its notes, and only the pages they may see.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { DESK, PHONE, addToTeam, startDemo, signIn, startBrowser } from './support.mjs';

const FORUM = '/desk/forums/did-we-hear-you';
let demo, browser, rosa;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
  const page = await browser.newPage(DESK);
  await signIn(page, demo);
  rosa = await addToTeam(page, demo, 'facilitator', 'Rosa Díaz');
  await page.close();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

test('a table is added and a note is written, edited, withdrawn, and restored', async () => {
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, demo, rosa);
  await page.getByRole('link', { name: 'To your forums' }).click();
  await page.goto(`${demo.base}${FORUM}/notes`);
  await page.fill('#number', '7');
  await page.fill('#present', '6');
  await page.getByRole('button', { name: 'Add table' }).click();
  assert.equal(await page.textContent('h1'), 'Table 7');
  const save = page.getByRole('button', { name: 'Save this note' });
  const thumb = await save.boundingBox();
  assert.ok(thumb.height >= 56 && thumb.y + thumb.height <= PHONE.viewport.height, 'the main button is within reach of the thumb');
  await page.fill('#text', 'Keep the crossing guards.');
  await page.locator('label:has(input[name=speaks_for][value="5"])').click();
  await save.click();
  const kept = page.locator('section[aria-labelledby=kept]');
  assert.match(await kept.textContent(), /Keep the crossing guards\..*speaks for 5 of 6/s);
  await kept.getByRole('link', { name: /Edit/ }).click();
  await page.fill('#text', 'Keep the crossing guards, and pay them.');
  await page.getByRole('button', { name: 'Save changes' }).click();
  assert.match(await kept.textContent(), /and pay them/);
  await kept.getByRole('button', { name: /Withdraw/ }).click();
  assert.match(await page.textContent('[role=status]'), /Note withdrawn\. It no longer counts/);
  await kept.getByRole('button', { name: /Restore/ }).click();
  assert.match(await page.textContent('[role=status]'), /counts/);
  await context.close();
});

test('a facilitator only sees the rooms that they may open', async () => {
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  await signIn(page, demo, rosa);
  const rooms = await page.locator('.rooms a').allTextContents();
  assert.deepEqual(rooms, ['Home', 'Forums', 'Your account', 'Public pages']);
  const refused = await page.goto(`${demo.base}/desk/rounds/vision-2031/themes`);
  assert.equal(refused.status(), 403);
  await page.getByRole('link', { name: 'Go to the desk' }).click();
  assert.equal(new URL(page.url()).pathname, '/desk');
  await context.close();
});
