// What the journey is given: everything that is an effect, the clock and chance among them.

import type { Alarm } from '../event/health.ts';
import type { Channels } from '../notify/index.ts';
import type { SourceAddress } from '../sources/source.ts';
import type { Db } from '../store/schema.ts';

export interface Deps {
  db: Db;
  channels: Channels;
  /** The clock: what counts as today, what is due, what is stamped. */
  now(): Date;
  /** From 0 to below 1. */
  random(): number;
  /** By source id. */
  addresses: Record<string, SourceAddress>;
  userAgent: string;
  /** A draw type that was away for more days than this has returned. */
  dormantDays: number;
  alarm: Alarm;
  /** The browser to find a moved document with, where it is set; else it is looked for on the search path. */
  browser: { executable: string | null; searchPath: string };
  /** Whether the operator can be reached by mail. */
  operatorMail: boolean;
  /** How many mails are handed over at a time. */
  mailsAtATime: number;
  /**
   * Where others have to know first what this process has in hand: awaited before any of what was claimed is handed
   * over. Rejects: none of it is.
   */
  beforeHandOver?: (() => Promise<void>) | undefined;
  /** Aborted when the process is to end: what is in flight is finished, nothing new is begun. */
  signal?: AbortSignal | undefined;
  /** Tells the operator one line, with nothing private in it. */
  warn(message: string): void;
}
