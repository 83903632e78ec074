// Checks every desk page with axe: light and dark, on a phone and at a desk.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { READING, read } from './reading.mjs';
import { ROUNDS, addToTeam, startDemo, signIn, startBrowser } from './support.mjs';

let demo, browser, page;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
  page = await (await browser.newContext(READING)).newPage();
  await signIn(page, demo);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const go = (path) => page.goto(demo.base + path);
const press = (name) => page.getByRole('button', { name }).last().click();
const unchecked = () => page.evaluate(() => document.querySelectorAll('form').forEach((form) => form.setAttribute('novalidate', '')));

async function readAll(pages) {
  for (const [template, paths] of Object.entries(pages)) {
    for (const path of [paths].flat()) {
      assert.equal((await go(path)).status(), 200, path);
      await read(page, template, path);
    }
  }
}

test('axe finds nothing on the home page, the team, an account, and the audit', async () => {
  await readAll({
    'desk/home.html': '/desk',
    'team/own.html': '/desk/account',
    'accounts/audit.html': ['/desk/audit', '/desk/audit?subject=nothing'],
    'desk/languages.html': '/desk/languages',
  });
  await go('/desk/team');
  await unchecked();
  await press('Add');
  await read(page, 'team/team.html', 'the team with mistakes');
  const coder = await addToTeam(page, demo, 'coder', 'Kim Lee');
  await read(page, 'team/password.html');
  await page.getByRole('link', { name: 'Done' }).click();
  await read(page, 'team/member.html');
  await readAll({ 'team/team.html': '/desk/team' });
  const context = await browser.newContext(READING);
  const other = await context.newPage();
  await signIn(other, demo, coder);
  await read(other, 'desk/home.html', 'the desk of a coder');
  for (const [template, room] of Object.entries({ 'themes/list.html': 'themes', 'themes/keywords.html': 'keywords' })) {
    await other.goto(`${demo.base}/desk/rounds/${ROUNDS[0]}/${room}?group=staff`);
    await read(other, template, `${room} without groups`);
  }
  assert.equal((await other.goto(`${demo.base}/desk/team`)).status(), 403);
  await read(other, 'error.html', 'a room without access');
  await context.close();
  assert.equal((await go('/desk/nothing-here')).status(), 404);
  await read(page, 'error.html', 'a missing page at the desk');
});

test('axe finds nothing on forums, their tables, and their notes', async () => {
  await readAll({
    'forums/list.html': '/desk/forums',
    'forums/show.html': ['/desk/forums/did-we-hear-you', '/desk/forums/oak-evening'],
    'forums/edit.html': ['/desk/forums/new', '/desk/forums/did-we-hear-you/edit'],
    'forums/tables.html': ['/desk/forums/did-we-hear-you/notes', '/desk/forums/oak-evening/notes'],
    'forums/notes.html': '/desk/forums/oak-evening/notes?table=1',
  });
  await page.getByRole('link', { name: /^Edit/ }).first().click();
  await read(page, 'forums/note.html');
  await go('/desk/forums/oak-evening/notes?table=1');
  await unchecked();
  await press('Save this note');
  await read(page, 'forums/notes.html', 'a note with mistakes');
  await go('/desk/forums/new');
  await press('Add the forum');
  await read(page, 'forums/edit.html', 'a forum with mistakes');
});

test('axe finds nothing on a survey from copying to closing', async () => {
  await readAll({
    'surveys/list.html': ['/desk/surveys', '/desk/surveys?state=draft'],
    'surveys/show.html': '/desk/surveys/family',
    'results/show.html': ['/desk/surveys/family/results', '/desk/surveys/family/results?group=families'],
    'surveys/edit.html': ['/desk/surveys/family/edit', '/desk/surveys/new?write=document'],
    'surveys/ready.html': '/desk/surveys/new',
    'surveys/words.html': '/desk/surveys/family/words',
    'responses/kiosk.html': '/desk/surveys/family/kiosk',
    'surveys/translation.html': '/desk/surveys/family/languages/es',
    'responses/answer.html': ['/desk/surveys/family/preview?lang=en', '/desk/surveys/family/preview?lang=es'],
    'surveys/publish.html': '/desk/surveys/family/publish',
  });
  await go('/desk/surveys/new?from=family');
  const words = await page.inputValue('#document');
  await page.fill('#document', 'slug = ');
  await press('Save');
  await read(page, 'surveys/edit.html', 'a survey that cannot be read');
  await page.fill('#document', words.replace(/^slug = .*$/m, 'slug = "read-by-axe"'));
  await press('Save');
  await readAll({ 'surveys/show.html': '/desk/surveys/read-by-axe', 'surveys/publish.html': '/desk/surveys/read-by-axe/publish' });
  await press('Publish');
  await readAll({ 'surveys/close.html': '/desk/surveys/read-by-axe/close' });
  await press('Close this survey');
  await readAll({ 'responses/late.html': '/desk/surveys/read-by-axe/late' });
  for (const language of ['en', 'es']) {
    assert.equal((await go(`/s/read-by-axe?lang=${language}`)).status(), 410);
    await read(page, 'responses/closed.html', `a closed survey in ${language}`);
  }
});

for (const round of ROUNDS) {
  test(`axe finds nothing on the words, themes, priorities, and plan of ${round}`, async () => {
    const base = `/desk/rounds/${round}`;
    await go(`${base}/themes`);
    const theme = await page.locator('table.bars tbody th a').first().getAttribute('href');
    await go(`${base}/priorities`);
    const priority = await page.locator('table.multiples tbody th a').first().getAttribute('href');
    await readAll({
      'themes/keywords.html': `${base}/keywords`,
      'themes/ledger.html': [`${base}/comments`, `${base}/comments?words=zebra`, `${base}/comments?state=set-aside`],
      'themes/list.html': `${base}/themes`,
      'themes/show.html': theme,
      'themes/codebook.html': `${base}/codebook`,
      'themes/changes.html': `${base}/codebook/changes/1/1`,
      'priorities/list.html': [`${base}/priorities`, `${base}/priorities?order=equally`],
      'priorities/show.html': priority,
      'priorities/outcomes.html': `${base}/priorities/outcomes`,
      'plan/edit.html': `${base}/plan`,
      'plan/translation.html': `${base}/plan/languages/es`,
      'voices/publish.html': `${base}/publish`,
      'voices/heard.html': `${base}/publish/preview/heard?lang=es`,
      'voices/plan.html': `${base}/publish/preview/plan?lang=en`,
    });
  });
}

test('axe finds nothing on desk forms with mistakes', async () => {
  const base = `/desk/rounds/${ROUNDS[0]}`;
  await go(`${base}/themes/safety`);
  await page.fill('textarea[name="any.en"]', '"no end');
  await press(/^Save as version/);
  await read(page, 'themes/show.html', 'a rule that cannot be read');
  await go(`${base}/codebook`);
  await page.fill('#toml', '[[themes]]');
  await press(/^Save as version/);
  await read(page, 'themes/codebook.html', 'a codebook that cannot be read');
  await go(`${base}/priorities`);
  await press('Add priority');
  await read(page, 'priorities/list.html', 'a priority without a title');
  await go(`${base}/priorities/outcomes`);
  await page.locator('textarea').first().fill('');
  await page.locator('textarea').nth(1).fill('');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await read(page, 'priorities/outcomes.html', 'an outcome without a reason');
  await go(`${base}/plan`);
  await press('Add goal');
  await page.locator('details').evaluateAll((all) => all.forEach((details) => (details.open = true)));
  await read(page, 'plan/edit.html', 'a goal with mistakes, everything open');
  await go(`${base}/publish`);
  await press(/^Publish as/);
  await read(page, 'voices/publish.html', 'publishing without confirming');
});

test('axe finds nothing on results for schools, from the draft to what a viewer reads', async () => {
  const base = `/desk/rounds/${ROUNDS[0]}/schools`;
  const viewer = await addToTeam(page, demo, 'viewer', 'Noor Haddad');
  const context = await browser.newContext(READING);
  const other = await context.newPage();
  await signIn(other, demo, viewer);
  await other.goto(`${demo.base}${base}`);
  await read(other, 'school_results/show.html', 'no results for schools yet');
  await other.goto(`${demo.base}/desk/surveys/family`);
  await read(other, 'surveys/show.html', 'who has answered so far');
  await readAll({ 'school_results/release.html': `${base}/release` });
  // A program without optimization takes long to count what may be released.
  page.setDefaultNavigationTimeout(120_000);
  await go('/desk/surveys/family/close');
  await press('Close this survey');
  await go(`${base}/release`);
  await press(/^Release as/);
  await read(page, 'school_results/release.html', 'releasing without confirming');
  await page.check('#sure');
  await press(/^Release as/);
  await page.waitForURL(`${demo.base}${base}`);
  await readAll({ 'school_results/release.html': `${base}/release` });
  for (const [template, path] of [['show', base], ['survey', `${base}/family`], ['survey', `${base}/family?by=school&order=asked`]]) {
    await other.goto(demo.base + path);
    await read(other, `school_results/${template}.html`, path);
  }
  await context.close();
});
