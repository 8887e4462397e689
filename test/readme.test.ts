import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatCadence } from '../src/cadence.ts';
import { readConfig } from '../src/config.ts';
import { CheckedProfile } from '../src/match/profile.ts';
import { SOURCES } from '../src/sources/index.ts';

const root = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const README = readFileSync(root('README.md'), 'utf8');
const OPERATING = readFileSync(root('docs/operating.md'), 'utf8');
const PAPERS = [
  'README.md',
  'docs/operating.md',
  'docs/webhooks.md',
  'docs/email.md',
  'docs/github-actions.md',
  'docs/api.md',
  'docs/self-hosting.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'docs/decisions/README.md',
];

/** The fenced block behind a marker comment. */
function quoted(marker: string): string {
  const block = new RegExp(`<!-- ${marker} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(README)?.[1];
  if (block === undefined) throw new Error(`README: no block marked ${marker}`);
  return block;
}

const COMMANDS = [...README.matchAll(/<!-- from: drawbell (.*?) -->/g)].map((marker) => marker[1] as string);

test('the README shows what commands print', () => {
  expect(COMMANDS).toEqual(['demo', expect.stringMatching(/^check /)]);
});

test.each(COMMANDS)('what the README shows of "drawbell %s" is what it prints, in that order', (command) => {
  const run = spawnSync(process.execPath, [root('src/cli.ts'), ...command.split(' ')], {
    encoding: 'utf8',
    env: { ...process.env, DRAWBELL_DATABASE: ':memory:' },
  });
  const printed = run.stdout.split('\n');
  const lines = quoted(`from: drawbell ${command}`).split('\n').filter(Boolean);

  let at = 0;
  const missing = lines.filter((line) => {
    const found = printed.indexOf(line, at);
    if (found >= 0) at = found + 1;
    return found < 0;
  });

  expect(run.status).toBe(0);
  expect(missing).toEqual([]);
});

test('the message that the README opens with is one the demo sends', () => {
  const opening = /^> (.*)$/m.exec(README)?.[1] as string;

  const demo = spawnSync(process.execPath, [root('src/cli.ts'), 'demo', '--json'], { encoding: 'utf8' });

  expect(JSON.parse(demo.stdout).told.map(({ text }: { text: string }) => text.split('\n')[0])).toContain(
    opening,
  );
});

test('the profile that the README shows is a valid one', () => {
  expect(CheckedProfile.safeParse(parse(quoted('profile'))).error).toBeUndefined();
});

test('the defaults that the papers name are the defaults', () => {
  const config = readConfig({}, SOURCES);
  const table = Object.fromEntries(
    [...`${README}${OPERATING}`.matchAll(/^\| `(\w+)`.*\| `([^`]+)` \|$/gm)].map((row) => [row[1], row[2]]),
  );

  expect(table).toEqual({
    DRAWBELL_CADENCE: formatCadence(config.cadence),
    DRAWBELL_ALARM_FAILURES: String(config.alarm.failures),
    DRAWBELL_ALARM_HOURS: String(config.alarm.hours),
    DRAWBELL_BACKUPS: String(config.backups),
    DRAWBELL_DATABASE: config.database,
    DRAWBELL_HISTORY: config.history,
    DRAWBELL_MAIL_FROM: config.mailFrom,
    DRAWBELL_DORMANT_DAYS: String(config.dormantDays),
    DRAWBELL_SMTP_CONNECTIONS: String(config.smtpLimits.connections),
    DRAWBELL_DKIM_SELECTOR: readConfig({ DRAWBELL_DKIM_KEY: 'key.pem' }, SOURCES).dkim?.selector,
  });
});

test.each(PAPERS)('every file that %s links to exists', (paper) => {
  const text = readFileSync(root(paper), 'utf8');
  const folder = paper.includes('/') ? paper.replace(/[^/]*$/, '') : '';

  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => `${folder}${match[1]}`);

  expect(links.filter((link) => !existsSync(root(link)))).toEqual([]);
});
