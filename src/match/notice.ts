// Notices: one thing to tell one recipient over one channel, and what becomes of it.

import type { Event } from '../event/event.ts';
import type { Profile } from './profile.ts';
import type { Verdict } from './verdict.ts';

export type Locale = 'en' | 'fr';
/** `operator`: the operator added the reader and attests to the consent. */
export type ConsentHow = 'operator';

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

/** The form of the messages an endpoint gets. */
export type EndpointKind = 'standard';

/** A team's webhook. */
export interface Endpoint {
  /** `ep_...`: what an operator names an endpoint by. */
  id: string;
  url: string;
  kind: EndpointKind;
  /** `whsec_` and base64. */
  secret: string;
}

interface NoticeBase {
  /** The same over all retries: `webhook-id`, and the left part of `Message-ID`. Letters, digits, `_` only. */
  key: string;
  event: Event;
}

export type Notice =
  | (NoticeBase & {
      channel: 'email';
      reader: Reader;
      /** By the draw as it is now; for one that was withdrawn, what the reader had been told. */
      verdict: Verdict;
      /** By the draw as it was before a correction; `null` for every other event. */
      verdictBefore: Verdict | null;
    })
  /** To whoever runs the installation. Where that is stands in the configuration only, never in the database. */
  | (NoticeBase & { channel: 'operator' })
  | (NoticeBase & { channel: 'webhook'; endpoint: Endpoint });

export type ChannelName = Notice['channel'];
export type NoticeOf<Name extends ChannelName> = Extract<Notice, { channel: Name }>;

/** A notice that this process has claimed and must hand over before its lease ends. */
export type DueNotice = Notice & {
  /** Its row in the outbox. */
  row: number;
  /** 1 for the first. */
  attempt: number;
};

/** `queued` is waiting for its (next) attempt, `failed` is given up. */
export type NoticeStatus = 'queued' | 'sent' | 'failed';

/** One attempt to hand over a notice, as it is recorded: no address, score, secret or URL in `detail`. */
export interface Delivery {
  /** RFC 3339. */
  at: string;
  milliseconds: number;
  /** `refused` is worth another attempt; after `failed` none would ever succeed. */
  outcome: 'sent' | 'refused' | 'failed';
  detail: string;
}

/** What follows from an attempt: settled for good, or due again. */
export interface Settlement {
  status: NoticeStatus;
  /** When to try again, RFC 3339; only for `queued`. */
  dueAt: string | null;
  delivery: Delivery;
}
