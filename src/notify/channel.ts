// The contract of a channel: one notice in, one result out. Retrying is decided elsewhere.

import type { Event } from '../event/event.ts';
import type { Profile } from '../match/profile.ts';
import type { Verdict } from '../match/verdict.ts';

/** A person who asked to be told. */
export interface Reader {
  /** Opaque and stable: says nothing about the address. */
  id: string;
  email: string;
  locale: Locale;
  profile: Profile;
  /** When and how the reader agreed to get messages: part of each message. */
  consentAt: string;
  consentHow: ConsentHow;
}
export type Locale = 'en' | 'fr';
/** `operator`: the operator added the reader and attests to the consent. */
export type ConsentHow = 'operator';

/** A team's webhook. */
export interface Endpoint {
  id: string;
  url: string;
  kind: EndpointKind;
  /** `whsec_` and base64. */
  secret: string;
}
export type EndpointKind = 'standard';

interface NoticeBase {
  /** The same over all retries: `webhook-id`, and the left part of `Message-ID`. Letters, digits, `_` only. */
  key: string;
  event: Event;
}

/** One thing to tell one recipient over one channel. */
export type Notice =
  | (NoticeBase & { channel: 'email'; reader: Reader; verdict: Verdict })
  | (NoticeBase & { channel: 'webhook'; endpoint: Endpoint });

export type ChannelName = Notice['channel'];
export type NoticeOf<Name extends ChannelName> = Extract<Notice, { channel: Name }>;

/** `queued` is waiting for its (next) attempt, `failed` is given up. */
export type NoticeStatus = 'queued' | 'sent' | 'failed';

/** How one attempt ended. `detail` goes to logs and tables: no address, score, secret or URL in it. */
export type DeliveryResult =
  | { outcome: 'sent'; detail: string }
  /** Worth another attempt, not before `retryAfter` seconds where the recipient asked for that. */
  | { outcome: 'refused'; detail: string; retryAfter?: number }
  /** No attempt will ever succeed. */
  | { outcome: 'failed'; detail: string };

/** A way to hand notices over. Loads its libraries when it is opened, not before. */
export interface Channel<Name extends ChannelName = ChannelName> {
  name: Name;
  /** Never throws for what a recipient or a network does: that is a result. */
  send(notice: NoticeOf<Name>): Promise<DeliveryResult>;
  close(): Promise<void>;
}
