// events for the operator -> words: the mail to whoever runs the installation. English only, as the command line is.

import type { Trouble } from '../../errors.ts';
import { type EventOf, type OperatorEvent, type OperatorEventType, SERVICE } from '../../event/event.ts';
import type { HoldReason } from '../../event/quarantine.ts';
import { addressVariable } from '../../sources/site.ts';
import { en } from './en.ts';
import { asSentence } from './letters.ts';
import { faultLine, HOLD_WORDS, harmless, operatorHeadline, TROUBLES } from './operator-words.ts';

/** A plain-text mail. */
export interface OperatorMessage {
  subject: string;
  text: string;
}

/** Each a line; no line breaks in them. */
interface Parts {
  happened: string[];
  meanwhile: string[];
  canDo: string[];
}

/** Of one round; a page can hold any number of them. */
const FAULTS = 4;
const NOBODY = 'No subscriber is told.';
const DAILY = 'It tells you again each day for as long as this goes on, and once when it is over.';
const STATUS = '"drawbell status" shows when each source was last read, and what is kept apart.';
const DOCTOR =
  '"drawbell doctor" checks the configuration, the network and the source, and says how to mend what is wrong.';

/** What may mend a trouble. `setting`: the variable that says where the source is read from. */
const REMEDIES: Partial<Record<Trouble, string | ((setting: string) => string)>> = {
  unreachable: 'See whether this machine has a network: other sites fail too, or only this one.',
  'bot-wall':
    'See whether the page opens in a browser on this machine; looking less often (DRAWBELL_CADENCE) may help.',
  busy: 'Looking less often (DRAWBELL_CADENCE) may help.',
  'not-found': (setting) => `Open the official page; ${setting} names another address of its data.`,
  shape: 'Open the official page: if its draws look right there, drawbell has to learn a new form.',
  browser: 'DRAWBELL_BROWSER names the browser to use; "drawbell doctor" says how to get one.',
};
/** Troubles in which a browser is tried. */
const BROWSER: ReadonlySet<Trouble> = new Set(['not-found', 'shape', 'html', 'bot-wall', 'browser']);

/** What becomes of a round that stays as it is, where that is more than waiting. */
const OUTLOOK: Partial<Record<HoldReason, string>> = {
  vanished: 'A round that stays away for several looks is withdrawn, and whoever was told of it hears that.',
  'second-opinion':
    'A round the two documents still disagree about after an hour is believed as the first has it.',
  future: 'A round that is dated after today is believed when its day has come.',
};

const SAY: { [Type in OperatorEventType]: (data: EventOf<Type>['data']) => Parts } = {
  'source.failing': ({ source, trouble, reason, lastSuccessAt }) => ({
    happened: [
      `The source ${TROUBLES[trouble]}.`,
      `The last look ended with: ${harmless(reason)}`,
      lastSuccessAt === null
        ? 'It has never been read here.'
        : `It was last read on ${en.moment(lastSuccessAt)}.`,
    ],
    meanwhile: [
      'It goes on looking, and tells of new draws as soon as it can read them.',
      `What it knows of the draws stays as it is. ${NOBODY}`,
      ...(BROWSER.has(trouble)
        ? [
            'It looks for the draws on the official page with a browser, at most once an hour, if one is there.',
          ]
        : []),
      DAILY,
    ],
    canDo: [STATUS, DOCTOR, ...remedies(trouble, source)],
  }),
  'source.recovered': ({ from }) => ({
    happened: [
      from === 'failing'
        ? 'The source can be read again at its own address.'
        : 'The source is within its habits again.',
    ],
    meanwhile: [
      'It looks at its usual times. Draws that came out meanwhile are told as far as they are still news.',
    ],
    canDo: [`There is nothing to do. ${STATUS}`],
  }),
  'source.quiet': ({ since, last, quietDays, longestDays }) => ({
    happened: [
      `The last draw, ${harmless(last.id, 40)}, is of ${en.day(last.date)}: ${en.count(quietDays, 'day', 'days')} ago.`,
      `In the two years before it, the longest time without a draw was ${en.count(longestDays, 'day', 'days')}.`,
      `It has been so since ${en.moment(since)}. The document itself can be read: either there are no draws, or they are published elsewhere.`,
    ],
    meanwhile: ['It goes on looking at its usual times.', NOBODY, DAILY],
    canDo: ['Open the official page and see whether it lists a newer draw than this.', STATUS, DOCTOR],
  }),
  'source.quarantined': ({ count, rounds }) => ({
    happened: [
      ...rounds.map(({ id, reason, faults, since }) => {
        const shown = faults.slice(0, FAULTS).map(faultLine);
        if (faults.length > FAULTS) shown.push(`and ${faults.length - FAULTS} more`);
        const what = `${HOLD_WORDS[reason]} (${reason}), since ${en.moment(since)}`;
        return `${harmless(id, 40)}: ${[what, ...shown].join('; ')}`;
      }),
      ...(count > rounds.length ? [`And ${count - rounds.length} more.`] : []),
    ],
    meanwhile: [
      'It tells nobody of these rounds, and what it knows of them stays as it was. All other rounds go on.',
      'A round is released by itself as soon as the source gives it in a form that can be believed.',
      ...[...new Set(rounds.map(({ reason }) => reason))].flatMap((reason) => OUTLOOK[reason] ?? []),
    ],
    canDo: [
      '"drawbell quarantine list" shows all of them, "drawbell quarantine show ID" one with what is known of it.',
      '"drawbell quarantine release ID" believes a round as it is, and tells of it.',
      '"drawbell quarantine drop ID" keeps a round apart without another word, until it changes.',
    ],
  }),
  'source.moved': ({ source, from, to }) => ({
    happened: [
      `Until now: ${harmless(from)}`,
      `Now: ${harmless(to)}`,
      'A browser found it there, on the page that people read.',
    ],
    meanwhile: ['It reads the document at the new address from now on.'],
    canDo: [
      `See that the new address is the publisher’s own. ${addressVariable(harmless(source, 40))} sets one yourself.`,
      STATUS,
      DOCTOR,
    ],
  }),
  'endpoint.disabled': ({ endpoint, reason, since, detail }) => ({
    happened: [
      reason === 'gone'
        ? 'It answered 410: whoever runs it wants nothing any more.'
        : `Every attempt since ${en.moment(since)} has failed, for five days or longer.`,
      `The last attempt ended with: ${harmless(detail)}`,
    ],
    meanwhile: ['It sends nothing to this endpoint. What happens is kept for it. All others are served.'],
    canDo: [
      `"drawbell webhooks list" shows whose it is.`,
      `"drawbell webhooks replay ${harmless(endpoint, 40)} --since ${since.slice(0, 10)}" enables it again and sends what it missed.`,
      `"drawbell webhooks remove ${harmless(endpoint, 40)}" forgets it, and what was kept for it.`,
    ],
  }),
  'mail.stopped': ({ cause, reason, since, retryAt }) => ({
    happened: [
      cause === 'policy'
        ? 'The mail server refused us or the message, not a reader.'
        : 'The mail server could not be talked to.',
      `It has been so since ${en.moment(since)}. The last attempt ended with: ${harmless(reason)}`,
    ],
    meanwhile: [
      'Mail to readers waits; nothing is given up for it, and no address is struck off.',
      `It is tried again with one mail at a time, next on ${en.moment(retryAt)}, and goes on by itself when that is taken.`,
      'Webhooks go out as ever.',
    ],
    canDo: [
      DOCTOR,
      'If it is a policy, the provider of the mail server can say which: sign-in, sender address, SPF and DKIM, or too many mails (DRAWBELL_SMTP_RATE).',
      '"drawbell deliveries --status queued" shows what waits.',
    ],
  }),
  'mail.resumed': ({ since }) => ({
    happened: [`A mail was taken again. Mail had waited since ${en.moment(since)}.`],
    meanwhile: ['What waited goes out now, each notice once.'],
    canDo: ['There is nothing to do.'],
  }),
};

/** What happened, since when, what drawbell does meanwhile, and what can be done. Nothing private is in it. */
export function writeOperatorMessage(event: OperatorEvent): OperatorMessage {
  const say = SAY[event.type] as (data: OperatorEvent['data']) => Parts;
  const { happened, meanwhile, canDo } = say(event.data);
  const headline = operatorHeadline(event);
  const blocks = [
    // A source's id stays as it is written.
    event.source === SERVICE ? asSentence(headline) : `${headline}.`,
    block('What happened', happened),
    block('What drawbell does meanwhile', meanwhile),
    block('What you can do', canDo),
  ];
  return { subject: `drawbell: ${headline}`, text: `${blocks.join('\n\n')}\n` };
}

function remedies(trouble: Trouble, source: string): string[] {
  const remedy = REMEDIES[trouble];
  if (remedy === undefined) return [];
  return [typeof remedy === 'string' ? remedy : remedy(addressVariable(harmless(source, 40)))];
}

function block(heading: string, lines: readonly string[]): string {
  return [heading.toUpperCase(), ...lines.map((line) => `- ${line}`)].join('\n');
}
