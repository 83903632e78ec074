// Runs the browser tests one after another against one demo: node tests/browser/run.mjs [FILE…]
import { run } from 'node:test';
import { spec as Spec } from 'node:test/reporters';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SEEN } from './reading.mjs';
import { SHARED, startDemo } from './support.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
// Files that only read come first, while the demo is unchanged. Then what people do, and last whether every page was read.
const ORDER = ['links', 'access', 'families', 'facilitators', 'planners', 'questions', 'paper', 'first-view', 'arabic', 'every-page'];
const place = (file) => ORDER.findIndex((name) => file.startsWith(name));
const all = readdirSync(here).filter((file) => file.endsWith('.test.mjs'));
const named = process.argv.slice(2).map((file) => resolve(file));
const files = named.length ? named : all.sort((a, b) => place(a) - place(b) || a.localeCompare(b)).map((file) => join(here, file));

const demo = await startDemo();
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) {
  process.once(signal, () => demo.stop().finally(() => process.exit(1)));
}
process.env[SHARED] = JSON.stringify(demo);
if (!named.length) process.env[SEEN] = join(demo.folder, 'templates-read');

run({ files, concurrency: 1, timeout: 420_000 })
  .on('test:fail', () => {
    process.exitCode = 1;
  })
  .on('end', () => demo.stop())
  .compose(new Spec())
  .pipe(process.stdout);
