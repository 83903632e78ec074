// Runs the browser tests, each file with its own copy of one demo: node tests/browser/run.mjs [FILE…]
import { run } from 'node:test';
import { spec as Spec } from 'node:test/reporters';
import { availableParallelism } from 'node:os';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SEEN } from './reading.mjs';
import { PREPARED, prepareDemo } from './support.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Files that run by themselves at the end: one measures time, and one checks what all the others have read. */
const LAST = ['first-view', 'every-page'];
/** The files that take longest start first. */
const LONG = ['access-desk', 'questions', 'access-public', 'links', 'keeping'];

const named = process.argv.slice(2).map((file) => resolve(file));
const all = readdirSync(here).filter((name) => name.endsWith('.test.mjs')).map((name) => join(here, name));
const files = named.length ? named : all;
const rank = (file) => (LONG.findIndex((name) => file.includes(`/${name}.`)) + LONG.length + 1) % (LONG.length + 1);
const isLast = (file) => LAST.some((name) => file.includes(`/${name}.`));
const together = files.filter((file) => !isLast(file)).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
const alone = LAST.flatMap((name) => files.filter((file) => file.includes(`/${name}.`)));

const demo = await prepareDemo();
process.on('exit', () => demo.remove());
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
process.env[PREPARED] = demo.folder;
if (!named.length) process.env[SEEN] = join(demo.folder, 'templates-read');

const runAll = (some, concurrency) =>
  new Promise((end) => {
    run({ files: some, concurrency, timeout: 600_000 })
      .on('test:fail', () => {
        process.exitCode = 1;
      })
      .on('end', end)
      .compose(new Spec())
      .pipe(process.stdout, { end: false });
  });

if (together.length) await runAll(together, availableParallelism());
for (const file of alone) await runAll([file], 1);
