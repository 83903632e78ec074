// The demo in a fresh folder, and a real browser in front of it, on a phone-sized page or at a desk.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
/** The variable in which `run.mjs` tells the files of tests about the demo that they share. */
export const SHARED = 'BROWSER_TESTS_DEMO';
/** The demo's rounds, the current one first. */
export const ROUNDS = ['vision-2031', 'bowling-green-2018'];
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const DESK = { viewport: { width: 1280, height: 900 } };
/** Two typefaces that a machine may have for "sans-serif", a wide one and a narrow one. */
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

/** Runs the program until it has said `ready`; `end(signal)` ends it, with SIGKILL in the middle of whatever it is doing. */
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

/**
 * A demo of one's own, serving. `chorus(…)` runs a command on its data and returns what it says, `rows(survey)` are the
 * answers as the export writes them; `kill()` ends it at once, `startAgain()` serves what is left, and `stop()` ends it and
 * removes its folder.
 */
export async function startDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'chorus-browser-'));
  const data = join(folder, 'demo');
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
    startAgain: async () => {
      running = await run(['serve', '--data', data, '--listen', listen], listen);
    },
    stop: async () => {
      await running.end('SIGTERM');
      remove();
    },
  };
}

/** The demo that all files share under `run.mjs`; on its own, a file starts one. */
export async function openDemo() {
  const shared = process.env[SHARED];
  if (!shared) return startDemo();
  const demo = JSON.parse(shared);
  return { ...demo, chorus: commands(demo.folder), stop: async () => {} };
}

/** A headless browser on a machine with one typeface: whatever is installed here, pages are as wide as with that one. */
export function startBrowser(typeface = 'wide') {
  const executablePath = browsers.find(existsSync);
  assert.ok(executablePath, `no browser at ${browsers.join(', ')}`);
  const fonts = fileURLToPath(new URL(`fonts/${typeface}.conf`, import.meta.url));
  return chromium.launch({ executablePath, args: flags, env: { ...process.env, FONTCONFIG_FILE: fonts } });
}

/** Signs somebody in, the demo's planner unless another is named. */
export async function signIn(page, demo, { email, password } = demo) {
  await page.goto(`${demo.base}/sign-in`);
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.click('main button.button');
  await page.waitForURL(`${demo.base}/desk`);
}

/**
 * Turns Arabic on, as a district does: its file names the language, the survey of every kind comes back translated, and the
 * signed-in planner says who has read our words and the survey's.
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

/** Puts somebody with a role for the whole district on the team, as the signed-in planner; leaves the page on the password. */
export async function addToTeam(page, demo, role, name) {
  const email = `${role}-${Math.random().toString(36).slice(2)}@riverside.example`;
  await page.goto(`${demo.base}/desk/team`);
  await page.fill('#name', name);
  await page.fill('#email', email);
  await page.selectOption('#role', role);
  await page.getByRole('button', { name: 'Add person', exact: true }).click();
  return { email, password: (await page.textContent('code.receipt')).trim() };
}
