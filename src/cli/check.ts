// `drawbell check`: would this profile have been invited?

import { Command } from 'commander';
import { compareDraws, type Draw } from '../draw/draw.ts';
import { InputError, quote } from '../errors.ts';
import { CheckedProfile, type Profile } from '../match/profile.ts';
import { judge, type Outcome, type Verdict } from '../match/verdict.ts';
import { listDraws } from '../store/draws.ts';
import { describeReasons, describeStanding } from './describe.ts';
import { instantOption } from './options.ts';
import { type Column, formatTable, print, printJson, styled } from './output.ts';
import { readChecked } from './read-file.ts';
import { withSession } from './session.ts';

const SCREENFUL = 20;
const COLOURS: Record<Outcome, 'green' | 'red' | 'yellow'> = {
  invited: 'green',
  'not-invited': 'red',
  'cannot-tell': 'yellow',
};

interface Judged {
  draw: Draw;
  verdict: Verdict;
  profile: Profile;
}

const COLUMNS: readonly Column<Judged>[] = [
  { title: 'Draw', value: ({ draw }) => draw.id, right: true },
  { title: 'Date', value: ({ draw }) => draw.date },
  {
    title: 'Type',
    value: ({ draw }) => (draw.version === null ? draw.type : `${draw.type} ${draw.version}`),
  },
  { title: 'Cut-off', value: ({ draw }) => draw.cutoff, right: true },
  { title: 'Margin', value: ({ verdict }) => signed(verdict.margin), right: true },
  {
    title: 'Outcome',
    value: ({ verdict }) => verdict.outcome,
    style: ({ verdict }) => COLOURS[verdict.outcome],
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
  const newest = [...known].sort(compareDraws).at(-1)?.id ?? 'ircc:297';
  throw new InputError('that draw is not known', [
    { where: '--draw', expected: `a draw's id such as ${newest}`, found: quote(id) },
  ]);
}

function printForPeople(judged: readonly Judged[], all: boolean): void {
  const shown = all ? judged : judged.slice(0, SCREENFUL);
  print(formatTable(shown, COLUMNS));
  if (!all)
    print(
      `\n${describeStanding(
        judged.map(({ draw, verdict }) => ({ draw, outcome: verdict.outcome })),
        SCREENFUL,
      )}`,
    );
  print(styled('dim', 'Arithmetic on published draws: information, not advice. Your IRCC account decides.'));
}

function signed(margin: number | null): string | null {
  return margin === null ? null : margin > 0 ? `+${margin}` : String(margin);
}
