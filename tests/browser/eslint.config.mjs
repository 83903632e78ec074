// Lint rules for our scripts. The parts of `assets/answer/` are joined into one module and share its scope. Each part
// declares at the top what it takes from earlier parts and gives to later ones, and this file enforces it:
//   // Takes: form, kinder.
//   // Gives: draft.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import globals from 'globals';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../../assets/answer');

const declared = (text, word) => {
  const line = text.match(new RegExp(`^// ${word}: (.*)\\.$`, 'm'))?.[1];
  return line ? line.split(', ') : [];
};

const parts = readdirSync(folder)
  .filter((name) => name.endsWith('.js'))
  .sort()
  .map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return { name, takes: declared(text, 'Takes'), gives: declared(text, 'Gives') };
  });

const given = new Set();
for (const { name, takes, gives } of parts) {
  for (const taken of takes) if (!given.has(taken)) throw new Error(`${name} takes ${taken}, which no part before it gives`);
  for (const one of gives) given.add(one);
}
const taken = new Set(parts.flatMap(({ takes }) => takes));
for (const one of given) if (!taken.has(one)) throw new Error(`no part takes ${one}`);

const rules = {
  ...js.configs.recommended.rules,
  eqeqeq: 'error',
  'no-var': 'error',
  'prefer-const': 'error',
};

export default [
  ...parts.map(({ name, takes, gives }) => ({
    files: [`**/answer/${name}`],
    languageOptions: { globals: { ...globals.browser, ...Object.fromEntries(takes.map((one) => [one, 'readonly'])) } },
    rules: { ...rules, 'no-unused-vars': ['error', { vars: 'all', varsIgnorePattern: `^(${gives.join('|') || '(?!)'})$`, argsIgnorePattern: '^_' }] },
  })),
  { files: ['**/assets/paper.js'], languageOptions: { globals: globals.browser }, rules },
  { files: ['**/assets/worker.js'], languageOptions: { globals: globals.serviceworker }, rules },
  { files: ['**/tests/browser/*.mjs', '*.mjs'], languageOptions: { globals: { ...globals.node, ...globals.browser } }, rules },
];
