// The product's thread, as the people who live with it meet it.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { DESK, PHONE, assertAccessible, signIn, startBrowser, startDemo } from './support.mjs';

let demo, browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const ROUNDS = ['vision-2031', 'bowling-green-2018'];

test('a family answers in Spanish on a phone without any script, reads the receipt back and withdraws', async () => {
  const context = await browser.newContext({ ...PHONE, locale: 'es-MX', javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${demo.base}/s/family`);
  assert.equal(await page.getAttribute('html', 'lang'), 'es');
  const first = page.locator('label.choice').first();
  const box = await first.boundingBox();
  assert.ok(box.y + box.height <= PHONE.viewport.height, 'the first answer is on the first screen');
  assert.ok(box.height >= 44, 'a finger can hit it');
  await first.click();
  await page.locator('textarea').nth(1).fill('El camión <b>siempre</b> llega tarde.');
  await page.locator('form button.button').last().click();
  await page.waitForURL(/\/s\/family\/thanks/);
  const code = (await page.textContent('.receipt')).trim();
  assert.ok(!page.url().includes(code), 'the code is in no address');
  await page.goto(`${demo.base}/r`);
  await page.locator('main input.field').first().fill(code);
  await page.locator('main button.button').first().click();
  assert.match(await page.textContent('main'), /El camión <b>siempre<\/b> llega tarde\./);
  await page.getByRole('button', { name: /retir/i }).first().click();
  await page.getByRole('button', { name: /retir|sí/i }).first().click();
  assert.match(await page.textContent('main'), /retir/i);
  await context.close();
});

test('a form sent without its required answer comes back with everything that was typed', async () => {
  const context = await browser.newContext({ ...PHONE, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`${demo.base}/s/family?lang=en`);
  await page.locator('textarea').first().fill('My teacher is kind.');
  await page.evaluate(() => document.querySelector('main form').setAttribute('novalidate', ''));
  await page.locator('form button.button').last().click();
  await page.waitForSelector('.summary[role=alert]');
  assert.equal(await page.locator('textarea').first().inputValue(), 'My teacher is kind.');
  await page.locator('.summary a').first().click();
  assert.ok(await page.locator('.item.fault').first().isVisible());
  await context.close();
});

test('from a goal a neighbour follows the way to a voice, and from the voice back to the goal', async () => {
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  await page.goto(`${demo.base}/plan`);
  await page.locator('a[href*="/goals/"]').first().click();
  const goal = new URL(page.url()).pathname;
  await page.locator('main a[href*="/themes/"]').first().click();
  await page.locator('main a[href*="/remarks/"]').first().click();
  assert.ok(await page.locator('blockquote.voice').first().isVisible());
  const back = await page.locator('main a').evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
  assert.ok(back.includes(goal), `${goal} is among ${back}`);
  await context.close();
});

test('a planner changes a rule, sees what it caught before and now, and finds the remarks behind the number', async () => {
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  await signIn(page, demo);
  await page.goto(`${demo.base}/desk/rounds/vision-2031/themes`);
  await page.locator('table.bars tbody th a').first().click();
  const rule = page.locator('textarea[name="any.en"]');
  await rule.fill(`${await rule.inputValue()}\nkids`);
  await page.getByRole('button', { name: /^Save as version/ }).click();
  const news = await page.textContent('.news');
  const [before, now] = news.match(/caught (\d+) remarks before and catches (\d+)/).slice(1).map(Number);
  assert.ok(now > before, news);
  await page.getByRole('link', { name: 'Open these remarks' }).click();
  assert.match(await page.textContent('h1'), new RegExp(`^${now} remarks`));
  await context.close();
});

test('a planner makes a priority and decides it', async () => {
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  await signIn(page, demo);
  await page.goto(`${demo.base}/desk/rounds/vision-2031/priorities`);
  await page.fill('input[name="title.en"]', 'Warm in winter, cool in May');
  await page.fill('input[name="title.es"]', 'Sin frío en invierno ni calor en mayo');
  await page.locator('label.choice', { hasText: 'Buildings' }).click();
  await page.getByRole('button', { name: 'Add priority' }).click();
  await page.getByRole('button', { name: 'Decide this priority' }).click();
  assert.match(await page.textContent('#decision'), /Decided/);
  await context.close();
});

for (const scheme of ['light', 'dark']) {
  for (const [name, size] of Object.entries({ phone: PHONE, desk: DESK })) {
    test(`axe finds nothing on any public page, ${name}, ${scheme}`, async () => {
      const context = await browser.newContext({ ...size, colorScheme: scheme });
      const page = await context.newPage();
      const paths = new Set(['/', '/s/family', '/r', '/heard', '/plan', '/sign-in', '/nothing-here', ...ROUNDS.flatMap((round) => [`/heard/${round}`, `/plan/${round}`])]);
      // One page of each kind behind those.
      for (const path of [...paths]) {
        await page.goto(demo.base + path);
        const links = await page.locator('main a').evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
        for (const kind of [/^\/f\//, /\/themes\//, /\/remarks\//, /\/priorities\//, /\/goals\//]) {
          const found = links.find((link) => kind.test(link));
          if (found) paths.add(found);
        }
      }
      for (const path of paths) {
        for (const language of ['en', 'es']) {
          await page.goto(`${demo.base}${path}?lang=${language}`);
          await assertAccessible(page, `${path} in ${language}`);
        }
      }
      await context.close();
    });
  }
}

for (const [name, size] of Object.entries({ phone: PHONE, desk: DESK })) {
  test(`axe finds nothing on any page of the desk, ${name}`, async () => {
    const context = await browser.newContext(size);
    const page = await context.newPage();
    await signIn(page, demo);
    const round = '/desk/rounds/vision-2031';
    const paths = ['/desk', '/desk/surveys', '/desk/surveys/family', '/desk/surveys/family/results', '/desk/forums', '/desk/team', '/desk/audit', '/desk/account', ...['remarks', 'keywords', 'themes', 'themes/safety', 'codebook', 'priorities', 'priorities/outcomes', 'priorities/safe-way', 'plan', 'publish'].map((part) => `${round}/${part}`)];
    for (const path of paths) {
      const response = await page.goto(demo.base + path);
      assert.equal(response.status(), 200, path);
      await assertAccessible(page, path);
    }
    await context.close();
  });
}
