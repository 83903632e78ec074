// Every kind of question (fixtures/kinds/survey.toml) on a phone, with and without JavaScript.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { READING, read } from './reading.mjs';
import { DESK, PHONE, startDemo, signIn, startBrowser } from './support.mjs';

/** The ready-made surveys, except the family survey, which has the same address as the demo's. */
const READY = ['students-secondary', 'students-elementary', 'staff', 'community'];

let demo, browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
  for (const survey of ['kinds/survey', ...READY.map((name) => `surveys/${name}`)]) {
    demo.chorus('import', 'survey', `fixtures/${survey}.toml`, '--round', 'vision-2031', '--publish');
  }
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A phone with the survey open; an error in its script fails the test. */
async function open(options = {}, path = '/s/kinds?lang=en') {
  const context = await browser.newContext({ ...PHONE, locale: 'en-US', ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => assert.fail(error));
  await page.goto(demo.base + path);
  return page;
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
const choose = (page, field, value) => page.locator(`[name="${field}"][value="${value}"]`).check();
const shown = (page) => page.locator('.item:visible').evaluateAll((items) => items.map((item) => item.querySelector('[name]').name));

/** What the form would submit now, by field. */
const sent = (page) => page.evaluate(() => Object.groupBy([...new FormData(document.querySelector('main form'))], ([name]) => name));

async function received(page) {
  await page.waitForURL(/\/thanks/);
  const code = (await page.textContent('.receipt')).trim();
  await page.goto(`${demo.base}/r?lang=en`);
  await page.fill('#code', code);
  await page.locator('main button').first().click();
  const answers = await page.locator('.received dd').allTextContents();
  return answers.map((answer) => answer.replace(/\s+/g, ' ').trim());
}

test('the script and the server agree on every rule in the test cases', () => {
  const part = (name) => readFileSync(new URL(`../../assets/answer/${name}.js`, import.meta.url), 'utf8');
  const scope = vm.createContext({ form: null });
  const holds = vm.runInContext(`${part('1-kinder')}${part('2-rules')}; holds`, scope);
  const cases = JSON.parse(readFileSync(new URL('../independent/rules.json', import.meta.url), 'utf8'));
  assert.ok(cases.length > 20);
  for (const { rule, said, holds: expected } of cases) {
    assert.equal(holds(rule, (field) => said[field] ?? []), expected, `${JSON.stringify(rule)} for ${JSON.stringify(said)}`);
  }
});

test('without a script every kind is answered on one page and shown on the receipt', async () => {
  const page = await open({ javaScriptEnabled: false });
  assert.equal(await page.locator('.item:visible').count(), 14);
  assert.match(await page.textContent('main'), /Answer this only if you chose “Yes” in question 2\./);
  await choose(page, 'agree', 'yes');
  await choose(page, 'rides', 'yes');
  await page.fill('[name=minutes]', '45');
  await page.fill('[name="why.other"]', 'No child care');
  await choose(page, 'feel.teachers', '5');
  await page.selectOption('[name="order.food"]', '1');
  await page.selectOption('[name="order.arts"]', '2');
  await page.fill('[name="share.arts"]', '10');
  await button(page, 'Submit my response').click();
  const answers = await received(page);
  assert.deepEqual(answers, ['I agree', 'Yes', '45', 'Something else', 'No child care', 'By teachers: 5 out of 5', 'Rank 1: Food', 'Rank 2: Arts', 'Arts: 10 out of 10']);
  await page.context().close();
});

test('sections are steps, questions show and hide, and hidden answers are not sent', async () => {
  const page = await open();
  assert.deepEqual(await shown(page), ['agree', 'rides', 'since', 'grades', 'home']);
  await choose(page, 'agree', 'yes');
  assert.equal(await page.textContent('.step-count'), '1 of 2');
  await choose(page, 'rides', 'yes');
  assert.deepEqual(await shown(page), ['agree', 'rides', 'minutes', 'grades', 'home']);
  await page.fill('[name=minutes]', '45');
  assert.ok((await shown(page)).includes('since'), 'a ride of 45 minutes asks since when');
  await choose(page, 'rides', 'no');
  assert.equal((await sent(page)).minutes, undefined);
  await choose(page, 'rides', 'yes');
  assert.equal(await page.inputValue('[name=minutes]'), '45', 'what was typed comes back');
  await button(page, 'Next').click();
  assert.equal(await page.textContent('.step-count'), '2 of 2');
  assert.ok(await page.locator('.step-count').evaluate((line) => line === document.activeElement), 'the step is read out');
  assert.equal(await page.locator('.opening p:visible').count(), 1, 'the introduction has been read');
  await page.goBack();
  assert.equal(await page.textContent('.step-count'), '1 of 2');
  assert.equal(await page.inputValue('[name=minutes]'), '45');
  await page.press('[name=minutes]', 'Enter');
  assert.equal(await page.textContent('.step-count'), '2 of 2', 'Enter moves to the next step and does not send');
  await choose(page, 'why', 'other');
  await page.fill('[name="why.other"]', 'No child care');
  await choose(page, 'why', 'late');
  await button(page, 'Submit my response').click();
  assert.deepEqual(await received(page), ['I agree', 'Yes', '45', 'It was late']);
  await page.context().close();
});

test('a step that is missing an answer says so before moving on', async () => {
  const page = await open();
  await choose(page, 'agree', 'yes');
  await page.locator('[name=agree]').uncheck();
  await button(page, 'Submit my response').click();
  assert.equal(await page.textContent('.fault-text'), 'Check this box if you agree. We can’t accept your response without it.');
  await choose(page, 'agree', 'yes');
  await button(page, 'Next').click();
  await choose(page, 'feel.office', '5');
  await button(page, 'Submit my response').click();
  // Wait for the server's page; the previous page had an error too.
  await page.locator('.item.fault', { hasText: 'Do you agree?' }).waitFor();
  assert.equal(await page.locator('.item.fault').count(), 1);
  assert.equal(await page.textContent('.step-count'), '2 of 2', 'it opens at the step with the mistake');
  await button(page, 'Back').click();
  assert.equal(await page.textContent('.step-count'), '1 of 2');
  await page.locator('.summary a').click();
  assert.equal(await page.textContent('.step-count'), '2 of 2');
  await choose(page, 'agreed.safe', 'yes');
  await choose(page, 'agreed.clean', 'no');
  await button(page, 'Submit my response').click();
  assert.deepEqual(await received(page), ['I agree', 'By the office: 5 out of 5', 'The way to school is safe: I agree', 'The rooms are clean: I do not agree']);
  await page.context().close();
});

const NEEDED = `
slug = "needed"
languages = ["en"]
unit = "person"
title = { en = "What is needed" }
[[items]]
key = "first"
kind = "section"
label = { en = "First" }
[[items]]
key = "ride"
kind = "yes-no"
required = true
label = { en = "Do you ride the bus?" }
[[items]]
key = "stop"
kind = "short-text"
intent = "other"
required = true
label = { en = "Where do you get on?" }
help = { en = "The name of the stop." }
[[items]]
key = "seats"
kind = "matrix"
required = true
label = { en = "How is the ride?" }
from = 1
to = 3
low = { en = "Bad" }
high = { en = "Good" }
[[items.rows]]
key = "morning"
label = { en = "In the morning" }
[[items.rows]]
key = "evening"
label = { en = "In the evening" }
[[items]]
key = "second"
kind = "section"
label = { en = "Second" }
[[items]]
key = "more"
kind = "text"
intent = "need"
label = { en = "Anything else?" }
`;

test('a missing answer is read out, linked to its field, and cleared once it is given', async () => {
  const file = join(demo.folder, 'needed.toml');
  writeFileSync(file, NEEDED);
  demo.chorus('import', 'survey', file, '--round', 'vision-2031', '--publish');
  const page = await open({}, '/s/needed');
  await button(page, 'Next').click();
  assert.equal(await page.textContent('.step-count'), '1 of 2', 'the step stays');
  const told = async (selector) => {
    const ids = (await page.getAttribute(selector, 'aria-describedby')) ?? '';
    const lines = ids.split(' ').filter(Boolean);
    return Promise.all(lines.map(async (id) => [await page.getAttribute(`#${id}`, 'role'), await page.textContent(`#${id}`)]));
  };
  assert.deepEqual(await told('#q-ride'), [['alert', 'Please choose one.']]);
  assert.ok(await page.locator('#q-ride').evaluate((item) => item === document.activeElement), 'the first one has the focus');
  assert.deepEqual((await told('#q-stop'))[0], ['alert', 'Please write a few words.']);
  assert.equal((await told('#q-stop')).length, 2, 'the hint is still read out');
  assert.equal(await page.getAttribute('#q-stop', 'aria-invalid'), 'true');
  await choose(page, 'ride', 'yes');
  await button(page, 'Next').click();
  assert.deepEqual(await told('#q-ride'), []);
  assert.ok(await page.locator('#q-stop').evaluate((field) => field === document.activeElement));
  await page.fill('#q-stop', 'Elm Street');
  await choose(page, 'seats.morning', '2');
  await button(page, 'Next').click();
  assert.equal(await page.textContent('.step-count'), '1 of 2', 'one row has no answer');
  assert.deepEqual(await told('#q-seats'), [['alert', 'Please choose one in each row.']]);
  await choose(page, 'seats.evening', '3');
  await button(page, 'Next').click();
  assert.equal(await page.textContent('.step-count'), '2 of 2');
  assert.equal(await page.getAttribute('#q-stop', 'aria-invalid'), 'false');
  await page.context().close();
});

test('a planner previews the steps of a survey and sends nothing', async () => {
  const context = await browser.newContext({ ...PHONE, locale: 'en-US' });
  const page = await context.newPage();
  await signIn(page, demo);
  const posted = [];
  page.on('request', (request) => request.method() === 'POST' && posted.push(request.url()));
  await page.goto(`${demo.base}/desk/surveys/kinds/preview`);
  const address = page.url();
  await choose(page, 'agree', 'yes');
  assert.equal(await page.textContent('.step-count'), '1 of 2');
  await button(page, 'Next').click();
  assert.equal(await page.textContent('.step-count'), '2 of 2');
  assert.ok(await button(page, 'Submit my response').isDisabled());
  await page.fill('[name=one-word]', 'Warm');
  await page.press('[name=one-word]', 'Enter');
  assert.equal(page.url(), address, 'the address has nothing that was typed');
  assert.deepEqual(posted, []);
  assert.equal(await page.evaluate(() => localStorage.length), 0, 'nothing is stored either');
  await context.close();
});

test('a ranking is set by tapping or by keyboard and can be undone', async () => {
  const page = await open();
  await choose(page, 'agree', 'yes');
  await button(page, 'Next').click();
  await button(page, 'Food').tap();
  await button(page, 'Arts').focus();
  await page.keyboard.press('Space');
  const places = async () => Promise.all(['buses', 'arts', 'food'].map((key) => page.inputValue(`[name="order.${key}"]`)));
  assert.deepEqual(await places(), ['', '2', '1']);
  assert.equal(await button(page, 'Arts').getAttribute('aria-pressed'), 'true');
  assert.equal(await button(page, 'Arts').getAttribute('aria-description'), 'Rank 2');
  await button(page, 'Buses').tap();
  assert.deepEqual(await places(), ['', '2', '1'], 'there are only two ranks');
  assert.match(await page.textContent('.ranking [role=status]'), /used every rank/);
  await button(page, 'Food').tap();
  assert.deepEqual(await places(), ['', '1', ''], 'the next choice moves up');
  assert.ok((await shown(page)).some((name) => name.startsWith('share.')), 'a rule on a ranking holds at once');
  await page.context().close();
});

test('a points question says how many points are left', async () => {
  const page = await open();
  await choose(page, 'agree', 'yes');
  await button(page, 'Next').click();
  await button(page, 'Arts').tap();
  const left = () => page.textContent('.left');
  assert.equal(await left(), 'Points left: 10');
  await page.fill('[name="share.arts"]', '٧');
  assert.equal(await left(), 'Points left: 3');
  await page.fill('[name="share.sports"]', '5');
  assert.equal(await left(), 'Points over the total: 2');
  await page.fill('[name="share.sports"]', '3');
  assert.equal(await left(), 'You’ve used all your points.');
  await page.context().close();
});

test('choosing the last choice asks for its text, and leaving it hides the text', async () => {
  const page = await open();
  const words = page.locator('[name="home.other"]');
  assert.ok(!(await words.isVisible()));
  await choose(page, 'home', 'other');
  await words.fill('Tagalog');
  await choose(page, 'home', 'es');
  assert.ok(!(await words.isVisible()));
  assert.equal((await sent(page))['home.other'], undefined);
  await choose(page, 'home', 'other');
  assert.equal(await words.inputValue(), 'Tagalog');
  await page.context().close();
});

test('a blocked or failing script leaves the plain form', async () => {
  const blocked = await browser.newContext(PHONE);
  await blocked.route('**/answer.*.js', (route) => route.abort());
  const plain = await blocked.newPage();
  await plain.goto(`${demo.base}/s/kinds?lang=en`);
  assert.equal(await plain.locator('.item:visible').count(), 14);
  await blocked.close();

  const broken = await browser.newContext(PHONE);
  await broken.addInitScript(() => {
    history.replaceState = () => {
      throw new Error('an in-app browser');
    };
  });
  const page = await broken.newPage();
  await page.goto(`${demo.base}/s/kinds?lang=en`);
  await choose(page, 'agree', 'yes');
  assert.equal(await page.textContent('.step-count'), '');
  assert.ok(await page.locator('[name="one-word"]').isVisible(), 'the second section is there');
  await button(page, 'Submit my response').click();
  await page.waitForURL(/\/thanks/);
  await broken.close();
});

test('the first choice is on the first screen, large enough to tap, and stays where it is', async () => {
  const places = {};
  for (const javaScriptEnabled of [true, false]) {
    for (const path of ['kinds', 'family', ...READY].flatMap((slug) => [`/s/${slug}?lang=en`, `/s/${slug}?lang=es`])) {
      const page = await open({ javaScriptEnabled }, path);
      const box = await page.locator('label.choice:visible').first().boundingBox();
      assert.ok(box.y + box.height <= PHONE.viewport.height, `${path}: ${box.y + box.height}`);
      assert.ok(box.height >= 44, path);
      places[path] ??= box.y;
      assert.ok(Math.abs(box.y - places[path]) < 1, `${path}: at ${places[path]} with the script, at ${box.y} without`);
      await page.context().close();
    }
  }
});

for (const script of [true, false]) {
  test(`axe finds nothing in any kind of question, ${script ? 'with' : 'without'} the script`, async () => {
    const context = await browser.newContext(READING);
    // axe is a script, so JavaScript can't be off: block the form's script instead.
    if (!script) await context.route('**/answer.*.js', (route) => route.abort());
    const page = await context.newPage();
    for (const language of ['en', 'es']) {
      await page.goto(`${demo.base}/s/kinds?lang=${language}`);
      await read(page, 'responses/answer.html', `the first step in ${language}`, { forced: true });
      if (!script) continue;
      await choose(page, 'agree', 'yes');
      await page.locator('.ways .button').first().click();
      await page.locator('.tap').first().click();
      await read(page, 'responses/answer.html', `the second step in ${language}`, { forced: true });
    }
    await context.close();
  });
}

test('a planner copies, edits, and publishes a ready survey in two languages for families', async () => {
  const context = await browser.newContext({ ...DESK, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await signIn(page, demo);
  await page.goto(`${demo.base}/desk/surveys/new`);
  await read(page, 'surveys/ready.html');
  await page.getByRole('button', { name: 'Copy the survey for Families' }).click();
  await page.waitForURL(/\/desk\/surveys\/family-2\/words/);
  await read(page, 'surveys/words.html');
  await page.setViewportSize(PHONE.viewport);
  await page.fill('[name="title.en"]', 'Tell us about your school');
  await page.fill('[name="title.es"]', '');
  await page.getByRole('button', { name: 'Save wording' }).click();
  await page.getByText('Still missing').click();
  await page.getByRole('link', { name: 'title', exact: true }).click();
  await page.fill('[name="title.es"]', 'Cuéntenos de su escuela');
  await page.getByRole('button', { name: 'Save wording' }).click();
  await page.waitForURL(/\/desk\/surveys\/family-2(#.*)?$/);
  await page.getByRole('link', { name: 'Publish this survey' }).click();
  await page.getByRole('button', { name: 'Publish this survey' }).click();
  await context.close();

  const family = await open({ locale: 'es-MX' }, '/s/family-2');
  assert.equal(await family.textContent('h1'), 'Cuéntenos de su escuela');
  await button(family, 'Siguiente').click();
  await choose(family, 'way-to-school', 'school-bus');
  await choose(family, 'bus-on-time', '2');
  assert.equal(await family.textContent('.step-count'), '2 de 5');
  for (let step = 2; step < 5; step += 1) await button(family, 'Siguiente').click();
  await choose(family, 'come', 'no');
  await family.fill('[name="stay-away"]', 'Trabajo de noche');
  assert.equal(await family.locator('[name="come-needs"]:visible').count(), 0);
  await button(family, 'Enviar mis respuestas').click();
  await family.waitForURL(/thanks/);
  await family.context().close();
});
