// verdicts -> sentences: each by itself, and what many of them come to.

import type { Draw } from '../../draw/draw.ts';
import { isNearMiss, shortfall } from '../../match/preference.ts';
import type { Verdict } from '../../match/verdict.ts';
import { cautionSentence, drawTypeName, reasonSentence } from './describe.ts';
import { type DrawNamed, JUDGED_WORDS } from './judged-words.ts';
import type { Words } from './words.ts';

/** A draw and what came of it for one profile. */
export interface Judged {
  draw: Draw;
  verdict: Verdict;
}

/** What a draw is called where the sentences stand. */
export type NameOf = (draw: Draw) => string;

/** Why a verdict is what it is, a sentence each. */
export function describeReasons(words: Words, { reasons }: Verdict): string[] {
  return reasons.map((reason) => reasonSentence(words, reason));
}

/** With what care to read the verdicts, each caution once; with the draws it is about where there are several. */
export function describeCautions(words: Words, judged: readonly Judged[], nameOf: NameOf): string[] {
  const say = JUDGED_WORDS[words.locale];
  const draws = new Map<string, string[]>();
  for (const { draw, verdict } of judged) {
    for (const caution of verdict.cautions) {
      const sentence = cautionSentence(words, caution);
      draws.set(sentence, [...(draws.get(sentence) ?? []), nameOf(draw)]);
    }
  }
  return [...draws].map(([sentence, names]) => {
    if (judged.length === 1) return sentence;
    const which = names.length === judged.length ? say.aboutAll : fewOf(words, names);
    return words.mail.pair(which, sentence);
  });
}

/** How a profile would have fared: in the last so many draws, and when last. Draws newest first. */
export function describeRecord(
  words: Words,
  judged: readonly Judged[],
  last: number,
  nameOf: NameOf,
): string[] {
  const say = JUDGED_WORDS[words.locale];
  const recent = judged.slice(0, last);
  const invited = invitedIn(recent);
  const latest = invitedIn(judged)[0];
  return [
    say.record({
      invited: invited.length,
      of: recent.length,
      open: openIn(recent),
      latest: latest === undefined ? null : named(words, latest, nameOf),
      known: judged.length,
    }),
    ...(invited.length > 0 ? [say.byType(countsByType(words, invited))] : []),
  ];
}

/** How it would have fared in the latest draw of each type. */
export function describeLatest(words: Words, judged: readonly Judged[]): string[] {
  const invited = invitedIn(judged);
  const types = invited.map((draw) => drawTypeName(words, draw).name);
  return [
    JUDGED_WORDS[words.locale].latest({
      invited: invited.length,
      of: judged.length,
      open: openIn(judged),
      types,
    }),
  ];
}

/** The draw that only few points, or the tie-break, were missing for; nothing when the newest one invited. */
export function describeNearestMiss(words: Words, judged: readonly Judged[], nameOf: NameOf): string[] {
  const [nearest] = nearMisses(judged);
  if (!nearest) return [];
  const miss = named(words, nearest.draw, nameOf);
  return [JUDGED_WORDS[words.locale].nearestMiss(miss, shortfall(nearest.verdict))];
}

/** Who was farther below the cut-off than so many points did not miss it narrowly. */
const NEAR = 50;

/** Draws that only few points, or the tie-break, were missing for, the nearest first; none when the newest one invited. */
export function nearMisses(judged: readonly Judged[]): Judged[] {
  if (judged[0]?.verdict.outcome === 'invited') return [];
  const misses = judged.filter(({ verdict }) => isNearMiss(verdict) && shortfall(verdict) <= NEAR);
  return misses.sort((a, b) => shortfall(a.verdict) - shortfall(b.verdict));
}

function named(words: Words, draw: Draw, nameOf: NameOf): DrawNamed {
  return { draw: nameOf(draw), type: drawTypeName(words, draw).name, day: words.day(draw.date) };
}

function invitedIn(judged: readonly Judged[]): Draw[] {
  return judged.filter(({ verdict }) => verdict.outcome === 'invited').map(({ draw }) => draw);
}

function openIn(judged: readonly Judged[]): number {
  return judged.filter(({ verdict }) => verdict.outcome === 'cannot-tell').length;
}

/** The most frequent first. */
function countsByType(words: Words, draws: readonly Draw[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const draw of draws) {
    const { name } = drawTypeName(words, draw);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** How many draws are named before the others are only counted. */
const NAMED = 3;

function fewOf(words: Words, names: readonly string[]): string {
  const others = names.length - NAMED;
  const say = JUDGED_WORDS[words.locale];
  return others <= 1 ? say.about(names, 0) : say.about(names.slice(0, NAMED), others);
}
