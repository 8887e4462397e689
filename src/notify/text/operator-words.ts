// events for the operator -> words, for whoever runs the installation. English only, as the command line is.

import { cut, type Fault, formatFault, printable, type Trouble } from '../../errors.ts';
import type { EventOf, OperatorEvent, OperatorEventType } from '../../event/event.ts';
import type { HoldReason } from '../../event/quarantine.ts';
import { en } from './en.ts';

/** Longest part of a text from elsewhere that is shown, in characters. */
const LONGEST = 300;

/** What is wrong with a source, as the rest of "The source ...". */
export const TROUBLES: Record<Trouble, string> = {
  unreachable: 'cannot be reached',
  silent: 'takes connections and then says nothing',
  refused: 'refuses to answer, or answers with an error',
  busy: 'asks to be left alone for a while',
  'not-found': 'no longer has the document where it was',
  'bot-wall': 'takes drawbell for a robot it does not want',
  maintenance: 'shows a maintenance page',
  html: 'shows some other page in the place of its data',
  broken: 'gives data that is cut off or broken',
  shape: 'gives data of another form than ever',
  empty: 'gives an empty list',
  shrunken: 'gives a list from which too many known rounds are gone',
  implausible: 'gives a list most of which cannot be believed',
  browser: 'could not be read in a browser either',
};

/** Why a round is kept apart. */
export const HOLD_WORDS: Record<HoldReason, string> = {
  unreadable: 'part of it cannot be read, or its number stands there twice',
  future: 'it is dated after today',
  late: 'it is new, and dated before what is known already',
  'date-moved': 'its date moved past those of its neighbours',
  size: 'it has more invitations than were ever sent at once',
  renumbered: 'it has the facts of another round',
  pool: 'the bands of its pool do not add up',
  'mass-change': 'it is one of too many rounds that changed at once, or are new on one day',
  vanished: 'it is known, and no longer listed',
  'second-opinion': 'two documents of the publisher disagree about it',
};

type Headline = { [Type in OperatorEventType]: (data: EventOf<Type>['data'], source: string) => string };

const HEADLINES: Headline = {
  'source.failing': ({ since, failures, telling }, source) =>
    `${source} ${telling > 1 ? 'is still failing' : 'has been failing'} since ${en.moment(since)} (${failures} in a row)`,
  'source.recovered': ({ from, since }, source) =>
    from === 'failing'
      ? `${source} works again, after failing since ${en.moment(since)}`
      : `${source} is no longer quiet, as it had been since ${en.moment(since)}`,
  'source.quiet': ({ quietDays, longestDays }, source) =>
    `${source} has had no new draw for ${days(quietDays)} (longest in the two years before: ${days(longestDays)})`,
  'source.quarantined': ({ count, rounds }, source) => {
    const [first, ...others] = rounds.slice(0, 3).map(({ id }) => harmless(id, 40));
    const named = first === undefined ? '' : `: ${[first, ...others].join(', ')}${count > 3 ? ', ...' : ''}`;
    return `${source} has ${en.count(count, 'round', 'rounds')} kept apart and announced to nobody${named}`;
  },
  'source.moved': (_, source) => `${source} has its document at another address now`,
  'endpoint.disabled': ({ endpoint, reason, since }) =>
    reason === 'gone'
      ? `endpoint ${harmless(endpoint, 40)} answered that it is gone, and is disabled`
      : `endpoint ${harmless(endpoint, 40)} has been failing since ${en.moment(since)}, and is disabled`,
  'mail.stopped': ({ cause, since }) =>
    cause === 'policy'
      ? `the mail server has refused our mail since ${en.moment(since)}`
      : `the mail server has been out of reach since ${en.moment(since)}`,
  'mail.resumed': ({ since }) => `mail goes out again, after waiting since ${en.moment(since)}`,
};

/** What happened, without a full stop: `ircc has been failing since ... (3 in a row)`. */
export function operatorHeadline(event: OperatorEvent): string {
  const say = HEADLINES[event.type] as (data: OperatorEvent['data'], source: string) => string;
  return say(event.data, harmless(event.source, 40));
}

/** Text from a page or a server on one line, without marks that turn the writing around, of a sensible length. */
export function harmless(text: string, limit = LONGEST): string {
  return cut(printable(text), limit);
}

/** One thing wrong with a round, made harmless. */
export function faultLine(fault: Fault): string {
  const shown = (text: string) => harmless(text, 100);
  const { where, expected, found } = fault;
  return formatFault({ where: shown(where), expected: shown(expected), found: shown(found) });
}

function days(count: number): string {
  return en.count(count, 'day', 'days');
}
