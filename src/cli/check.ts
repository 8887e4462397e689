// `drawbell check`: would this profile have been invited?

import { Command } from 'commander';
import type { Draw } from '../draw/draw.ts';
import { InputError, quote } from '../errors.ts';
import { CheckedProfile, type Profile } from '../match/profile.ts';
import { judge, type Verdict } from '../match/verdict.ts';
import { en } from '../notify/text/en.ts';
import { listDraws } from '../store/draws.ts';
import { describeReasons, describeStanding, describeType, OUTCOME_COLOURS } from './describe.ts';
import { instantOption } from './options.ts';
import { type Column, formatTable, print, printJson, SCREENFUL, styled } from './output.ts';
import { readChecked } from './read-file.ts';
import { withSession } from './session.ts';

interface Judged {
  draw: Draw;
  verdict: Verdict;
  profile: Profile;
}

const COLUMNS: readonly Column<Judged>[] = [
  { title: 'Draw', value: ({ draw }) => draw.id, right: true },
  { title: 'Date', value: ({ draw }) => draw.date },
  { title: 'Type', value: ({ draw }) => describeType(draw) },
  { title: 'Cut-off', value: ({ draw }) => draw.cutoff, right: true },
  {
    title: 'Margin',
    value: ({ verdict: { margin } }) => (margin === null ? null : en.signed(margin)),
    right: true,
  },
  {
    title: 'Outcome',
    value: ({ verdict }) => verdict.outcome,
    style: ({ verdict }) => OUTCOME_COLOURS[verdict.outcome],
  },
  { title: 'Why', value: ({ draw, verdict, profile }) => describeReasons(draw, verdict, profile).join(' ') },
];

interface Options {
  profile: string;
  draw?: string[];
  now?: Date;
  json?: true;
}

export function makeCommand(): Command {
  return new Command('check')
    .requiredOption('--profile <file>', 'a YAML or JSON file with one profile (- for standard input)')
    .option('--draw <id...>', 'only these draws, e.g. ircc:297 ircc:298')
    .option('--now <instant>', 'act as if it were this instant (RFC 3339)', instantOption)
    .option('--json', 'print one JSON document')
    .action(async ({ profile: file, draw: ids, now = new Date(), json }: Options) => {
      const {
        email: _email,
        locale: _locale,
        notify: _notify,
        ...profile
      } = readChecked(file, CheckedProfile);
      const known = await withSession(
        (session) => listDraws(session.db),
        () => now,
      );
      const today = now.toISOString().slice(0, 10);
      const draws = ids ? ids.map((id) => findDraw(known, id)) : known.filter((draw) => draw.date <= today);
      const judged = draws.map((draw) => ({ draw, profile, verdict: judge(draw, profile) }));
      if (json) printJson({ verdicts: judged.map(({ verdict }) => verdict) });
      else printForPeople(judged, ids !== undefined);
    });
}

function findDraw(known: readonly Draw[], id: string): Draw {
  const draw =
    known.find((candidate) => candidate.id === id) ?? known.find((candidate) => candidate.number === id);
  if (draw) return draw;
  throw new InputError('that draw is not known', [
    { where: '--draw', expected: `a draw's id such as ${known[0]?.id ?? 'ircc:297'}`, found: quote(id) },
  ]);
}

function printForPeople(judged: readonly Judged[], all: boolean): void {
  print(formatTable(all ? judged : judged.slice(0, SCREENFUL), COLUMNS));
  if (!all) print(`\n${describeStanding(judged, SCREENFUL)}`);
  print(styled('dim', 'Arithmetic on published draws: information, not advice. Your IRCC account decides.'));
}
