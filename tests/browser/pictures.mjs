// Regenerates the screenshots of README and docs in docs/pictures: node tests/browser/pictures.mjs
// The ones for docs/look.md are in docs/pictures/after; docs/pictures/before shows the first version and stays as it is.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESK, PHONE, ROUNDS, startDemo, root, signIn, startBrowser, turnArabicOn } from './support.mjs';

const folder = join(root, 'docs/pictures');
mkdirSync(join(folder, 'after'), { recursive: true });
const demo = await startDemo();
const browser = await startBrowser('narrow');
const paper = await (await browser.newContext()).newPage();

/** Saves what the window shows as WebP, at most `widest` pixels wide: browsers can write it, and the repository stays small. */
async function take(page, name, { widest = 1600, quality = 0.75 } = {}) {
  const picture = (await page.screenshot()).toString('base64');
  const small = await paper.evaluate(
    async ([source, widest, quality]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${source}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      const scale = Math.min(1, widest / image.width);
      [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
      const drawing = canvas.getContext('2d');
      drawing.imageSmoothingQuality = 'high';
      drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/webp', quality).split(',')[1];
    },
    [picture, widest, quality],
  );
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(small, 'base64'));
}

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
const goal = await page.locator('a[href*="/goals/"]').first().getAttribute('href');
await page.goto(demo.base + goal);
await take(page, 'goal');
await signIn(page, demo);
await page.setViewportSize({ width: 1200, height: 760 });
const ROUND = `/desk/rounds/${ROUNDS[0]}`;
await page.goto(`${demo.base}${ROUND}/themes/safety`);
await take(page, 'theme');

// Small pictures for docs/look.md, on a phone and at a desk, light and dark.
const LOOKED_AT = {
  home: '/desk',
  survey: '/desk/surveys/family',
  results: '/desk/surveys/family/results',
  comments: `${ROUND}/comments`,
  words: `${ROUND}/keywords`,
  themes: `${ROUND}/themes`,
  theme: `${ROUND}/themes/safety`,
  priorities: `${ROUND}/priorities`,
  'pub-home': '/',
  'pub-heard': '/heard',
  'pub-goal': goal,
};
for (const [width, height] of [[390, 844], [1440, 900]]) {
  for (const colorScheme of ['light', 'dark']) {
    const viewport = { width, height };
    const looking = await browser.newContext({ ...(width === 390 ? PHONE : {}), viewport, colorScheme, locale: 'en' });
    const at = await looking.newPage();
    await signIn(at, demo);
    for (const [name, path] of Object.entries(LOOKED_AT)) {
      await at.goto(demo.base + path);
      await take(at, `after/${name}-${width}-${colorScheme}`, { widest: 1080, quality: 0.6 });
    }
    await looking.close();
  }
}

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
