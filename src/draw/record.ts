// A draw, and how it came to be known.

import type { Document } from '../sources/source.ts';
import type { Draw } from './draw.ts';

/** Instants are RFC 3339. */
export interface DrawRecord {
  draw: Draw;
  /** 1 until its publisher changes it. */
  revision: number;
  firstSeenAt: string;
  withdrawnAt: string | null;
  /** What its present state was read from. */
  document: Pick<Document, 'url' | 'status' | 'fetchedAt' | 'hash'>;
}
