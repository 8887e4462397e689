// What is implausible about what was read: of one round by itself, and of many that changed at once. Pure.

import { daysBetween, elapsed } from '../draw/calendar.ts';
import { compareNumbers, type Draw, sameFacts } from '../draw/draw.ts';
import type { Fault } from '../errors.ts';
import type { KnownDraw } from './detect.ts';
import type { HeldRound, HoldReason, SiftOptions } from './quarantine.ts';

/** A publisher mends or takes back this many rounds at once, not more. */
export const HANDFUL = 5;
/** How long two documents of one publisher may disagree before the first is believed, in milliseconds. */
const DISAGREEMENT = 3_600_000;

export interface Doubt {
  reason: HoldReason;
  fault: Fault;
}

/** Why a round is to be kept apart, before that is held against earlier looks. */
export type Finding = Pick<HeldRound, 'reason' | 'faults' | 'draw'>;

/** What is implausible about one round by itself, the gravest first: in the order of `HOLD_REASONS`. */
export function questioner(
  known: readonly KnownDraw[],
  before: ReadonlyMap<string, HeldRound>,
  draws: readonly Draw[],
  { now, baseline, habits, opinions }: SiftOptions,
): (draw: Draw) => Doubt[] {
  const today = now.slice(0, 10);
  const listed = known.filter(({ withdrawn }) => !withdrawn).map(({ draw }) => draw);
  const current = new Map(known.map((entry) => [entry.draw.id, entry.draw]));
  const byNumber = [...listed].sort((a, b) => compareNumbers(a.number, b.number));
  const newest = listed.reduce<Draw | null>((a, b) => (a === null || b.date > a.date ? b : a), null);
  const byFacts = new Map(listed.map((draw) => [factsBesidesNumber(draw), draw.id]));
  const factsNow = new Map(draws.map((draw) => [draw.id, factsBesidesNumber(draw)]));
  const said = new Map((opinions ?? []).map((opinion) => [opinion.id, opinion]));

  return (draw) => {
    const { id, date, pool } = draw;
    const stored = current.get(id);
    if (stored && sameFacts(stored, draw)) return [];
    const doubts: Doubt[] = [];
    const doubt = (reason: HoldReason, part: string, expected: string, found: string) =>
      doubts.push({ reason, fault: { where: `${id} ${part}`, expected, found } });

    if (date > today) doubt('future', 'date', `a day up to today, ${today}`, date);
    const entry = before.get(id);
    // One that was kept apart for another reason is not late by itself.
    const waited = entry !== undefined && entry.reason !== 'late';
    if (!stored && !baseline && newest && !waited && daysBetween(date, newest.date) > habits.lateDays)
      doubt('late', 'date', `a day from ${newest.date} (${newest.id}) on for a new round`, date);
    if (stored && stored.date !== date) {
      const [earlier, later] = neighbours(byNumber, draw);
      if ((earlier && date < earlier.date) || (later && date > later.date))
        doubt(
          'date-moved',
          'date',
          `a day between those of its neighbours, ${earlier?.date ?? '...'} to ${later?.date ?? today}`,
          date,
        );
    }
    if (draw.invitations !== null && draw.invitations > habits.invitations)
      doubt('size', 'invitations', `at most ${habits.invitations}`, String(draw.invitations));
    const facts = factsBesidesNumber(draw);
    const twin = stored ? undefined : byFacts.get(facts);
    if (twin !== undefined && factsNow.get(twin) !== facts)
      doubt('renumbered', 'number', 'a round of its own', `every fact of ${twin}, which has them no more`);
    if (stored && isAnother(stored, draw))
      doubt('renumbered', 'number', 'the round known by it', 'another date, size and cut-off');
    if (pool && !sameFacts(stored?.pool, pool)) {
      const sum = pool.bands.reduce((total, band) => total + band.candidates, 0);
      if (Math.abs(sum - pool.total) > habits.poolError)
        doubt('pool', 'pool', `bands that add up to ${pool.total}`, `${sum}`);
    }
    const opinion = said.get(id);
    const disagreeing = entry?.reason === 'second-opinion' ? elapsed(entry.since, now) : 0;
    if (opinion && disagreeing < DISAGREEMENT) {
      for (const field of ['date', 'invitations', 'cutoff'] as const) {
        if (opinion[field] === undefined || opinion[field] === draw[field]) continue;
        doubt(
          'second-opinion',
          field,
          `what the publisher's other document says, ${opinion[field]}`,
          String(draw[field]),
        );
      }
    }
    return doubts;
  };
}

/**
 * A name may be changed in many rounds at once; what a verdict is made from is not. Nor do so many new rounds
 * bear the date of one day.
 */
export function massChanges(
  draws: readonly Draw[],
  current: ReadonlyMap<string, KnownDraw>,
  found: ReadonlyMap<string, Finding>,
  { baseline, believed }: SiftOptions,
): [string, Finding][] {
  const believable = draws.filter(({ id }) => !found.has(id));
  const changed = believable.filter((draw) => {
    const stored = current.get(draw.id)?.draw;
    return stored && changesFigures(stored, draw);
  });
  const fresh = baseline ? [] : believable.filter(({ id }) => !current.has(id));
  const days = Map.groupBy(fresh, ({ date }) => date);
  const masses: [Draw[], string][] = [
    [changed, `at most ${HANDFUL} rounds whose figures change at once`],
    ...[...days.values()].map((day): [Draw[], string] => [day, `at most ${HANDFUL} new rounds of one day`]),
  ];
  return masses
    .filter(([mass]) => mass.length > HANDFUL)
    .flatMap(([mass, expected]) =>
      mass
        .filter(({ id }) => id !== believed)
        .map((draw): [string, Finding] => {
          const fault = { where: draw.id, expected, found: `this and ${mass.length - 1} others` };
          return [draw.id, { reason: 'mass-change', faults: [fault], draw }];
        }),
    );
}

/** The draws listed before and after a number. */
function neighbours(byNumber: readonly Draw[], { id, number }: Draw): [Draw | undefined, Draw | undefined] {
  const others = byNumber.filter((draw) => draw.id !== id);
  const after = others.findIndex((draw) => compareNumbers(draw.number, number) > 0);
  return after === -1 ? [others.at(-1), undefined] : [others[after - 1], others[after]];
}

/**
 * Whether what a verdict is made from is another. Filling in what was not known is no change; and the type is
 * our reading of the label: where that is the same, it is not the publisher who changed it.
 */
function changesFigures(stored: Draw, draw: Draw): boolean {
  if (stored.label !== draw.label && stored.type !== draw.type) return true;
  const figures = ['date', 'invitations', 'cutoff', 'issuedAt', 'tieBreakAt'] as const;
  return figures.some((field) => stored[field] !== null && stored[field] !== draw[field]);
}

/** A publisher mends one figure or the other, never all of them. */
function isAnother(stored: Draw, draw: Draw): boolean {
  return (['date', 'invitations', 'cutoff'] as const).every(
    (field) => stored[field] !== null && stored[field] !== draw[field],
  );
}

function factsBesidesNumber({ date, label, invitations, cutoff, tieBreakAt }: Draw): string {
  return JSON.stringify([date, label, invitations, cutoff, tieBreakAt]);
}
