// Makes the README's pictures again, in docs/pictures: node tests/browser/pictures.mjs
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DESK, PHONE, ROUNDS, openDemo, root, signIn, startBrowser } from './support.mjs';

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
await browser.close();
await demo.stop();
