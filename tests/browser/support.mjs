// The demo in a new folder, and a real browser for it, with the screen of a phone or a desktop.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
/** The variable in which `run.mjs` passes the folder of a loaded demo, which each test file copies. */
export const PREPARED = 'BROWSER_TESTS_DEMO';
/** The demo's rounds, the current one first. */
export const ROUNDS = ['vision-2031', 'bowling-green-2018'];
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const DESK = { viewport: { width: 1280, height: 900 } };
/** Two typefaces that a machine may use for "sans-serif", one wide and one narrow. */
export const TYPEFACES = { wide: 'DejaVu Sans', narrow: 'Liberation Sans' };

const program = join(root, 'target/debug/chorus');
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const commands = (folder) => (...command) => {
  const { status, stdout, stderr } = spawnSync(program, [...command, '--data', join(folder, 'demo')], { encoding: 'utf8', cwd: root });
  assert.equal(status, 0, stderr);
  return stdout;
};

/** Starts the program and waits until it prints `ready`; `end(signal)` sends it a signal and waits until it's gone. */
async function run(parts, ready) {
  const child = spawn(program, parts);
  let said = '';
  await new Promise((resolve, reject) => {
    const listen = (chunk) => {
      said += chunk;
      if (said.includes(ready)) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${parts[0]} ended with ${code}:\n${said}`)));
  });
  child.removeAllListeners('exit');
  const end = (signal) =>
    new Promise((resolve) => {
      child.on('exit', resolve);
      child.kill(signal);
    });
  return { said, end };
}

/** Loads a demo once, for the files to copy; `remove()` removes it. */
export async function prepareDemo() {
  const demo = await startDemo();
  await demo.end();
  return { folder: demo.folder, remove: () => rmSync(demo.folder, { recursive: true, force: true }) };
}

/**
 * Starts the server of a new demo. `chorus(…)` runs a command on its data and returns the output, and `rows(survey)` returns the
 * exported responses. `kill()` ends it at once, `end()` politely, `startAgain()` restarts it, and `stop()` ends it and removes its
 * folder.
 */
export async function startDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'chorus-browser-'));
  const data = join(folder, 'demo');
  if (process.env[PREPARED]) cpSync(join(process.env[PREPARED], 'demo'), data, { recursive: true });
  const listen = `127.0.0.1:${await freePort()}`;
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let running = await run(['demo', '--data', data, '--listen', listen], 'Sign in as').catch((error) => {
    remove();
    throw error;
  });
  const [, email, password] = running.said.match(/Sign in as (\S+) with the password: (.+)/);
  const chorus = commands(folder);
  return {
    base: `http://${listen}`,
    email,
    password: password.trim(),
    folder,
    chorus,
    rows: (survey) => chorus('export', 'responses', '--survey', survey, '--format', 'jsonl').trim().split('\n').map(JSON.parse),
    kill: () => running.end('SIGKILL'),
    end: () => running.end('SIGTERM'),
    startAgain: async () => {
      running = await run(['serve', '--data', data, '--listen', listen], listen);
    },
    stop: async () => {
      await running.end('SIGTERM');
      remove();
    },
  };
}

/** A headless browser that only has one typeface, so that widths don't depend on the installed fonts. */
export function startBrowser(typeface = 'wide') {
  const executablePath = browsers.find(existsSync);
  assert.ok(executablePath, `no browser at ${browsers.join(', ')}`);
  const fonts = fileURLToPath(new URL(`fonts/${typeface}.conf`, import.meta.url));
  return chromium.launch({ executablePath, args: flags, env: { ...process.env, FONTCONFIG_FILE: fonts } });
}

/** Signs someone in, by default the demo's planner. */
export async function signIn(page, demo, { email, password } = demo) {
  await page.goto(`${demo.base}/sign-in`);
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.click('main button.button');
  await page.waitForURL(`${demo.base}/desk`);
}

/**
 * Turns Arabic on as a district does: adds it to the district's file, imports a translation of the survey with every kind
 * of question, and, as the signed-in planner, records who reviewed our texts and the survey's, then publishes the survey.
 */
export async function turnArabicOn(page, demo) {
  const district = readFileSync(join(root, 'fixtures/riverside/district.toml'), 'utf8');
  const file = join(demo.folder, 'district.toml');
  writeFileSync(file, district.replace('languages = ["en", "es"]', 'languages = ["en", "es", "ar"]'));
  demo.chorus('import', 'district', file);
  demo.chorus('import', 'translation', 'fixtures/kinds/arabic.csv', '--survey', 'kinds', '--language', 'ar', '--machine-draft');
  await page.goto(`${demo.base}/desk/languages`);
  await page.fill('#reviewer-ar', 'Layla Haddad');
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.goto(`${demo.base}/desk/surveys/kinds/languages/ar`);
  await page.fill('[name=reader]', 'Layla Haddad');
  await page.getByRole('button', { name: 'Mark as reviewed' }).click();
  await page.goto(`${demo.base}/desk/surveys/kinds/publish`);
  await page.locator('main form button.button').click();
  await page.waitForURL(`${demo.base}/desk/surveys/kinds`);
}

/** As the signed-in planner, adds someone with a district-wide role to the team; the page then shows their password. */
export async function addToTeam(page, demo, role, name) {
  const email = `${role}-${Math.random().toString(36).slice(2)}@riverside.example`;
  await page.goto(`${demo.base}/desk/team`);
  await page.fill('#name', name);
  await page.fill('#email', email);
  await page.selectOption('#role', role);
  await page.getByRole('button', { name: 'Add person', exact: true }).click();
  return { email, password: (await page.textContent('code.receipt')).trim() };
}
