// Responses are never lost and never stored twice: drafts, the queue, and failures of storage, network, script, and server.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { READING, read } from './reading.mjs';
import { PHONE, signIn, startBrowser, startDemo } from './support.mjs';

let demo, browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const SURVEY = '/s/family?lang=en';

/** A phone with the survey open. */
async function phone(t, options = {}, base = demo.base) {
  const context = await browser.newContext({ ...PHONE, locale: 'en-US', ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(base + SURVEY);
  return { context, page };
}

const words = (page) => page.locator('textarea').first();
const button = (page, name) => page.getByRole('button', { name });
const send = (page) => button(page, 'Submit my response').click();
const thanks = (page) => page.waitForURL(/\/s\/family\/thanks/);

async function fill(page, text) {
  await page.locator('label.choice').first().click();
  await words(page).fill(text);
}

/** How many stored responses contain this text. */
const stored = (text) => demo.rows('family').filter((row) => JSON.stringify(row).includes(text)).length;

/** Waits until the page is cached for offline use. */
const keptForOffline = (page) =>
  page.waitForFunction(async () => {
    const kept = await (await caches.open('chorus')).keys();
    return navigator.serviceWorker.controller && kept.length >= 2;
  });

test('each change is saved on the phone and can be deleted there', async (t) => {
  const { page } = await phone(t);
  assert.equal(await page.locator('.kept').textContent(), '');
  await fill(page, 'The bus was late.');
  assert.match(await page.locator('.kept').textContent(), /^Saved on this device\. Delete it$/);
  const kept = await page.evaluate(() => localStorage.getItem('chorus:family:'));
  assert.ok(kept.includes('The bus was late.'));
  await button(page, 'Delete it').click();
  assert.ok(!(await page.evaluate(() => localStorage.getItem('chorus:family:'))).includes('bus'));
  assert.match(await page.locator('.kept').textContent(), /Deleted/);
  assert.equal(await words(page).inputValue(), 'The bus was late.', 'what is on the screen stays');
});

test('a phone that cannot store anything never says saved', async (t) => {
  const { context, page } = await phone(t);
  await context.addInitScript(() => {
    Storage.prototype.setItem = () => {};
  });
  await page.reload();
  await fill(page, 'Nothing is kept.');
  assert.equal(await page.locator('.kept').textContent(), '');
});

test('days later, the phone offers to continue and everything is there', async (t) => {
  const { context, page } = await phone(t);
  await page.clock.install({ time: new Date('2026-10-05T15:00:00Z') });
  await page.reload();
  await fill(page, 'I stop here for today.');
  await page.close();
  const later = await context.newPage();
  await later.clock.install({ time: new Date('2026-10-09T15:00:00Z') });
  await later.goto(demo.base + SURVEY);
  assert.match(await later.locator('.offer').textContent(), /You last worked on this survey here on Monday, October 5\./);
  assert.ok(await later.locator('form[data-answer]').isHidden());
  await button(later, 'Continue').click();
  assert.equal(await words(later).inputValue(), 'I stop here for today.');
  assert.ok(await later.locator('label.choice input').first().isChecked());
  await send(later);
  await thanks(later);
  assert.equal(stored('I stop here for today.'), 1);
  await later.goto(demo.base + SURVEY);
  assert.equal(await later.locator('.offer').count(), 0, 'what was sent is not offered again');
});

test('after a response was withdrawn elsewhere, the phone can submit the same answers again and counts once', async (t) => {
  const { page } = await phone(t);
  await fill(page, 'Withdrawn and sent again.');
  await send(page);
  await thanks(page);
  const code = (await page.textContent('.receipt')).trim();
  const other = await phone(t);
  await other.page.goto(`${demo.base}/r?lang=en`);
  await other.page.fill('[name=code]', code);
  await other.page.locator('main form button').first().click();
  await button(other.page, 'Withdraw my response').click();
  await button(other.page, 'Yes, withdraw it').click();
  await other.page.waitForURL(/\/r\?lang=en/);
  assert.equal(stored('Withdrawn and sent again.'), 0);
  await page.goto(demo.base + SURVEY);
  await fill(page, 'Withdrawn and sent again.');
  await send(page);
  await button(page, 'Submit as a new response').click();
  await thanks(page);
  assert.equal(stored('Withdrawn and sent again.'), 1);
  await page.goto(demo.base + SURVEY);
  await fill(page, 'Something else.');
  await send(page);
  await button(page, 'Replace my first response').click();
  await thanks(page);
  assert.equal(stored('Withdrawn and sent again.') + stored('Something else.'), 1);
});

test('someone who starts over finds nothing from before', async (t) => {
  const { context, page } = await phone(t);
  await fill(page, 'Of somebody else.');
  await page.close();
  const next = await context.newPage();
  await next.goto(demo.base + SURVEY);
  await button(next, 'Start over').click();
  assert.equal(await words(next).inputValue(), '');
  assert.ok(!(await next.evaluate(() => JSON.stringify({ ...localStorage }))).includes('Of somebody else.'));
});

test('switching languages keeps what was typed', async (t) => {
  const { page } = await phone(t);
  await fill(page, 'El camión llega tarde.');
  await page.getByRole('link', { name: 'Español' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'es');
  assert.equal(await words(page).inputValue(), 'El camión llega tarde.');
  assert.equal(await page.locator('.offer').count(), 0);
});

test('a draft is only offered under the link where it was written', async (t) => {
  const { context, page } = await phone(t);
  await fill(page, 'Came by no link.');
  await context.addCookies([{ name: 'chorus_link', value: 'a1', url: demo.base }]);
  const other = await context.newPage();
  await other.goto(demo.base + SURVEY);
  assert.equal(await other.locator('.offer').count(), 0);
  assert.equal(await words(other).inputValue(), '');
  await fill(other, 'Came by a link.');
  await context.clearCookies({ name: 'chorus_link' });
  const first = await context.newPage();
  await first.goto(demo.base + SURVEY);
  await button(first, 'Continue').click();
  assert.equal(await words(first).inputValue(), 'Came by no link.');
});

test('an in-app browser without storage has a plain form that can be submitted', async (t) => {
  const { context, page } = await phone(t);
  await context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
    }
  });
  await page.reload();
  await fill(page, 'Without any storage.');
  assert.equal(await page.locator('.kept').count(), 0);
  await send(page);
  await thanks(page);
  assert.equal(stored('Without any storage.'), 1);
});

test('a blocked script leaves a plain form that can be submitted', async (t) => {
  const { context, page } = await phone(t);
  await context.route('**/assets/answer.*', (route) => route.abort());
  await page.reload();
  await fill(page, 'The script never came.');
  await send(page);
  await thanks(page);
  assert.equal(stored('The script never came.'), 1);
});

test('a script that fails midway leaves a plain form that can be submitted', async (t) => {
  const { context, page } = await phone(t);
  await context.route('**/assets/answer.*.js', async (route) => {
    const reply = await route.fetch();
    const text = await reply.text();
    const half = text.indexOf("addEventListener('online'");
    assert.ok(half > 0);
    await route.fulfill({ response: reply, body: `${text.slice(0, half)}; throw new Error('broken'); });` });
  });
  await page.reload();
  await fill(page, 'The script broke.');
  await send(page);
  await thanks(page);
  assert.equal(stored('The script broke.'), 1);
});

test('a queue that fails leaves a plain form that can be submitted', async (t) => {
  const { context, page } = await phone(t);
  await context.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.reload();
  await fill(page, 'The queue was full.');
  await send(page);
  await thanks(page);
  assert.equal(stored('The queue was full.'), 1);
});

test('a double tap sends one response', async (t) => {
  const { page } = await phone(t);
  await fill(page, 'Tapped twice.');
  await page.evaluate(() => {
    const tap = document.querySelector('form[data-answer] .buttons .button');
    tap.click();
    tap.click();
  });
  await thanks(page);
  assert.equal(stored('Tapped twice.'), 1);
});

test('sending again after Back is still one response, and a changed one asks first', async (t) => {
  const { page } = await phone(t);
  await fill(page, 'Sent, then back.');
  await send(page);
  await thanks(page);
  const receipt = await page.textContent('.receipt');
  await page.goBack();
  await fill(page, 'Sent, then back.');
  await send(page);
  await thanks(page);
  assert.equal(await page.textContent('.receipt'), receipt);
  await page.goBack();
  await fill(page, 'Sent, then back. More of it.');
  await send(page);
  await page.getByRole('heading', { name: 'Is this a new response?' }).waitFor();
  await button(page, 'Replace my first response').click();
  await thanks(page);
  assert.equal(stored('Sent, then back.'), 1);
  assert.equal(stored('More of it.'), 1);
});

test('a form with mistakes comes back as it was typed and stays saved', async (t) => {
  const { page } = await phone(t);
  await words(page).fill('No group yet.');
  await send(page);
  await page.waitForSelector('.summary[role=alert]');
  assert.equal(await words(page).inputValue(), 'No group yet.');
  assert.equal(await page.locator('.offer').count(), 0);
  assert.match(await page.locator('.kept').textContent(), /^Saved/);
  await fill(page, 'No group yet.');
  await send(page);
  await thanks(page);
  assert.equal(stored('No group yet.'), 1);
});

test('someone else starts with an empty form from the thank-you page', async (t) => {
  const { page } = await phone(t);
  await fill(page, 'The first of two.');
  await send(page);
  await thanks(page);
  await page.getByRole('link', { name: 'Let someone else answer' }).click();
  await page.waitForURL(/\/s\/family\?lang=en$/);
  assert.equal(await words(page).inputValue(), '');
  await fill(page, 'The second of two.');
  await send(page);
  await thanks(page);
  assert.equal(stored('of two.'), 2);
});

test('a response submitted offline waits, says so, and is sent when the network returns', async (t) => {
  const { context, page } = await phone(t);
  await context.setOffline(true);
  await fill(page, 'Sent in a tunnel.');
  await send(page);
  await page.getByText('Waiting to be sent: 1').waitFor();
  assert.equal(stored('Sent in a tunnel.'), 0);
  await context.setOffline(false);
  await thanks(page);
  assert.equal(stored('Sent in a tunnel.'), 1);
});

test('the page opens offline, and a waiting response is sent after the tab is reopened', async (t) => {
  const { context, page } = await phone(t);
  await fill(page, 'The tab was closed.');
  await keptForOffline(page);
  await context.setOffline(true);
  await send(page);
  await page.getByText('Waiting to be sent: 1').waitFor();
  await page.close();
  const offline = await context.newPage();
  await offline.goto(demo.base + SURVEY);
  await offline.getByText('Waiting to be sent: 1').waitFor();
  assert.equal(await words(offline).inputValue(), '', 'the form is empty');
  await offline.close();
  await context.setOffline(false);
  const online = await context.newPage();
  await online.goto(demo.base + SURVEY);
  await online.getByText('We sent the response that was waiting here.').waitFor();
  assert.equal(stored('The tab was closed.'), 1);
});

test('two responses that wait on one phone stay two', async (t) => {
  const { context, page } = await phone(t);
  await context.setOffline(true);
  await fill(page, 'The mother waits.');
  await send(page);
  await page.getByText('Waiting to be sent: 1').waitFor();
  await button(page, 'Let someone else answer').click();
  assert.equal(await words(page).inputValue(), '');
  await fill(page, 'The father waits.');
  await send(page);
  await page.getByText('Waiting to be sent: 2').waitFor();
  await context.setOffline(false);
  await page.getByText('We sent the response that was waiting here.').waitFor();
  const receipts = await page.locator('.waiting strong').allTextContents();
  for (const [code, own] of [[receipts[0], 'The mother waits.'], [receipts[1], 'The father waits.']]) {
    const reader = await context.newPage();
    await reader.goto(`${demo.base}/r?lang=en`);
    await reader.fill('#code', code);
    await button(reader, 'Show my response').click();
    assert.match(await reader.textContent('.received'), new RegExp(own), 'each receipt shows its own response');
  }
  assert.equal(stored('The mother waits.'), 1);
  assert.equal(stored('The father waits.'), 1);
});

test('a waiting response that is refused asks for a check and loses nothing', async (t) => {
  const { context, page } = await phone(t);
  await context.setOffline(true);
  await words(page).fill('Without a group.');
  await send(page);
  await page.getByText('Waiting to be sent: 1').waitFor();
  await context.setOffline(false);
  await button(page, 'Check it').click();
  await page.waitForSelector('.summary[role=alert]');
  assert.equal(await words(page).inputValue(), 'Without a group.');
  await fill(page, 'Without a group.');
  await send(page);
  await thanks(page);
  assert.equal(stored('Without a group.'), 1);
  await page.goto(demo.base + SURVEY);
  assert.ok(await page.locator('.waiting').isHidden());
});

test('another network’s login page is not mistaken for our thank-you page', async (t) => {
  const { context, page } = await phone(t);
  await context.route('**/s/family**', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ contentType: 'text/html', body: '<h1>Accept the terms</h1>' })
      : route.fallback(),
  );
  await fill(page, 'Behind a hotel’s network.');
  await send(page);
  await page.getByText('Waiting to be sent: 1').waitFor();
  await context.unrouteAll();
  await page.reload();
  await page.getByText('We sent the response that was waiting here.').waitFor();
  assert.equal(stored('Behind a hotel’s network.'), 1);
});

test('a response is stored once even if the server is killed before or after storing it', async (t) => {
  // A proxy between phone and server. When `cut` is set, it lets the next submission through but drops the reply.
  let cut = false;
  const port = Number(new URL(demo.base).port);
  const between = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    let isPost = false;
    near.on('data', (bytes) => {
      isPost ||= bytes.toString('latin1').startsWith('POST');
      far.write(bytes);
    });
    far.on('data', async (bytes) => {
      if (!cut || !isPost) return near.write(bytes);
      cut = false;
      await demo.kill();
      near.destroy();
    });
    for (const end of [near, far]) {
      end.on('error', () => {});
      end.on('close', () => (near.destroy(), far.destroy()));
    }
  });
  await new Promise((resolve) => between.listen(0, '127.0.0.1', resolve));
  t.after(() => between.close());
  const { page } = await phone(t, {}, `http://127.0.0.1:${between.address().port}`);
  await fill(page, 'Killed after it was stored.');
  cut = true;
  await send(page);
  await page.getByText('Waiting to be sent: 1').waitFor();
  assert.equal(stored('Killed after it was stored.'), 1, 'it was stored, but the reply was lost');
  await demo.startAgain();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await thanks(page);
  assert.equal(stored('Killed after it was stored.'), 1);

  // Now kill the server before the submission arrives.
  const { page: other } = await phone(t);
  await fill(other, 'Killed before it came.');
  await demo.kill();
  await send(other);
  await other.getByText('Waiting to be sent: 1').waitFor();
  await demo.startAgain();
  await other.evaluate(() => dispatchEvent(new Event('online')));
  await thanks(other);
  assert.equal(stored('Killed before it came.'), 1);
});

test('a first view makes at most three requests, and the worker waits for the first change', async (t) => {
  const context = await browser.newContext({ ...PHONE, locale: 'en-US' });
  t.after(() => context.close());
  const page = await context.newPage();
  const asked = [];
  context.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(demo.base + SURVEY, { waitUntil: 'networkidle' });
  assert.ok(asked.length <= 3, asked.join(' '));
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  await fill(page, 'Now it may come.');
  await keptForOffline(page);
});

/** A tablet that opened a kiosk link from the desk. */
async function kiosk(t, options = {}) {
  const desk = await browser.newContext();
  const planner = await desk.newPage();
  await signIn(planner, demo);
  await planner.goto(`${demo.base}/desk/surveys/family/kiosk`);
  await button(planner, 'Make a link').click();
  const link = await planner.locator('#link').inputValue();
  await desk.close();
  const context = await browser.newContext({ ...PHONE, locale: 'en-US', ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(link);
  assert.match(page.url(), /\/s\/family\/kiosk$/);
  return { context, page };
}

test('a kiosk warns and then starts over after a pause, and keeps nothing', async (t) => {
  const { page } = await kiosk(t);
  await fill(page, 'Walked away from this.');
  await page.clock.runFor(80_000);
  await page.getByText('Are you still there?').waitFor();
  await page.touchscreen.tap(200, 5);
  assert.equal(await page.getByText('Are you still there?').count(), 0);
  assert.equal(await words(page).inputValue(), 'Walked away from this.', 'someone who is there can continue');
  await page.clock.runFor(91_000);
  await page.waitForFunction(() => document.querySelector('textarea')?.value === '');
  assert.equal(await page.locator('label.choice input:checked').count(), 0);
  assert.ok(!(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).includes('Walked'));
});

test('the next person at a kiosk finds nothing from the last one', async (t) => {
  const { page } = await kiosk(t);
  await fill(page, 'First at the kiosk.');
  await send(page);
  await page.waitForURL(/\/s\/family\/kiosk\/thanks/);
  await page.goBack();
  assert.equal(await words(page).inputValue(), '');
  await fill(page, 'Second at the kiosk.');
  await send(page);
  await page.waitForURL(/\/s\/family\/kiosk\/thanks/);
  await page.getByRole('link', { name: 'Start for the next person' }).click();
  assert.equal(await words(page).inputValue(), '');
  assert.equal(stored('at the kiosk.'), 2);
});

test('two people at an offline kiosk are two responses', async (t) => {
  const { context, page } = await kiosk(t);
  await context.setOffline(true);
  for (const [number, text] of ['One in the hall.', 'Two in the hall.'].entries()) {
    await fill(page, text);
    await send(page);
    await page.getByText(`Waiting to be sent: ${number + 1}`).waitFor();
    await button(page, 'Let someone else answer').click();
    assert.equal(await words(page).inputValue(), '');
  }
  await context.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.getByText('We sent the response that was waiting here.').waitFor();
  assert.equal(await page.locator('.waiting strong').count(), 0, 'nobody sees someone else’s receipt');
  assert.equal(stored('in the hall.'), 2);
});

const STUDENTS = `
slug = "students"
languages = ["en"]
unit = "person"
title = { en = "Your school and you" }
[about]
audience = "students"
[[items]]
key = "change"
kind = "single"
required = true
label = { en = "What would help most?" }
[[items.choices]]
key = "lunch"
label = { en = "A longer lunch" }
[[items.choices]]
key = "bus"
label = { en = "A bus on time" }
[[items]]
key = "more"
kind = "text"
intent = "need"
label = { en = "Anything else?" }
`;

test('a student’s draft stays in the tab, and the page says who reads it and where to get help', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'chorus-students-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'students.toml');
  writeFileSync(file, STUDENTS);
  demo.chorus('import', 'survey', file, '--round', 'vision-2031', '--publish');
  const context = await browser.newContext({ ...PHONE, locale: 'en-US' });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`${demo.base}/s/students`);
  assert.match(await page.textContent('.opening'), /Nobody reads your answers while you write them\..*988/);
  const first = await page.locator('label.choice').first().boundingBox();
  assert.ok(first.y + first.height <= PHONE.viewport.height, `the first answer ends at ${first.y + first.height}`);
  await fill(page, 'Only in this tab.');
  assert.match(await page.locator('.kept').textContent(), /Saved in this tab until you close it\./);
  await page.reload();
  assert.equal(await words(page).inputValue(), 'Only in this tab.');
  assert.ok(!(await page.evaluate(() => JSON.stringify({ ...localStorage }))).includes('Only'));
  const other = await context.newPage();
  await other.goto(`${demo.base}/s/students`);
  assert.equal(await other.locator('.offer').count(), 0);
  assert.equal(await words(other).inputValue(), '');
  await send(page);
  await page.waitForURL(/\/s\/students\/thanks/);
  assert.equal(await page.locator('.receipt').count(), 0, 'students get no receipt');
});

test('a draft of every kind is restored, and starting over returns to the first step', async (t) => {
  demo.chorus('import', 'survey', 'fixtures/kinds/survey.toml', '--round', 'vision-2031', '--publish');
  const context = await browser.newContext({ ...PHONE, locale: 'en-US' });
  t.after(() => context.close());
  const first = await context.newPage();
  await first.goto(`${demo.base}/s/kinds?lang=en`);
  const choose = (page, name, value) => page.locator(`label.choice:has([name="${name}"][value="${value}"])`).click();
  await choose(first, 'agree', 'yes');
  await choose(first, 'rides', 'yes');
  await first.fill('[name=minutes]', '45');
  await choose(first, 'home', 'other');
  await first.fill('[name="home.other"]', 'Tagalog');
  await first.locator('.ways .button').first().click();
  await first.locator('.tap', { hasText: 'Arts' }).click();
  await first.fill('[name="share.arts"]', '4');
  await first.close();
  const later = await context.newPage();
  await later.goto(`${demo.base}/s/kinds?lang=en`);
  await button(later, 'Continue').click();
  assert.equal(await later.inputValue('[name=minutes]'), '45');
  assert.ok(await later.locator('[name=since]').isVisible(), 'the question that depends on the minutes is shown');
  assert.equal(await later.inputValue('[name="home.other"]'), 'Tagalog');
  assert.ok(await later.locator('[name="home.other"]').isVisible());
  await later.locator('.ways .button').first().click();
  assert.equal(await later.locator('.tap[aria-pressed=true]').innerText(), '1\nArts');
  assert.match(await later.locator('.left').innerText(), /6/);
  await later.close();
  const fresh = await context.newPage();
  await fresh.goto(`${demo.base}/s/kinds?lang=en`);
  await button(fresh, 'Start over').click();
  assert.ok(await fresh.locator('[name=agree]').isVisible());
  assert.ok(!(await fresh.locator('[name="home.other"]').isVisible()));
});

test('axe finds nothing while a draft is offered and while a response waits', async (t) => {
  const { context, page } = await phone(t, READING);
  await fill(page, 'Looked at by axe.');
  await page.close();
  const next = await context.newPage();
  await next.goto(demo.base + SURVEY);
  await next.locator('.offer').waitFor();
  await read(next, 'responses/answer.html', 'the offer');
  await next.locator('summary').click();
  await button(next, 'Continue').click();
  const reply = async (route) => (route.request().method() === 'POST' ? route.abort() : route.fallback());
  await context.route('**/s/family**', reply);
  await send(next);
  await next.getByText('Waiting to be sent: 1').waitFor();
  await read(next, 'responses/answer.html', 'what waits');
});
