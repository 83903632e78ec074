// Runs last: checks that every page was read.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SEEN } from './reading.mjs';
import { root } from './support.mjs';

const below = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? below(path) : [path];
  });

test('axe has read a page for every template', { skip: !process.env[SEEN] && 'only after all other files' }, () => {
  const templates = join(root, 'templates');
  const texts = new Map(below(templates).filter((path) => path.endsWith('.html')).map((path) => [relative(templates, path), readFileSync(path, 'utf8')]));
  const extended = new Set([...texts.values()].flatMap((text) => text.match(/(?<=\{% extends ")[^"]+/) ?? []));
  const pages = [...texts].filter(([path, text]) => /{% extends|<html/.test(text) && !extended.has(path)).map(([path]) => path);
  const seen = new Set(existsSync(process.env[SEEN]) ? readFileSync(process.env[SEEN], 'utf8').trim().split('\n') : []);
  assert.ok(pages.length > 40, 'the templates are found');
  assert.deepEqual(pages.filter((path) => !seen.has(path)), [], 'pages that no test reads: add them to tests/browser');
  assert.deepEqual([...seen].filter((path) => !pages.includes(path)), [], 'templates that are not there');
});
