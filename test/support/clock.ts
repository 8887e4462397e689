// The clock of a program that a test starts, for programs that ask the machine what time it is.

import { fileURLToPath } from 'node:url';

const CLOCK = fileURLToPath(new URL('./clock.cjs', import.meta.url));

/** Its environment: for the program it is this instant (RFC 3339) when it starts. */
export function clockAt(instant: string): Record<string, string> {
  return { NODE_OPTIONS: `--require ${CLOCK}`, MACHINE_CLOCK: instant };
}
