// The tables as TypeScript sees them. The truth is in migrations.ts; a test holds the two together.

import type { Generated, Kysely, Transaction } from 'kysely';
import type { Trouble } from '../errors.ts';
import type { HeldRound, HoldReason } from '../event/quarantine.ts';
import type {
  ChannelName,
  ConsentHow,
  Delivery,
  EndpointKind,
  LetterKind,
  Locale,
  NoticeStatus,
} from '../match/notice.ts';

/** `operator`: by hand. */
export const DISABLED_WHYS = ['gone', 'failing', 'operator', 'team'] as const;
export type DisabledWhy = (typeof DISABLED_WHYS)[number];
/** `bounced`: their mail server refused the address for good; `operator`: by hand. */
export const SUPPRESSION_REASONS = ['unsubscribed', 'bounced', 'complained', 'operator'] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

/**
 * `pending`: signed up, and has not confirmed yet; `paused`: wants nothing for a while; `suppressed`: gets nothing,
 * whatever is asked for.
 */
export type SubscriberStatus = 'pending' | 'active' | 'paused' | 'suppressed';

/** Instants are RFC 3339 in UTC, JSON is text, yes and no are 1 and 0. */
export interface Schema {
  documents: {
    id: Generated<number>;
    source: string;
    url: string;
    status: number;
    /** JSON: the headers that matter. */
    headers: string;
    /** SHA-256 of the bytes before compression, in hex. */
    hash: string;
    /** gzip. */
    body: Uint8Array;
    fetched_at: string;
  };
  /** One row a source: what the last look was answered with, so that the next can be conditional. */
  looks: {
    source: string;
    url: string;
    etag: string | null;
    last_modified: string | null;
    hash: string;
    looked_at: string;
    changed_at: string;
  };
  draws: DrawColumns & {
    /** 1 until its publisher changes it. */
    revision: number;
    document_id: number;
    first_seen_at: string;
    changed_at: string | null;
    /** When its publisher took it back. */
    withdrawn_at: string | null;
  };
  /** The states a draw had before its present one. */
  draw_revisions: {
    draw_id: string;
    revision: number;
    /** JSON: the whole draw. */
    draw: string;
    document_id: number;
    replaced_at: string;
  };
  /** Rounds of a source's newest document that are kept apart. */
  quarantine: {
    id: string;
    source: string;
    reason: HoldReason;
    /** JSON: list of faults. */
    faults: string;
    /** JSON: the draw as it was read; `null` where it could not be, or is not there. */
    draw: string | null;
    document_id: number;
    since: string;
    /** Looks in a row at which it was so. */
    looks: number;
    status: HeldRound['status'];
  };
  events: {
    /** In the order of detection. */
    seq: Generated<number>;
    id: string;
    type: string;
    source: string;
    /** `null` for what is about a source. */
    draw_id: string | null;
    at: string;
    told: number;
    /** JSON: the event's data, as it is sent. */
    data: string;
  };
  subscribers: {
    id: Generated<number>;
    /** Opaque name to the outside. */
    key: string;
    email: string;
    /** The address in lower case: one address, one subscriber. */
    address: string;
    locale: Locale;
    crs: number | null;
    /** JSON: the profile. */
    profile: string;
    /** JSON: list of notices wanted. */
    notify: string;
    status: SubscriberStatus;
    /** When they agreed; while `pending`, when they asked. */
    consent_at: string;
    consent_how: ConsentHow;
    /** What was agreed to, in the words it was asked in, and which version of those that was; `null`: no page's. */
    consent_words: Generated<string>;
    consent_version: string | null;
    /** When they were last asked for a newer score. */
    reminded_at: string | null;
    /** When they last asked for messages on a page; `null`: they did not. */
    asked_at: string | null;
    /** Since when they want a pause, whether or not they are suppressed meanwhile. */
    paused_at: string | null;
    created_at: string;
    changed_at: string;
  };
  endpoints: {
    id: Generated<number>;
    key: string;
    url: string;
    kind: EndpointKind;
    secret: string;
    /** JSON: list of event types; `null` for all. */
    events: string | null;
    created_at: string;
    /** JSON: lists of source ids and of draw types; `null` for all. */
    sources: string | null;
    draw_types: string | null;
    /** Of what is written for people. */
    locale: Generated<Locale>;
    /** The secret before the present one, and until when it still signs. */
    previous_secret: string | null;
    previous_until: string | null;
    /** The first failed attempt since the last success. */
    failing_since: string | null;
    /** Until when it is to be left alone. */
    resume_at: string | null;
    disabled_at: string | null;
    disabled_why: DisabledWhy | null;
    /** Whose keys may manage it beside the operator; `null`: nobody's. */
    team: string | null;
  };
  outbox: {
    id: Generated<number>;
    /** One of the two. */
    event_id: string | null;
    letter: LetterKind | null;
    channel: ChannelName;
    subscriber_id: number | null;
    endpoint_id: number | null;
    /** 1 for the operator, whose address is in the configuration only. */
    operator: 1 | null;
    /** JSON: the verdict, for a person; without its reasons once settled. */
    verdict: string | null;
    /** JSON: the verdict before a correction. */
    verdict_before: string | null;
    /** JSON: the profile it was made from, which its reader may change meanwhile; gone once settled. */
    profile: string | null;
    status: NoticeStatus;
    attempts: Generated<number>;
    /** Attempts that were cut off when the message may have been taken already. */
    ambiguous: Generated<number>;
    due_at: string;
    /** While in the future, a process is handing the notice over. */
    lease_until: string | null;
    created_at: string;
    settled_at: string | null;
    /** The id its message carried where it was first told; `null`: here. */
    message_id: string | null;
  };
  deliveries: {
    id: Generated<number>;
    notice_id: number;
    attempt: number;
    at: string;
    milliseconds: number;
    outcome: Delivery['outcome'];
    detail: string;
    /** HTTP or SMTP. */
    status: number | null;
    answer: string | null;
  };
  /** Addresses that get nothing: by a keyed hash, so that they outlive their subscriber without being kept. */
  suppressions: {
    address_hash: string;
    reason: SuppressionReason;
    /** What the mail server said; no address in it. */
    detail: string | null;
    at: string;
    /** When it was last asked whether its owner, who had unsubscribed, wants messages again. */
    asked_at: string | null;
  };
  /** What was sent from the sign-up page and is still to be dealt with: the same row whoever the address belongs to. */
  signups: {
    id: Generated<number>;
    email: string;
    /** JSON: locale, notices wanted and profile. */
    subscription: string;
    consent_words: string;
    consent_version: string;
    at: string;
  };
  /** What programs of a team show themselves by: only a hash of it. */
  api_keys: { id: string; team: string; hash: string; created_at: string; used_at: string | null };
  /** What is done now and then, and when it last was. */
  chores: { name: string; done_at: string };
  /** Made here and kept here: what is signed and hashed for the life of the installation. */
  keys: { name: string; value: string; created_at: string };
  /** A channel that nothing can be handed over by at present. */
  stops: {
    channel: ChannelName;
    since: string;
    cause: 'policy' | 'unreachable';
    reason: string;
    /** Tries that failed in a row. */
    pauses: number;
    resume_at: string;
    /** The day on which the operator was told of it. */
    told: string | null;
  };
  /** One row a source: how looking at it goes. */
  health: {
    source: string;
    /** The last look, whatever came of it. */
    tried_at: string;
    /** The last look at which the draws could be read. */
    succeeded_at: string | null;
    /** In a row, until its own address answers again. */
    failures: number;
    failing_since: string | null;
    trouble: Trouble | null;
    reason: string | null;
    /** How often the operator was told of these failures, and when last. */
    failing_told: number;
    failing_told_at: string | null;
    /** Since when it has been quiet for longer than usual; told as above. */
    quiet_since: string | null;
    quiet_told: number;
    quiet_told_at: string | null;
    /** Until when it asked to be left alone. */
    retry_at: string | null;
    /** When a browser last looked for its document. */
    browser_at: string | null;
    /** 1 while it answers in full what it was asked to answer only if changed. */
    unconditional: number;
    /** The configured address that failed, and where the document was found instead. */
    moved_from: string | null;
    moved_to: string | null;
  };
  /** Who does what only one process may do, and until when. */
  leases: { name: string; holder: string; since: string; until: string };
}

interface DrawColumns {
  id: string;
  source: string;
  number: string;
  date: string;
  issued_at: string | null;
  label: string;
  type: string;
  version: string | null;
  /** JSON: list of programmes. */
  programs: string | null;
  invitations: number | null;
  score_system: 'crs';
  cutoff: number | null;
  tie_break_at: string | null;
  /** JSON. */
  pool: string | null;
  url: string | null;
  /** JSON: list of inferred fields. */
  inferred: string | null;
}

export type Db = Kysely<Schema>;
/** What a repository function takes: the database, or the transaction that is open. */
export type DbOrTrx = Db | Transaction<Schema>;
