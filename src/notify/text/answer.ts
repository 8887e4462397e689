// verdict -> words: the answer itself, as subject and first line say it.

import type { Draw } from '../../draw/draw.ts';
import { cut } from '../../errors.ts';
import type { Reader } from '../../match/notice.ts';
import type { Verdict } from '../../match/verdict.ts';
import { drawNumber, drawTypeName } from './describe.ts';
import type { Row } from './message.ts';
import type { Answer, Words } from './words.ts';

/** A subject longer than this is cut off by mail programs. */
const SUBJECT = 145;

export function answerOf(words: Words, draw: Draw, verdict: Verdict, { profile }: Reader): Answer {
  return {
    number: drawNumber(draw),
    type: drawTypeName(words, draw),
    day: words.day(draw.date),
    cutoff: draw.cutoff === null ? null : words.number(draw.cutoff),
    score: profile.crs === undefined ? null : words.number(profile.crs),
    margin: verdict.margin === null ? null : words.signed(verdict.margin),
  };
}

/** The three numbers the answer rests on. */
export function numbersOf(words: Words, { cutoff, score, margin }: Answer): Row[] {
  const { labels, notKnown, notPublished } = words.mail;
  return [
    [labels.cutoff, cutoff ?? notPublished],
    [labels.score, score ?? notKnown],
    [labels.margin, margin ?? notKnown],
  ];
}

/** The first of these that mail programs show whole; the last is cut if it must be. */
export function fittingSubject(candidates: readonly string[]): string {
  return (
    candidates.find((subject) => [...subject].length <= SUBJECT) ?? cut(candidates.at(-1) ?? '', SUBJECT)
  );
}
