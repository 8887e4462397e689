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

test('what the README shows of the demo is what the demo prints, line by line and in that order', () => {
  const demo = spawnSync(process.execPath, [root('src/cli.ts'), 'demo'], { encoding: 'utf8' });
  const printed = demo.stdout.split('\n');
  const lines = quoted('from: drawbell demo').split('\n').filter(Boolean);

  let at = 0;
  const missing = lines.filter((line) => {
    const found = printed.indexOf(line, at);
    if (found >= 0) at = found + 1;
    return found < 0;
  });

  expect(demo.status).toBe(0);
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
  });
});

test.each(PAPERS)('every file that %s links to exists', (paper) => {
  const text = readFileSync(root(paper), 'utf8');
  const folder = paper.includes('/') ? paper.replace(/[^/]*$/, '') : '';

  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => `${folder}${match[1]}`);

  expect(links.filter((link) => !existsSync(root(link)))).toEqual([]);
});
