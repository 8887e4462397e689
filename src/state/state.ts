// State: everything drawbell has to remember from one run to the next, without a database. Pure.

import type { Draw } from '../draw/draw.ts';
import type { Event, OperatorEvent } from '../event/event.ts';
import type { Health } from '../event/health.ts';
import type { HeldRound } from '../event/quarantine.ts';
import type { ChannelName, NoticeStatus } from '../match/notice.ts';

/** All of it: what the world may know, and of people only keyed hashes. */
export interface State {
  /** By source id: `draws/<source>.json`. */
  draws: Record<string, SourceDraws>;
  /** `watch.json`. */
  watch: Watch;
  /** `ledger.ndjson`. */
  ledger: LedgerLine[];
  /** `recipients.ndjson`. */
  recipients: RecipientLine[];
}

/** What a publisher has said. */
export interface SourceDraws {
  /** Oldest first. */
  draws: StateDraw[];
  /** The states that draws had before their present one, oldest first. */
  earlier: EarlierDraw[];
  /** What they were read from; the bytes are not kept. */
  documents: StateDocument[];
  /** Of its draws, in the order of detection. */
  events: Event[];
}

export interface StateDraw {
  draw: Draw;
  revision: number;
  firstSeenAt: string;
  changedAt: string | null;
  withdrawnAt: string | null;
  /** The hash of the document. */
  document: string;
}

export interface EarlierDraw {
  draw: Draw;
  revision: number;
  replacedAt: string;
  document: string;
}

export interface StateDocument {
  hash: string;
  /** `null` where it is no publisher's own address: a copy may be at one that is nobody's business. */
  url: string | null;
  status: number;
  fetchedAt: string;
}

/** How watching and telling go. */
export interface Watch {
  /** By source id. */
  sources: Record<string, SourceWatch>;
  /** Mail that waits; `null`: it goes out. */
  mail: MailStop | null;
  /** For the operator, of the last so many days and of what is not told yet. */
  events: OperatorEvent[];
}

export interface SourceWatch {
  /** What the last look that brought something was answered with; `null` before the first. */
  look: StateLook | null;
  /** `moved.from` is a keyed hash. `triedAt` and `succeededAt` are as of the day of the state. */
  health: Omit<Health, 'source'> | null;
  quarantine: HeldRound[];
}

export interface StateLook {
  /** A keyed hash of the address that was asked: to another one no conditions are sent. */
  asked: string;
  etag: string | null;
  lastModified: string | null;
  /** Of the bytes; empty where the document must be read in full again. */
  hash: string;
  changedAt: string;
}

/** Mail that can be handed over to nobody at present. */
export interface MailStop {
  /** Instants are RFC 3339. */
  since: string;
  /** `policy`: the mail server refuses us; `unreachable`: it cannot be talked to. */
  cause: 'policy' | 'unreachable';
  reason: string;
  /** Tries that failed in a row. */
  pauses: number;
  resumeAt: string;
  /** The day on which the operator was told of it; `null`: not yet. */
  told: string | null;
}

/** One event (or letter) and one recipient. Nothing of two lines says whether they are of the same recipient. */
export interface LedgerLine {
  /** The event's id; of a letter, `letter/<kind>/<when it was queued>`. */
  event: string;
  channel: ChannelName;
  /** A keyed hash of event and recipient. */
  to: string;
  /** Which secret the hashes are keyed with. */
  by: string;
  /** The id that the message carries, over all retries. */
  id: string;
  status: NoticeStatus;
  /** A keyed hash of event, recipient and the outcome that is told; `null` where nothing is judged. */
  outcome: string | null;
  attempts: number;
  ambiguous: number;
  /** When it was queued. Instants are RFC 3339 in UTC. */
  at: string;
  /** While `queued`: not to be tried before, also because a run may have it in hand. */
  dueAt: string | null;
  settledAt: string | null;
}

/** What has to be remembered of a recipient, whatever happens. */
export type RecipientLine =
  /** An address that gets nothing: its mail server refused it for good. */
  | { kind: 'suppressed'; who: string; by: string; reason: string; at: string }
  /** An endpoint that fails, wants to be left alone or is disabled; `who` is its id. */
  | {
      kind: 'endpoint';
      who: string;
      by: string;
      failingSince: string | null;
      resumeAt: string | null;
      disabled: { at: string; why: string } | null;
    }
  /** A reader who was asked for a newer score. */
  | { kind: 'reminded'; who: string; by: string; at: string };
