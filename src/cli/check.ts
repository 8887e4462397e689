// `drawbell check`: would this profile have been invited?

import { Command, Option } from 'commander';
import { toDate } from '../draw/calendar.ts';
import { drawNamed, latestOfEachType } from '../draw/choice.ts';
import type { Draw } from '../draw/draw.ts';
import { InputError, quote } from '../errors.ts';
import { criteriaOf } from '../match/criteria.ts';
import type { Profile } from '../match/profile.ts';
import { missingFields } from '../match/reason.ts';
import { standingOf } from '../match/standing.ts';
import { judge } from '../match/verdict.ts';
import { drawTypeName, publishedNumber, standingSentences } from '../notify/text/describe.ts';
import { en } from '../notify/text/en.ts';
import {
  describeCautions,
  describeLatest,
  describeNearestMiss,
  describeReasons,
  describeRecord,
  type Judged,
} from '../notify/text/judged.ts';
import { JUDGED_WORDS } from '../notify/text/judged-words.ts';
import { listDraws } from '../store/draws.ts';
import { readReference } from '../store/reference.ts';
import { describeType, OUTCOME_COLOURS } from './describe.ts';
import { instantOption } from './options.ts';
import { type Column, formatTable, print, printJson, SCREENFUL, styled } from './output.ts';
import { formatFacts, formatPage, formatSentences } from './page.ts';
import {
  addProfileOptions,
  howToGive,
  type ProfileFlags,
  readPresent,
  readProfile,
} from './profile-options.ts';
import { withSession } from './session.ts';

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
  { title: 'Why', value: ({ verdict }) => describeReasons(en, verdict).join(' ') },
];

const NOT_ADVICE = [
  styled('dim', 'Arithmetic on published draws: information, not advice. Your IRCC account decides.'),
];

const { headings } = en.mail;

interface Options extends ProfileFlags {
  profile?: string;
  draw?: string[];
  latest?: true;
  now?: Date;
  json?: true;
}

export function makeCommand(): Command {
  const command = new Command('check').option(
    '--profile <file>',
    'a YAML or JSON file with one profile (- for standard input)',
  );
  return addProfileOptions(command)
    .addOption(new Option('--draw <id...>', 'only these draws, e.g. ircc:297 ircc:298').conflicts('latest'))
    .option('--latest', 'only the latest draw of each type')
    .option('--now <instant>', 'act as if it were this instant (RFC 3339)', instantOption)
    .option('--json', 'print one JSON document')
    .action(async ({ profile: file, draw: ids, latest, now = new Date(), json, ...flags }: Options) => {
      const profile = readProfile(file, flags, await readPresent(now));
      const known = await withSession(
        (session) => listDraws(session.db),
        () => now,
      );
      const past = known.filter((draw) => draw.date <= toDate(now.getTime()));
      const draws = ids ? ids.map((id) => findDraw(known, id)) : latest ? latestOfEachType(past) : past;
      const judged = await judgeAll(draws, profile);
      if (json) printJson({ verdicts: judged.map((one) => toPublic(one, profile)) });
      else print(formatPage(answer(judged, profile, ids, latest)));
    });
}

function findDraw(known: readonly Draw[], id: string): Draw {
  const draw = drawNamed(known, id);
  if (draw) return draw;
  throw new InputError('that draw is not known', [
    { where: '--draw', expected: `a draw's id such as ${known[0]?.id ?? 'ircc:297'}`, found: quote(id) },
  ]);
}

async function judgeAll(draws: readonly Draw[], profile: Profile): Promise<Judged[]> {
  const reference = await readReference();
  return draws.map((draw) => ({ draw, verdict: judge(criteriaOf(draw, reference), profile) }));
}

function toPublic({ draw, verdict }: Judged, profile: Profile) {
  return { ...verdict, standing: standingOf(draw, profile) };
}

/** What people read, in sections. */
function answer(judged: readonly Judged[], profile: Profile, ids?: string[], latest?: true): string[][] {
  const [first] = judged;
  if (!first) return [['No draw is known yet.']];
  if (ids && judged.length === 1) return [...oneDraw(first, profile), NOT_ADVICE];
  const shown = ids || latest ? judged : judged.slice(0, SCREENFUL);
  const pooled = judged.find(({ draw }) => draw.pool !== null);
  return [
    [formatTable(shown, COLUMNS)],
    ...(ids ? [] : [formatSentences('In all', summary(judged, latest))]),
    formatSentences(headings.care, describeCautions(en, shown, idOf)),
    formatSentences(headings.missing, describeMissing(shown)),
    ...(ids || !pooled ? [] : [standing(pooled.draw, profile)]),
    NOT_ADVICE,
  ];
}

/** One draw: the answer first, then all that it rests on. */
function oneDraw({ draw, verdict }: Judged, profile: Profile): string[][] {
  const { outcome, margin } = verdict;
  const { labels, notKnown } = en.mail;
  const missing = describeMissing([{ draw, verdict }]);
  return [
    [`${styled(OUTCOME_COLOURS[outcome], en.outcomes[outcome])}.`],
    formatFacts(headings.draw, [
      [labels.number, draw.id],
      [labels.type, drawTypeName(en, draw).name],
      [labels.date, en.day(draw.date)],
      [labels.cutoff, publishedNumber(en, draw.cutoff)],
      [labels.score, profile.crs === undefined ? notKnown : en.number(profile.crs)],
      [labels.margin, margin === null ? null : en.signed(margin)],
    ]),
    formatSentences(headings.why, describeReasons(en, verdict)),
    formatSentences(headings.care, describeCautions(en, [{ draw, verdict }], idOf)),
    formatSentences(
      headings.missing,
      outcome === 'cannot-tell' && missing.length === 0 ? [en.mail.nothingToGive] : missing,
    ),
    standing(draw, profile),
  ];
}

function summary(judged: readonly Judged[], latest: true | undefined): string[] {
  const [sentences, counted] = latest
    ? [describeLatest(en, judged), judged]
    : [describeRecord(en, judged, SCREENFUL, idOf), judged.slice(0, SCREENFUL)];
  return [...sentences, ...describeNearestMiss(en, counted, idOf), JUDGED_WORDS.en.asIfThen];
}

/** What would decide what cannot be told, each once: the field, what it holds, and how to give it. */
function describeMissing(judged: readonly Judged[]): string[] {
  return missingFields(judged.flatMap(({ verdict }) => verdict.reasons)).map(
    (field) => `${field}: ${en.fields[field]} (${howToGive(field)})`,
  );
}

function idOf({ id }: Draw): string {
  return id;
}

function standing(draw: Draw, profile: Profile): string[] {
  const found = standingOf(draw, profile);
  if (found === null || profile.crs === undefined) return [];
  return formatSentences(headings.standing, standingSentences(en, found, profile.crs));
}
