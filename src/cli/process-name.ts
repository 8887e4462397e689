// What a process is named by among all that share the database.

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** Another one in each process, also in two containers of the same name. */
export function nameOfProcess(): string {
  return `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
}
