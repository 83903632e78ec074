// Regenerates the screenshots of README and docs in docs/pictures: node tests/browser/pictures.mjs
// The ones for docs/look.md are in docs/pictures/after; docs/pictures/before shows the first version and stays as it is.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESK, PHONE, ROUNDS, startDemo, root, signIn, startBrowser, turnArabicOn } from './support.mjs';

const folder = join(root, 'docs/pictures');
mkdirSync(folder, { recursive: true });
const demo = await startDemo();
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

// Small pictures for docs/look.md, on a phone and at a desk.
const ROUND = `/desk/rounds/${ROUNDS[0]}`;
const LOOKED_AT = {
  'home-1440-light': '/desk',
  'home-390-light': '/desk',
  'home-1440-dark': '/desk',
  'survey-1440-light': '/desk/surveys/family',
  'results-1440-light': '/desk/surveys/family/results',
  'results-390-light': '/desk/surveys/family/results',
  'comments-1440-light': `${ROUND}/comments`,
  'words-1440-light': `${ROUND}/keywords`,
  'themes-1440-light': `${ROUND}/themes`,
  'priorities-1440-light': `${ROUND}/priorities`,
  'pub-home-390-light': '/',
  'pub-home-1440-light': '/',
  'pub-heard-390-light': '/heard',
};
const paper = await (await browser.newContext()).newPage();
mkdirSync(join(folder, 'after'), { recursive: true });
for (const [name, path] of Object.entries(LOOKED_AT)) {
  const [, width, colorScheme] = name.match(/-(\d+)-(\w+)$/);
  const viewport = { width: Number(width), height: width === '390' ? 844 : 900 };
  const looking = await browser.newContext({ ...(width === '390' ? PHONE : {}), viewport, colorScheme, locale: 'en' });
  const at = await looking.newPage();
  if (path.startsWith('/desk')) await signIn(at, demo);
  await at.goto(demo.base + path);
  const picture = (await at.screenshot()).toString('base64');
  await looking.close();
  // WebP, at most 1,080 pixels wide: browsers can write it, and the repository stays small.
  const small = await paper.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    const scale = Math.min(1, 1080 / image.width);
    [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
    const drawing = canvas.getContext('2d');
    drawing.imageSmoothingQuality = 'high';
    drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/webp', 0.7).split(',')[1];
  }, picture);
  writeFileSync(join(folder, 'after', `${name}.webp`), Buffer.from(small, 'base64'));
}
await paper.context().close();

// The screens that families see, as a strip for each of three languages.
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
