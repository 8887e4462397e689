// What the page about feeds and the API says, in English.

import { formatsFor } from '../../notify/text/format.ts';
import type { ApiWords } from './api-words.ts';

const { number } = formatsFor('en');

export const enApi: ApiWords = {
  title: 'Feeds and API',
  description:
    'Express Entry draws for feed readers, calendars and programs: Atom, RSS, JSON Feed, iCalendar and JSON.',
  contents: 'On this page',
  feeds: {
    heading: 'Feeds and calendars',
    text: 'A feed reader shows each new draw of a feed; Atom, RSS and JSON Feed hold the newest 50. A calendar program that subscribes to an iCalendar file shows every draw on its day. A draw that is corrected keeps its entry and gets a new date of update.',
    all: 'All draws',
    noDraw: 'none yet',
  },
  reading: {
    heading: 'For programs',
    served: [
      'Reading needs no key, and pages of any other site may read here too. Answers are JSON in UTF-8. What is not known is `null`, never 0 or an empty text. Days are YYYY-MM-DD, instants RFC 3339 in UTC.',
      'An answer may be kept for a minute. Each carries an ETag: ask again with `If-None-Match`, and the answer is 304, without a body, unless something has changed. A draw is on these pages within seconds of being noticed, so asking once a minute is enough; webhooks are sooner.',
      'An error is JSON too: `error.message` says what is wrong, `error.faults` holds each fault with `where`, `expected` and `found`. An unknown parameter is refused with 422, and so is a value that a parameter does not take.',
    ],
    static: [
      'These are files in JSON, written whenever the site is. What is not known is `null`, never 0 or an empty text. Days are YYYY-MM-DD, instants RFC 3339 in UTC.',
    ],
    placeholder: (code) => `In the examples \`${code}\` stands for the address of this site.`,
    document: 'The same as an OpenAPI 3.1 document',
  },
  groups: {
    draws: { heading: 'Draws', text: null },
    check: { heading: 'Checking a profile', text: null },
    endpoints: {
      heading: 'Webhooks of a team',
      text: 'With a key, a team sees to its webhooks by itself. The operator makes keys with `drawbell keys add`. The answers are for one team, so pages of other sites cannot read them.',
    },
  },
  summaries: {},
  operation: {
    parameters: 'Parameters',
    required: 'in the path',
    key: 'Needs a key.',
    body: 'Body',
    example: 'Example',
    answers: 'Answers',
    exampleAnswer: 'Example of an answer',
  },
  values: {
    day: 'a day, YYYY-MM-DD',
    instant: 'an instant, RFC 3339',
    text: 'text',
    list: 'a list',
    flag: 'true or false',
    from: (least) => `a whole number from ${number(least)}`,
    range: (least, most) => `a whole number from ${number(least)} to ${number(most)}`,
  },
  webhooks: {
    heading: 'What webhooks are sent',
    text: 'An endpoint is posted the body `{ "type", "timestamp", "data" }` as JSON, signed as Standard Webhooks has it, for each of these events that it wants. The OpenAPI document holds the schema of every body.',
    caption: 'Events',
    event: 'Event',
    when: 'When',
  },
  note: null,
};
