// verdict -> words: what a correction of a draw means for one reader, whose verdict it changes.

import type { EventOf } from '../../event/event.ts';
import type { NoticeOf } from '../../match/notice.ts';
import type { Outcome, Verdict } from '../../match/verdict.ts';
import { answerOf, fittingSubject, numbersOf } from './answer.ts';
import { changedFacts } from './changes.ts';
import { LANGUAGES } from './languages.ts';
import { uncapitalized } from './letters.ts';
import type { Message, Row, Sender } from './message.ts';
import { about, care, facts, missing, officialPage, ourPage, standing, why } from './sections.ts';
import type { Words } from './words.ts';

/** How many changes the first line names; all of them stand below. */
const NAMED = 2;

/** `null` where nothing changes for the reader: nobody is bothered with that. */
export function writeCorrected(
  { data: { draw, changes } }: EventOf<'draw.corrected'>,
  { reader, verdict, verdictBefore }: NoticeOf<'email'>,
  sender: Sender,
): Message | null {
  if (verdictBefore === null || verdictBefore.outcome === verdict.outcome) return null;
  const words = LANGUAGES[reader.locale];
  const said = changedFacts(words, draw, changes);
  const outcome = correctedOutcome(words, verdictBefore.outcome, verdict.outcome);
  const answer = answerOf(words, draw, verdict, reader);
  const { headings, labels, inBrief } = words.changes;
  const brief = inBrief(
    said.slice(0, NAMED).map(([name, value]) => words.mail.pair(uncapitalized(name), value)),
  );
  return {
    locale: reader.locale,
    outcome: verdict.outcome,
    subject: fittingSubject([
      words.mail.subject(outcome, answer, answer.type.short),
      words.mail.subject(outcome, answer, null),
    ]),
    lead: `${words.mail.lead(outcome, answer, null)} ${brief}`,
    drawLine: words.mail.drawLine(answer),
    verdict: outcome,
    numbers: numbersOf(words, answer),
    special: brief,
    sections: [
      { kind: 'rows', heading: headings.changed, rows: said },
      {
        kind: 'rows',
        heading: headings.forYou,
        rows: [
          [labels.before, heldOutcome(words, verdictBefore)],
          [labels.now, heldOutcome(words, verdict)],
        ] satisfies Row[],
      },
      why(words, verdict, reader),
      ...care(words, verdict),
      ...missing(words, verdict, sender),
      ...standing(words, draw, reader),
      facts(words, draw),
      ...officialPage(words, draw),
      ...ourPage(words, draw, sender.siteUrl),
    ],
    about: about(words, reader, sender),
  };
}

function correctedOutcome(words: Words, before: Outcome, after: Outcome): string {
  // Only outcomes that differ come here, which the compiler cannot follow through the look-up.
  return (words.changes.corrected[before] as Record<Outcome, string>)[after];
}

/** `You would have been invited (+8)`. */
export function heldOutcome(words: Words, { outcome, margin }: Verdict): string {
  const distance = margin === null ? '' : ` (${words.signed(margin)})`;
  return `${words.outcomes[outcome]}${distance}`;
}
