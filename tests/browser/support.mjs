// Starts the demo in a fresh folder and opens it in a real browser, on a phone-sized page or at a desk.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const root = new URL('../..', import.meta.url).pathname;
const program = join(root, 'target/debug/chorus');
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
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

/** Runs the program until it has said `ready`; `kill` ends it in the middle of whatever it is doing. */
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

/** The demo, serving; `stop()` ends it and removes its folder, `kill()` ends it at once and `startAgain()` serves what is left. */
export async function startDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'chorus-browser-'));
  const data = join(folder, 'demo');
  const listen = `127.0.0.1:${await freePort()}`;
  let running = await run(['demo', '--data', data, '--listen', listen], 'Sign in as');
  const [, email, password] = running.said.match(/Sign in as (\S+) with the password: (.+)/);
  return {
    base: `http://${listen}`,
    email,
    password: password.trim(),
    kill: () => running.end('SIGKILL'),
    startAgain: async () => {
      running = await run(['serve', '--data', data, '--listen', listen], listen);
    },
    /** Runs a command of the program on the demo's data. */
    command: (...parts) => execFileSync(program, [...parts, '--data', data], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    /** The rows of a survey, as the export writes them. */
    rows: (survey) =>
      execFileSync(program, ['export', 'responses', '--survey', survey, '--format', 'jsonl', '--data', data], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
        .trim()
        .split('\n')
        .map(JSON.parse),
    stop: async () => {
      await running.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A headless browser. */
export function startBrowser() {
  const executablePath = browsers.find(existsSync);
  assert.ok(executablePath, `no browser at ${browsers.join(', ')}`);
  return chromium.launch({ executablePath, args: flags });
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const DESK = { viewport: { width: 1280, height: 900 } };

/** Fails with what axe finds on a page against WCAG 2.1 AA, and if the page is wider than its window. */
export async function assertAccessible(page, where) {
  // The policy forbids a script in the page, so axe comes in through the browser itself.
  await page.addInitScript({ path: axePath });
  await page.reload();
  const findings = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
    });
    return violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  });
  assert.deepEqual(findings, [], where);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${where} is ${overflow} pixels wider than its window`);
}

/** Signs the demo's planner in. */
export async function signIn(page, demo) {
  await page.goto(`${demo.base}/sign-in`);
  await page.fill('#email', demo.email);
  await page.fill('#password', demo.password);
  await page.click('main button.button');
  await page.waitForURL(`${demo.base}/desk`);
}
