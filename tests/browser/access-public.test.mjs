// Checks every public page with axe: English and Spanish, light, dark, and forced colors, on a phone and at a desk.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { READING, read as readAs } from './reading.mjs';
import { ROUNDS, startDemo, startBrowser } from './support.mjs';

let demo, browser, page;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const open = async (language) => {
  await page?.context().close();
  page = await (await browser.newContext({ ...READING, locale: language })).newPage();
};
const read = (on, template, where) => readAs(on, template, where, { forced: true });
const go = (path) => page.goto(demo.base + path);
const press = (selector) => page.locator(selector).last().click();

/** The first link of each kind on a round's pages. */
async function behind(paths, kinds) {
  const found = {};
  for (const path of paths) {
    await go(path);
    const links = await page.locator('main a').evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
    for (const [template, kind] of Object.entries(kinds)) found[template] ??= links.find((link) => kind.test(link));
  }
  return found;
}

for (const language of ['en', 'es']) {
  test(`axe finds nothing on the home page, a survey, a forum, sign-in, and an error in ${language}`, async () => {
    await open(language);
    const forum = await behind(['/'], { 'forums/public.html': /^\/f\// });
    const pages = {
      'voices/home.html': '/',
      'responses/answer.html': '/s/family',
      'voices/receipt.html': '/r',
      'accounts/sign_in.html': '/sign-in',
      'error.html': '/nothing-here',
      'forums/seat.html': '/seat',
      ...forum,
    };
    for (const [template, path] of Object.entries(pages)) {
      await go(path);
      await read(page, template, `${path} in ${language}`);
    }
    await go('/sign-in');
    await page.fill('#email', 'nobody@example.org');
    await page.fill('#password', 'wrong');
    await press('main button');
    await read(page, 'accounts/sign_in.html', `a wrong password in ${language}`);
  });

  for (const round of ROUNDS) {
    test(`axe finds nothing on what was heard in ${round} and its plan in ${language}`, async () => {
      await open(language);
      const [heard, plan] = [`/heard/${round}`, `/plan/${round}`];
      const pages = await behind([heard, plan], {
        'voices/theme.html': /\/themes\//,
        'voices/comment.html': /\/comments\//,
        'voices/priority.html': /\/priorities\//,
        'voices/goal.html': /\/goals\//,
      });
      for (const [template, path] of Object.entries({ 'voices/heard.html': heard, 'voices/plan.html': plan, ...pages })) {
        assert.ok(path, `${template} is linked`);
        assert.equal((await go(path)).status(), 200, path);
        assert.equal(await page.getAttribute('html', 'lang'), language);
        await read(page, template, `${path} in ${language}`);
      }
    });
  }

  test(`axe finds nothing on the answering pages, from mistakes to withdrawal, in ${language}`, async () => {
    await open(language);
    await go('/s/family');
    await press('form button');
    await page.waitForSelector('.summary');
    await read(page, 'responses/answer.html', `mistakes in ${language}`);
    const answer = async (words) => {
      await go('/s/family');
      await page.locator('label.choice').first().click();
      await page.locator('textarea').first().fill(words);
      await press('form button');
    };
    await answer('One.');
    await page.waitForURL(/thanks/);
    await read(page, 'responses/thanks.html', `thanks in ${language}`);
    const code = (await page.textContent('.receipt')).trim();
    await page.fill('[name=email]', 'nobody');
    await page.locator('form[action^="/follow"]').evaluate((form) => (form.noValidate = true));
    await press('form[action^="/follow"] button');
    await read(page, 'followers/follow.html', `an invalid address in ${language}`);
    await page.fill('[name=email]', 'kim@example.org');
    await press('form[action^="/follow"] button');
    await read(page, 'followers/follow.html', `a stored address in ${language}`);
    await answer('Two.');
    await page.waitForSelector('[name=_conflict]');
    await read(page, 'responses/conflict.html', `a second response in ${language}`);
    await go('/r');
    await page.fill('#code', 'nonsense');
    await press('form button');
    await read(page, 'voices/receipt.html', `an unknown code in ${language}`);
    await page.fill('#code', code);
    await press('form button');
    await page.waitForSelector('.received');
    await read(page, 'voices/received.html', `what was received in ${language}`);
    await press('button.grave');
    await page.waitForSelector('[name=sure]');
    await read(page, 'responses/withdraw.html', `withdrawing in ${language}`);
  });

  test(`axe finds nothing on signing up for a forum and canceling in ${language}`, async () => {
    await open(language);
    await go('/f/did-we-hear-you');
    await press('main form button');
    await read(page, 'forums/public.html', `mistakes in a sign-up in ${language}`);
    await page.fill('#name', 'Kim');
    await page.fill('#email', 'kim@example.org');
    await press('main form button');
    await page.waitForURL(/\/seat/);
    await page.locator('details.sure > summary').click();
    await read(page, 'forums/seat.html', `a seat in ${language}`);
    await press('details.sure button');
    await read(page, 'forums/seat.html', `a canceled seat in ${language}`);
    await go('/f/oak-evening');
    await read(page, 'forums/public.html', `a past forum in ${language}`);
  });
}
