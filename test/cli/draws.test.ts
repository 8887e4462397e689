// `drawbell draws`: filters, spreadsheets, and names from a page that mean harm.

import { describe, expect, it } from 'vitest';
import { type FeedRound, toRound, wrapRounds } from '../../src/demo/feed.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { type Ended, jsonOf, openInstallation } from '../support/cli.ts';
import { NEWS, openWorld } from './world.ts';

const FORMULA = '=HYPERLINK("http://evil.example","free visa")';
const COMMAS = '"a,b"';
/** Colours, a cleared screen, a window title, a link, text that runs backwards, and lines of its own. */
const ESCAPES =
  '\u001b[31mCanadian\u001b[2J \u001b]0;owned\u0007\u009b1mExperience\u202e\u2066ssalC\u2028\r\nircc:999\tfake';

function ids(ended: Ended): string[] {
  return jsonOf(ended).draws.map(({ id }: { id: string }) => id);
}

/** The records of RFC 4180, read as strictly as it is written. */
function readCsv(text: string): string[][] {
  expect(text.endsWith('\r\n')).toBe(true);
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const records: string[][] = [[]];
  while (field.lastIndex < text.length) {
    const start = field.lastIndex;
    const match = field.exec(text);
    if (!match)
      throw new Error(
        `no RFC 4180 from character ${start}: ${JSON.stringify(text.slice(start, start + 80))}`,
      );
    records.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') records.push([]);
  }
  return records.slice(0, -1);
}

describe('draws', () => {
  it.concurrent('are filtered by type, source and days, newest first', async ({ onTestFinished }) => {
    const place = openInstallation(onTestFinished);

    const fst = await place.drawbell('draws', '--type', 'fst', '--json');
    const days = await place.drawbell(
      'draws',
      '--since',
      '2018-05-30',
      '--until',
      '2018-05-30',
      '--source',
      'ircc',
      '--json',
    );
    const both = await place.drawbell(
      'draws',
      '--type',
      'cec',
      '--since',
      '2024-05-31',
      '--limit',
      '2',
      '--json',
    );
    const elsewhere = await place.drawbell('draws', '--source', 'bc', '--json');
    const nothing = await place.drawbell('draws', '--type', 'nonsense');

    const known = shippedDraws().filter(({ type }) => type === 'fst');
    expect(ids(fst)).toEqual(known.reverse().map(({ id }) => id));
    expect(ids(days)).toEqual(['ircc:91b', 'ircc:91a']);
    expect(ids(both)).toHaveLength(2);
    expect(jsonOf(elsewhere)).toEqual({ draws: [] });
    expect(nothing).toEqual({ code: 0, stdout: 'No draw matches.\n', stderr: '' });
  });

  it.concurrent('are a table for people: the newest twenty, and how to see more', async ({
    onTestFinished,
  }) => {
    const place = openInstallation(onTestFinished);

    const { stdout, stderr } = await place.drawbell('draws');

    const lines = stdout.trimEnd().split('\n');
    expect(stderr).toBe('');
    expect(lines[0]).toMatch(/^ +Draw {2}Date +Type +Invited +Cut-off +Tie-break +Published as$/);
    expect(lines[1]).toMatch(
      /^ircc:426 {2}2026-07-10 {2}senior-managers 2026-1 +500 +392 {2}2026-03-15T01:46:05Z/,
    );
    expect(lines).toHaveLength(22);
    expect(lines[21]).toBe('407 older ones are not shown: --limit 427 shows all.');
    expect(stdout).not.toContain('\u001b');
  });

  it.concurrent('are comma-separated values as RFC 4180 has them, a line for each', async ({
    onTestFinished,
  }) => {
    const place = openInstallation(onTestFinished);

    const { stdout } = await place.drawbell('draws', '--csv');

    const [head, ...records] = readCsv(stdout);
    expect(head?.join()).toBe(
      'id,source,number,date,issuedAt,label,type,version,programs,invitations,scoreSystem,cutoff,tieBreakAt,poolAsOf,poolTotal,url',
    );
    expect(records).toHaveLength(427);
    expect(records.filter((record) => record.length !== 16)).toEqual([]);
    expect(records.find(([id]) => id === 'ircc:297')?.slice(0, 15)).toEqual([
      'ircc:297',
      'ircc',
      '297',
      '2024-05-31',
      '2024-05-31T12:48:30Z',
      'Canadian Experience Class',
      'cec',
      '',
      'cec',
      '3000',
      'crs',
      '522',
      '2024-03-19T18:58:58Z',
      '2024-05-29',
      '224404',
    ]);
  });
});

describe('a hostile name of a draw', () => {
  const round = (number: string, drawName: string): FeedRound => ({
    ...toRound(shippedDraw(297)),
    drawNumber: number,
    drawName,
  });

  it.concurrent('is no formula in a spreadsheet, and no command to a terminal', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(
      onTestFinished,
      wrapRounds([
        round('904', `＠SUM(1)`),
        round('903', '+1-800-555-0100'),
        round('902', ESCAPES),
        round('901', COMMAS),
        round('900', FORMULA),
        { ...round('899', ESCAPES), drawCutOff: `never${ESCAPES}` },
        { ...round('898', ESCAPES), drawCRS: `none${ESCAPES}` },
      ]),
    );
    world.env.FORCE_COLOR = '0';

    const run = await world.drawbell('run', '--now', NEWS);
    const table = await world.drawbell('draws');
    const events = await world.drawbell('events');
    const csv = await world.drawbell('draws', '--csv');
    const json = await world.drawbell('draws', '--json');

    expect(run.code).toBe(3);
    expect(run.stderr).toContain('ircc:899 drawCutOff: expected an instant or nothing, found "never');
    for (const { stdout, stderr } of [run, table, events, json]) {
      expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}/u);
    }
    // A line of its own would pass for a draw that is not there.
    expect(table.stdout).not.toMatch(/^ *ircc:999/m);
    expect(table.stdout.trimEnd().split('\n')).toHaveLength(7);

    const [, ...records] = readCsv(csv.stdout);
    const labels = Object.fromEntries(records.map((record) => [record[0], record[5]]));
    expect(labels).toMatchObject({
      'ircc:900': `'${FORMULA}`,
      'ircc:901': COMMAS,
      'ircc:903': "'+1-800-555-0100",
      'ircc:904': "'＠SUM(1)",
    });
    expect(csv.stdout).not.toMatch(/[^\P{Cc}\r\n]|\p{Cf}/u);
    expect(records.filter((record) => record.length !== 16)).toEqual([]);
    expect(records.flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
  });
});
