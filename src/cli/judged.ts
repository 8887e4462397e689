// Verdicts in sentences, for a terminal: one by one, and what many of them come to.

import type { Draw } from '../draw/draw.ts';
import { isNearMiss, shortfall } from '../match/preference.ts';
import { type MissingField, missingFields } from '../match/reason.ts';
import type { Verdict } from '../match/verdict.ts';
import { cautionSentence, drawTypeName, reasonSentence } from '../notify/text/describe.ts';
import { en } from '../notify/text/en.ts';

/** A draw and what came of it for one profile. */
export interface Judged {
  draw: Draw;
  verdict: Verdict;
}

/** Why a verdict is what it is, a sentence each. */
export function describeReasons({ reasons }: Verdict): string[] {
  return reasons.map((reason) => reasonSentence(en, reason));
}

/** What would decide what cannot be told, each once: the field, what it holds, and how to give it. */
export function describeMissing(
  judged: readonly Judged[],
  howToGive: (field: MissingField) => string,
): string[] {
  return missingFields(judged.flatMap(({ verdict }) => verdict.reasons)).map(
    (field) => `${field}: ${en.fields[field]} (${howToGive(field)})`,
  );
}

/** With what care to read the verdicts, each caution once; with the draws it is about where there are several. */
export function describeCautions(judged: readonly Judged[]): string[] {
  const draws = new Map<string, string[]>();
  for (const { draw, verdict } of judged) {
    for (const caution of verdict.cautions) {
      const sentence = cautionSentence(en, caution);
      draws.set(sentence, [...(draws.get(sentence) ?? []), draw.id]);
    }
  }
  return [...draws].map(([sentence, ids]) => {
    if (judged.length === 1) return sentence;
    return `${ids.length === judged.length ? 'All of these draws' : fewOf(ids)}: ${sentence}`;
  });
}

/** How a profile would have fared: in the last so many draws, and when last. Draws newest first. */
export function describeRecord(judged: readonly Judged[], last: number): string[] {
  const recent = judged.slice(0, last);
  const invited = invitedIn(recent);
  const latest = invitedIn(judged)[0];
  const end = latest
    ? `; last on ${en.day(latest.date)}, ${latest.id}, ${drawTypeName(en, latest).name}.`
    : `, nor in any of the ${judged.length} known.`;
  return [
    `Would have been invited in ${invited.length} of the last ${recent.length} draws${openIn(recent)}${end}`,
    ...(invited.length > 0 ? [`By type: ${countsByType(invited)}.`] : []),
    ...nearestMiss(recent),
  ];
}

/** How it would have fared in the latest draw of each type. */
export function describeLatest(judged: readonly Judged[]): string[] {
  const invited = invitedIn(judged);
  const types = invited.map((draw) => drawTypeName(en, draw).name);
  return [
    `Would have been invited in the latest draw of ${invited.length} of ${judged.length} types${openIn(judged)}${
      types.length > 0 ? `: ${en.list(types)}` : ''
    }.`,
    ...nearestMiss(judged),
  ];
}

function invitedIn(judged: readonly Judged[]): Draw[] {
  return judged.filter(({ verdict }) => verdict.outcome === 'invited').map(({ draw }) => draw);
}

function openIn(judged: readonly Judged[]): string {
  const open = judged.filter(({ verdict }) => verdict.outcome === 'cannot-tell').length;
  return open > 0 ? ` (${open} more cannot be told)` : '';
}

/** `Canadian Experience Class 2, General 1`, the most frequent first. */
function countsByType(draws: readonly Draw[]): string {
  const counts = new Map<string, number>();
  for (const draw of draws) {
    const { name } = drawTypeName(en, draw);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

/** Who was farther below the cut-off than so many points did not miss it narrowly. */
const NEAR = 50;

/** The draw that only few points, or the tie-break, were missing for; nothing when the newest one invited. */
function nearestMiss(judged: readonly Judged[]): string[] {
  if (judged[0]?.verdict.outcome === 'invited') return [];
  const misses = judged.filter(({ verdict }) => isNearMiss(verdict) && shortfall(verdict) <= NEAR);
  const [nearest] = misses.sort((a, b) => shortfall(a.verdict) - shortfall(b.verdict));
  if (!nearest) return [];
  const { draw, verdict } = nearest;
  const points = shortfall(verdict);
  const short =
    points === 0 ? 'at the cut-off, but after the tie-break' : `${en.count(points, 'point', 'points')} short`;
  return [`Nearest miss: ${draw.id}, ${short} (${drawTypeName(en, draw).name}, ${en.day(draw.date)}).`];
}

/** How many draws are named before the others are only counted. */
const NAMED = 3;

function fewOf(ids: readonly string[]): string {
  const others = ids.length - NAMED;
  return en.list(others <= 1 ? ids : [...ids.slice(0, NAMED), en.count(others, 'other draw', 'other draws')]);
}
