// Notices: one thing to tell one recipient over one channel, and what becomes of it.

import type { Event } from '../event/event.ts';
import type { Profile } from './profile.ts';
import type { Verdict } from './verdict.ts';

export type Locale = 'en' | 'fr';
/**
 * `operator`: the operator added the reader and attests to the consent; `list`: the same, in a list that is read anew each
 * time, so that since when is not known; `sign-up`: the reader did, and confirmed it.
 */
export const CONSENT_HOWS = ['operator', 'list', 'sign-up'] as const;
export type ConsentHow = (typeof CONSENT_HOWS)[number];

/**
 * A mail to one person that no event is behind. `confirm`: to confirm a sign-up; `manage`: the link to one's own page,
 * asked for, or because an address that is subscribed already was signed up again; `renew-score`: the score is old.
 */
export const LETTER_KINDS = ['confirm', 'manage', 'renew-score'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** How long somebody who signed up has to confirm it, in days: then they are forgotten, and the link works no longer. */
export const CONFIRM_DAYS = 7;

/** A person who asked to be told. */
export interface Reader {
  /** Opaque and stable: says nothing about the address. */
  id: string;
  email: string;
  locale: Locale;
  /** The one the verdict was made from. */
  profile: Profile;
  /** When and how the reader agreed to get messages: part of each message. */
  consentAt: string;
  consentHow: ConsentHow;
}

/** The form of the messages an endpoint gets: Standard Webhooks, or a service's own. */
export const ENDPOINT_KINDS = ['standard', 'slack', 'discord', 'teams', 'ntfy'] as const;
export type EndpointKind = (typeof ENDPOINT_KINDS)[number];

/** A team's webhook. */
export interface Endpoint {
  /** `ep_...`: what an operator names an endpoint by. */
  id: string;
  url: string;
  kind: EndpointKind;
  /** Of what is written for people to read. */
  locale: Locale;
  /** `whsec_` and base64: the present one, and the one before it while it is still valid. Each signs. */
  secrets: readonly string[];
}

interface NoticeBase {
  /** The same over all retries: `webhook-id`, and the left part of `Message-ID`. Letters, digits, `_` only. */
  key: string;
}
interface EventNotice extends NoticeBase {
  event: Event;
}

export type Notice =
  | (EventNotice & {
      channel: 'email';
      reader: Reader;
      /** By the draw as it is now; for one that was withdrawn, what the reader had been told. */
      verdict: Verdict;
      /** By the draw as it was before a correction; `null` for every other event. */
      verdictBefore: Verdict | null;
      /** It is no news: sent to show that messages arrive. Of a published draw only. */
      rehearsal?: true;
    })
  /** To whoever runs the installation. Where that is stands in the configuration only, never in the database. */
  | (EventNotice & { channel: 'operator' })
  | (EventNotice & { channel: 'webhook'; endpoint: Endpoint })
  /** `askedAt`: when it was queued, RFC 3339. */
  | (NoticeBase & { channel: 'letter'; letter: LetterKind; reader: Reader; askedAt: string });

export type ChannelName = Notice['channel'];
export const CHANNELS = Object.keys({
  email: true,
  letter: true,
  operator: true,
  webhook: true,
} satisfies Record<ChannelName, true>) as ChannelName[];

/** Something of each channel. */
export function byChannel<Value>(of: (channel: ChannelName) => Value): Record<ChannelName, Value> {
  return Object.fromEntries(CHANNELS.map((channel) => [channel, of(channel)])) as Record<ChannelName, Value>;
}

export type NoticeOf<Name extends ChannelName> = Extract<Notice, { channel: Name }>;

/** A notice that this process has claimed and must hand over before its lease ends. */
export type DueNotice = Notice & {
  /** Its row in the outbox. */
  row: number;
  /** 1 for the first. */
  attempt: number;
  /** How many earlier attempts were cut off when the message may have been taken already. */
  ambiguous: number;
};

/**
 * `queued` is waiting for its (next) attempt; `held` waits for its endpoint to be enabled and replayed; `failed` is
 * given up; `dropped` was taken back by the operator, or its reader gets nothing any more.
 */
export const NOTICE_STATUSES = ['queued', 'held', 'sent', 'failed', 'dropped'] as const;
export type NoticeStatus = (typeof NOTICE_STATUSES)[number];

/** One attempt to hand over a notice, as it is recorded: no address, score, secret or URL in `detail`. */
export interface Delivery {
  /** RFC 3339. */
  at: string;
  milliseconds: number;
  /**
   * `refused` is worth another attempt; after `failed` none would ever succeed; `ambiguous`: cut off when the
   * message may have been taken already; `stopped`: nothing can be handed over by this channel, whoever it is for.
   */
  outcome: 'sent' | 'refused' | 'failed' | 'ambiguous' | 'stopped';
  detail: string;
  /** The HTTP or SMTP status answered; `null` where there was none. */
  status: number | null;
  /** The beginning of an endpoint's answer, at most 1 KB of it as it came; `null` where there is none to show. */
  answer: string | null;
}

/**
 * What an attempt that did not succeed says beyond its own notice. `busy`: an endpoint wants to be left alone for a
 * while; `gone`: it never wants anything again; `address`: no mail can reach this reader; `policy`: the mail server
 * refuses us, not the reader; `unreachable`: the mail server cannot be talked to.
 */
export type Cause = 'busy' | 'gone' | 'address' | 'policy' | 'unreachable';

/** What follows from an attempt: settled for good, or due again. */
export interface Settlement {
  status: Extract<NoticeStatus, 'queued' | 'sent' | 'failed'>;
  /** When to try again, RFC 3339; only for `queued`. `null` there: as soon as its channel can be used again. */
  dueAt: string | null;
  cause: Cause | null;
  delivery: Delivery;
}

/** A notice that was handed over, or tried to be, and how that ended. */
export interface Ended<Notice extends DueNotice = DueNotice> {
  notice: Notice;
  settlement: Settlement;
}
