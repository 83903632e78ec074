// Makes the pictures of README and docs again, in docs/pictures: node tests/browser/pictures.mjs
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DESK, PHONE, ROUNDS, openDemo, root, signIn, startBrowser, turnArabicOn } from './support.mjs';

const folder = join(root, 'docs/pictures');
mkdirSync(folder, { recursive: true });
const demo = await openDemo();
const browser = await startBrowser();
const take = (page, name) => page.screenshot({ path: join(folder, `${name}.png`) });

for (const language of ['en', 'es']) {
  const context = await browser.newContext({ ...PHONE, locale: language });
  const page = await context.newPage();
  await page.goto(`${demo.base}/s/family?lang=${language}`);
  await take(page, `phone-${language}`);
  await context.close();
}
const context = await browser.newContext({ ...DESK, locale: 'en' });
const page = await context.newPage();
await page.goto(`${demo.base}/plan/${ROUNDS[0]}`);
await page.locator('a[href*="/goals/"]').first().click();
await page.waitForURL(/\/goals\//);
await take(page, 'goal');
await signIn(page, demo);
await page.setViewportSize({ width: 1200, height: 760 });
await page.goto(`${demo.base}/desk/rounds/${ROUNDS[0]}/themes/safety`);
await take(page, 'theme');

// What a family meets one after the other, in three languages: a strip of screens for each.
demo.chorus('import', 'survey', 'fixtures/kinds/survey.toml', '--round', ROUNDS[0], '--publish');
await turnArabicOn(page, demo);
const WORDS = { en: 'Warm', es: 'Cálidas', ar: 'جميلة' };
for (const [language, words] of Object.entries(WORDS)) {
  const phone = await browser.newContext({ ...PHONE, locale: language });
  const family = await phone.newPage();
  const screens = [];
  const look = async () => screens.push((await family.screenshot()).toString('base64'));
  await family.goto(`${demo.base}/s/kinds?lang=${language}`);
  await family.locator('[name=agree]').check();
  await family.locator('[name=rides][value=yes]').check();
  await family.locator('h1').hover();
  await look();
  await family.locator('.ways .button').first().click();
  await family.fill('[name=one-word]', words);
  await family.locator('[name="feel.office"][value="4"]').check();
  await family.locator('.tap').nth(1).click();
  await family.locator('.tap').nth(2).click();
  await family.fill('[name="share.arts"]', '7');
  await family.locator('fieldset:has([name="feel.office"]) >> nth=0').evaluate((item) => item.scrollIntoView());
  await look();
  await family.locator('fieldset:has(.ranking)').evaluate((item) => item.scrollIntoView());
  await look();
  await family.locator('form > .buttons:not(.ways) .button').click();
  await family.waitForSelector('.summary');
  await look();
  await family.locator('[name="agreed.safe"]').first().check();
  await family.locator('[name="agreed.clean"]').first().check();
  await family.fill('[name="share.sports"]', '3');
  await family.locator('form > .buttons:not(.ways) .button').click();
  await family.waitForURL(/thanks/);
  await look();
  await phone.close();
  const strip = await (await browser.newContext({ viewport: { width: 1580, height: 694 } })).newPage();
  const images = screens.map((screen) => `<img width="300" src="data:image/png;base64,${screen}">`);
  await strip.setContent(`<body style="margin: 16px; display: flex; gap: 12px; background: #c9d3ce">${images.join('')}</body>`);
  await take(strip, `answering-${language}`);
  await strip.context().close();
}
await browser.close();
await demo.stop();
