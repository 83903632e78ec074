// Answering in a right-to-left language: turns Arabic on and checks every page that families see.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { READING, read as readAs } from './reading.mjs';
import { DESK, PHONE, startDemo, signIn, startBrowser, turnArabicOn } from './support.mjs';

let demo, browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
  demo.chorus('import', 'survey', 'fixtures/kinds/survey.toml', '--round', 'vision-2031', '--publish');
  const desk = await (await browser.newContext({ ...DESK, reducedMotion: 'reduce' })).newPage();
  await signIn(desk, demo);
  await turnArabicOn(desk, demo);
  await desk.context().close();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const next = (page) => page.locator('.ways .button').first().click();
const send = (page) => page.locator('form > .buttons:not(.ways) .button').click();

test('a phone in Arabic gets the survey from right to left, with each language in its own name', async () => {
  const context = await browser.newContext({ ...PHONE, locale: 'ar' });
  const page = await context.newPage();
  await page.goto(`${demo.base}/s/kinds`);
  assert.deepEqual(await page.locator('html').evaluate((html) => [html.lang, html.dir]), ['ar', 'rtl']);
  assert.deepEqual(await page.locator('.languages a').allTextContents(), ['English', 'Español', 'العربية']);
  const choice = await page.locator('label.choice').first().boundingBox();
  assert.ok(choice.y + choice.height <= PHONE.viewport.height, 'the first answer is on the first screen');
  const box = await page.locator('label.choice input').first().boundingBox();
  assert.ok(box.x > PHONE.viewport.width / 2, 'the box is on the right');
  await page.locator('[name=agree]').check();
  await next(page);
  // 1 is to the right of 5.
  const point = (value) => page.locator(`[name="feel.office"][value="${value}"]`).boundingBox();
  assert.ok((await point(1)).x > (await point(5)).x);
  await context.close();
});

test('axe finds nothing on any answering page in Arabic', async () => {
  const context = await browser.newContext({ ...READING, locale: 'ar' });
  const page = await context.newPage();
  const read = (template, where) => readAs(page, template, `${where} in Arabic`, { forced: true });
  const answer = async (words) => {
    await page.goto(`${demo.base}/s/kinds`);
    await page.locator('[name=agree]').check();
    await next(page);
    await page.locator('[name="feel.office"][value="2"]').check();
    await page.fill('[name=one-word]', words);
  };
  await answer('');
  await page.locator('[name="feel.office"][value="5"]').check();
  await read('responses/answer.html', 'the second step');
  await send(page);
  await page.waitForSelector('.summary');
  await read('responses/answer.html', 'a fault');
  await answer('واحد');
  await send(page);
  await page.waitForURL(/thanks/);
  await read('responses/thanks.html', 'thanks');
  const code = (await page.textContent('.receipt')).trim();
  await page.fill('[name=email]', 'kim@example.org');
  await page.locator('form[action^="/follow"] button').click();
  await read('followers/follow.html', 'an address that is kept');
  await answer('اثنان');
  await send(page);
  await page.waitForSelector('[name=_conflict]');
  await read('responses/conflict.html', 'a second answer');
  await page.goto(`${demo.base}/r?lang=ar`);
  await page.fill('#code', 'nothing');
  await page.locator('form button').first().click();
  await read('voices/receipt.html', 'an unknown code');
  await page.fill('#code', code);
  await page.locator('form button').first().click();
  await page.waitForSelector('.received');
  await read('voices/received.html', 'what was received');
  await page.locator('form[action^="/r/correct"] button').click();
  await read('responses/answer.html', 'changing it');
  await page.goto(`${demo.base}/r?lang=ar`);
  await page.fill('#code', code);
  await page.locator('form button').first().click();
  await page.locator('button.grave').click();
  await page.waitForSelector('[name=sure]');
  await read('responses/withdraw.html', 'taking it back');
  await context.close();
});

test('an English sentence typed on an Arabic page ends with its period on the right, and an Arabic one on the left', async () => {
  const context = await browser.newContext({ ...PHONE, locale: 'ar' });
  const page = await context.newPage();
  await page.goto(`${demo.base}/s/kinds`);
  await page.locator('[name=agree]').check();
  await next(page);
  await page.locator('[name="feel.office"][value="2"]').check();
  const field = page.locator('[name=one-word]');
  await field.scrollIntoViewIfNeeded();
  const picture = async (words, dir, bidi = '') => {
    await field.evaluate((box, [dir, bidi]) => {
      if (dir) box.setAttribute('dir', dir);
      else box.removeAttribute('dir');
      box.style.unicodeBidi = bidi;
    }, [dir, bidi]);
    await field.fill(words);
    await field.blur();
    return (await field.screenshot()).toString('base64');
  };
  for (const [words, own, other] of [['More art, please.', 'ltr', 'rtl'], ['المزيد من الفن.', 'rtl', 'ltr']]) {
    const typed = await picture(words, null);
    assert.ok(typed === await picture(words, own, 'normal'), `“${words}” looks as in a box of its own direction`);
    assert.ok(typed !== await picture(words, other, 'normal'), `“${words}” would look different in the other direction`);
  }
  await context.close();
});
