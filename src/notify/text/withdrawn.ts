// verdict -> words: a draw that a reader had been told of is no longer on the official page.

import type { EventOf } from '../../event/event.ts';
import type { NoticeOf } from '../../match/notice.ts';
import { answerOf, fittingSubject } from './answer.ts';
import { heldOutcome } from './corrected.ts';
import { LANGUAGES } from './languages.ts';
import type { Message, Row, Sender } from './message.ts';
import { about, facts, officialPage, ourPage } from './sections.ts';

export function writeWithdrawn(
  { data: { draw, missingSince } }: EventOf<'draw.withdrawn'>,
  { reader, verdict }: NoticeOf<'email'>,
  sender: Sender,
): Message {
  const words = LANGUAGES[reader.locale];
  const { withdrawn, headings, labels } = words.changes;
  const answer = answerOf(words, draw, verdict, reader);
  const rows: Row[] = [[labels.told, heldOutcome(words, verdict)]];
  return {
    locale: reader.locale,
    // What was told holds no longer, and nothing takes its place.
    outcome: 'cannot-tell',
    subject: fittingSubject([withdrawn.subject(answer, answer.type.short), withdrawn.subject(answer, null)]),
    lead: withdrawn.lead(answer),
    drawLine: words.mail.drawLine(answer),
    verdict: withdrawn.verdict,
    numbers: [],
    special: withdrawn.consequence,
    sections: [
      {
        kind: 'lines',
        heading: headings.withdrawn,
        lines: [withdrawn.since(words.moment(missingSince)), withdrawn.accountDecides],
      },
      { kind: 'rows', heading: headings.told, rows },
      { ...facts(words, draw), heading: headings.asPublished },
      ...officialPage(words, draw, withdrawn.officialPage),
      ...ourPage(words, draw, sender.siteUrl),
    ],
    about: about(words, reader, sender),
  };
}
