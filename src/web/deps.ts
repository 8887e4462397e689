// What the pages need of the installation they stand in front of.

import type { Cadence } from '../cadence.ts';
import type { Config } from '../config.ts';
import type { Channels } from '../notify/index.ts';
import type { Db } from '../store/schema.ts';

export interface WebDeps {
  db: Db;
  now(): Date;
  /** Any of them may have signed a link. */
  secrets: readonly string[];
  /** Where the world finds these pages; may hold a path. */
  publicUrl: string | null;
  sender: string | null;
  /** `mailto:` or `https:`. */
  operator: string | null;
  /** When the watch looks. */
  cadence: Cadence;
  /** Hosts that webhooks may reach although they are private. */
  allowPrivate: readonly string[];
  /** Proxies whose `X-Forwarded-For` is believed beside those on this machine: addresses or networks. */
  proxies: readonly string[];
  /** What the doors for bounces are opened with. */
  bounces: Config['bounces'];
  /** GET, for what Amazon signs with; the real one where it is left out. Rejects unless it is answered with 200. */
  fetchText?: (url: string) => Promise<string>;
  /** To send examples to an endpoint. */
  channels: Pick<Channels, 'open'>;
  /** Something is due: whoever delivers need not wait for the next time it looks. */
  wake(): void;
  /** One line to the operator. */
  warn(message: string): void;
}
