// verdict -> words: what a published draw means for one reader.

import type { EventOf } from '../../event/event.ts';
import type { NoticeOf } from '../../match/notice.ts';
import { answerOf, fittingSubject, numbersOf } from './answer.ts';
import { byImportance, specialWords } from './describe.ts';
import { LANGUAGES } from './languages.ts';
import type { Message, Sender } from './message.ts';
import { about, care, facts, missing, officialPage, ourPage, special, standing, why } from './sections.ts';
import type { Words } from './words.ts';

export function writePublished(
  { data: { draw, special: found } }: EventOf<'draw.published'>,
  { reader, verdict, rehearsal }: NoticeOf<'email'>,
  sender: Sender,
): Message {
  const words = LANGUAGES[reader.locale];
  const specials = byImportance(found);
  const [first] = specials;
  const headline = first ? specialWords(words, first, draw) : null;
  const answer = answerOf(words, draw, verdict, reader);
  const outcome = words.outcomes[verdict.outcome];
  const subject = words.mail.subject(outcome, answer, answer.type.short);
  const subjects = [headline ? `${subject}, ${headline.brief}` : subject, subject];
  const message: Message = {
    locale: reader.locale,
    outcome: verdict.outcome,
    subject: fittingSubject(subjects),
    lead: words.mail.lead(outcome, answer, headline?.what ?? null),
    drawLine: words.mail.drawLine(answer),
    verdict: outcome,
    numbers: numbersOf(words, answer),
    special: headline?.what ?? null,
    sections: [
      why(words, verdict, reader),
      ...care(words, verdict),
      ...missing(words, verdict, sender),
      ...standing(words, draw, reader),
      ...special(words, specials, draw),
      facts(words, draw),
      ...officialPage(words, draw),
      ...ourPage(words, draw, sender.siteUrl),
    ],
    about: about(words, reader, sender),
  };
  if (rehearsal === undefined) return message;
  return rehearsed(words, message, [...subjects, words.mail.subject(outcome, answer, null)]);
}

/** The same message, so marked that nobody takes it for news. `subjects`: the first that fits is used. */
function rehearsed(words: Words, message: Message, subjects: readonly string[]): Message {
  const { marked, lead, heading, lines } = words.mail.rehearsal;
  return {
    ...message,
    subject: fittingSubject(subjects.map(marked)),
    lead: `${lead} ${message.lead}`,
    // What is seen first, and largest.
    verdict: marked(message.verdict),
    sections: [{ kind: 'lines', heading, lines: [...lines] }, ...message.sections],
  };
}
