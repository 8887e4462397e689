// What the pages need of the installation they stand in front of.

import type { Db } from '../store/schema.ts';

export interface WebDeps {
  db: Db;
  now(): Date;
  /** Any of them may have signed a link. */
  secrets: readonly string[];
  /** Where the world finds these pages; may hold a path. */
  publicUrl: string | null;
  /** One line to the operator. */
  warn(message: string): void;
}
