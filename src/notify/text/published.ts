// verdict -> words: what a published draw means for one reader.

import type { EventOf } from '../../event/event.ts';
import type { NoticeOf } from '../../match/notice.ts';
import { answerOf, fittingSubject, numbersOf } from './answer.ts';
import { byImportance, specialWords } from './describe.ts';
import { LANGUAGES } from './languages.ts';
import type { Message, Sender } from './message.ts';
import { about, care, facts, missing, officialPage, special, standing, why } from './sections.ts';

export function writePublished(
  { data: { draw, special: found } }: EventOf<'draw.published'>,
  { reader, verdict }: NoticeOf<'email'>,
  sender: Sender,
): Message {
  const words = LANGUAGES[reader.locale];
  const specials = byImportance(found);
  const [first] = specials;
  const headline = first ? specialWords(words, first, draw) : null;
  const answer = answerOf(words, draw, verdict, reader);
  const outcome = words.outcomes[verdict.outcome];
  const subject = words.mail.subject(outcome, answer, answer.type.short);
  return {
    locale: reader.locale,
    outcome: verdict.outcome,
    subject: fittingSubject([headline ? `${subject}, ${headline.brief}` : subject, subject]),
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
    ],
    about: about(words, reader, sender),
  };
}
