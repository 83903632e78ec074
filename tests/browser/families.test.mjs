// A family on a phone without JavaScript: a response, a receipt, a seat at a forum, and the way from a goal to a voice.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { DESK, PHONE, startDemo, startBrowser } from './support.mjs';

let demo, browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const phone = async (locale, options = {}) => {
  const context = await browser.newContext({ ...PHONE, locale, javaScriptEnabled: false, ...options });
  return context.newPage();
};
const send = (page) => page.locator('form button.button').last().click();

test('a family answers in Spanish, reads the receipt, and withdraws', async () => {
  const page = await phone('es-MX');
  await page.goto(`${demo.base}/s/family`);
  assert.equal(await page.getAttribute('html', 'lang'), 'es');
  const first = page.locator('label.choice').first();
  const box = await first.boundingBox();
  assert.ok(box.y + box.height <= PHONE.viewport.height, 'the first answer is on the first screen');
  assert.ok(box.height >= 44, 'a finger can hit it');
  await first.click();
  await page.locator('textarea').nth(1).fill('El camión <b>siempre</b> llega tarde.');
  await send(page);
  await page.waitForURL(/\/s\/family\/thanks/);
  const code = (await page.textContent('.receipt')).trim();
  assert.ok(!page.url().includes(code), 'the code is not in the address');
  await page.goto(`${demo.base}/r`);
  await page.locator('#code').fill(code);
  await page.locator('main button.button').first().click();
  assert.match(await page.textContent('main'), /El camión <b>siempre<\/b> llega tarde\./);
  await page.getByRole('button', { name: 'Retirar mis respuestas' }).click();
  await page.getByRole('button', { name: 'Sí, retirarlas' }).click();
  assert.match(await page.textContent('[role=status]'), /Retiramos sus respuestas/);
  await page.context().close();
});

test('a form without a required answer comes back as it was typed, with a link to the question', async () => {
  const page = await phone('en-US');
  await page.goto(`${demo.base}/s/family`);
  await page.locator('textarea').first().fill('My teacher is kind.');
  await send(page);
  assert.match(await page.textContent('.summary[role=alert]'), /Please choose one\./);
  assert.equal(await page.locator('textarea').first().inputValue(), 'My teacher is kind.');
  const link = await page.locator('.summary a').first().getAttribute('href');
  assert.ok(await page.locator(`${link}.item.fault`).isVisible());
  await page.context().close();
});

test('a second response from the same phone asks first, and both can be kept', async () => {
  const page = await phone('en-US');
  const answer = async (words) => {
    await page.goto(`${demo.base}/s/family`);
    await page.locator('label.choice').first().click();
    await page.locator('textarea').first().fill(words);
    await send(page);
  };
  await answer('First.');
  const first = await page.textContent('.receipt');
  await answer('Second.');
  assert.match(await page.textContent('h1'), /Is this a new response\?/);
  await page.getByRole('button', { name: 'Keep both responses' }).click();
  assert.notEqual(await page.textContent('.receipt'), first);
  await page.context().close();
});

test('a chosen language stays from page to page', async () => {
  const page = await phone('en-US');
  await page.goto(`${demo.base}/`);
  await page.getByRole('link', { name: 'Español' }).click();
  for (const name of ['Lo que escuchamos', 'El plan', 'Su comprobante']) {
    await page.goto(`${demo.base}/`);
    await page.getByRole('navigation').getByRole('link', { name }).click();
    assert.equal(await page.getAttribute('html', 'lang'), 'es', name);
  }
  await page.context().close();
});

test('a neighbor saves a seat at a forum and cancels it after confirming', async () => {
  const page = await phone('en-US');
  await page.goto(`${demo.base}/f/did-we-hear-you`);
  const left = await page.textContent('.hero .tag');
  await page.getByRole('button', { name: 'Save my seat' }).click();
  assert.ok(page.url().endsWith('#join'), 'the page opens at the form again');
  assert.match(await page.textContent('form .summary'), /Please enter your name\./);
  await page.fill('#name', 'Sam');
  await page.fill('#email', 'sam@example.org');
  await page.getByRole('button', { name: 'Save my seat' }).click();
  assert.match(await page.textContent('h1'), /Your seat is saved/);
  await page.locator('summary', { hasText: 'Cancel my seat' }).click();
  assert.match(await page.textContent('details.sure'), /delete your name and your email address/);
  await page.getByRole('button', { name: 'Yes, cancel it' }).click();
  assert.match(await page.textContent('h1'), /Your sign-up is canceled/);
  await page.goto(`${demo.base}/f/did-we-hear-you`);
  assert.equal(await page.textContent('.hero .tag'), left);
  await page.context().close();
});

test('a neighbor follows links from a goal to a comment and back to the goal', async () => {
  const page = await phone('en-US', { ...DESK, isMobile: false });
  await page.goto(`${demo.base}/plan`);
  await page.locator('a[href*="/goals/"]').first().click();
  const goal = new URL(page.url()).pathname;
  await page.locator('main a[href*="/themes/"]').first().click();
  await page.locator('main a[href*="/comments/"]').first().click();
  assert.ok(await page.locator('blockquote.voice').first().isVisible());
  const back = await page.locator('main a').all();
  const paths = await Promise.all(back.map((link) => link.getAttribute('href')));
  assert.ok(paths.includes(goal), `${goal} is among ${paths}`);
  await page.context().close();
});

test('answering, the receipt, and the links from the plan to a comment and back work by keyboard', async () => {
  const context = await browser.newContext({ ...DESK, locale: 'en-US' });
  const page = await context.newPage();
  /** Presses Tab until the element has the focus, and checks that the focus is visible. */
  const tabTo = async (selector) => {
    for (let pressed = 0; pressed < 120; pressed += 1) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate((wanted) => {
        const here = document.activeElement;
        const style = getComputedStyle(here.matches('input[type=radio], input[type=checkbox]') ? (here.closest('label') ?? here) : here);
        const own = getComputedStyle(here);
        return here.matches(wanted) && [style, own].some((one) => one.outlineStyle !== 'none' || one.boxShadow !== 'none');
      }, selector);
      if (found) return;
    }
    assert.fail(`${selector} is not reached, or does not show its focus`);
  };
  const enter = async (selector, address) => {
    await tabTo(selector);
    await page.keyboard.press('Enter');
    await page.waitForURL(address);
  };
  await page.goto(`${demo.base}/`);
  await enter('main a[href^="/s/family"]', /\/s\/family/);
  await tabTo('main input[type=radio]');
  await page.keyboard.press('Space');
  await tabTo('textarea');
  await page.keyboard.type('Let us come by bicycle.');
  await enter('main form button.button', /\/thanks/);
  const code = (await page.textContent('.receipt')).trim();
  await page.goto(`${demo.base}/r`);
  await tabTo('#code');
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.received');
  assert.match(await page.textContent('main'), /Let us come by bicycle\./);
  await page.goto(`${demo.base}/plan`);
  await enter('main a[href*="/goals/"]', /\/goals\//);
  const goal = new URL(page.url()).pathname;
  await enter('main a[href*="/themes/"]', /\/themes\//);
  await enter('main a[href*="/comments/"]', /\/comments\//);
  await enter(`main a[href="${goal}"]`, (url) => url.pathname === goal);
  await context.close();
});
