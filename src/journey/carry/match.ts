// Lines of the ledger -> the recipients they are for, by making the hashes anew.

import type { ChannelName } from '../../match/notice.ts';
import type { LedgerLine } from '../../state/state.ts';
import type { CarriedEndpoint, CarriedReader } from '../../store/carried-recipients.ts';
import { type Names, OPERATOR } from './names.ts';
import type { Recipients } from './recipients.ts';

/** Whom a line is for. `name`: as its hashes are made of it. */
export type Addressee =
  | { kind: 'reader'; name: string; reader: CarriedReader }
  | { kind: 'endpoint'; name: string; endpoint: CarriedEndpoint }
  | { kind: 'operator'; name: string };

/** Whom each of these lines is for, in their order; a line that is missing is for nobody here. */
export function matchLines(
  lines: readonly LedgerLine[],
  recipients: Recipients,
  names: Names,
): Map<LedgerLine, Addressee> {
  const audiences = audiencesOf(recipients);
  const found = new Map<LedgerLine, Addressee>();
  for (const [event, ofEvent] of Map.groupBy(lines, (line) => line.event)) {
    for (const [channel, open] of Map.groupBy(ofEvent, (line) => line.channel)) {
      const byHash = new Map(open.map((line) => [line.to, line]));
      let left = open.length;
      for (const addressee of audiences[channel]) {
        if (left === 0) break;
        const line = byHash.get(names.to(event, addressee.name));
        if (!line) continue;
        found.set(line, addressee);
        left -= 1;
      }
    }
  }
  return found;
}

function audiencesOf({ readers, endpoints, operator }: Recipients): Record<ChannelName, Addressee[]> {
  const toReaders = readers.map((reader): Addressee => ({ kind: 'reader', name: reader.name, reader }));
  return {
    email: toReaders,
    letter: toReaders,
    webhook: endpoints.map((endpoint) => ({ kind: 'endpoint', name: endpoint.name, endpoint })),
    operator: operator ? [{ kind: 'operator', name: OPERATOR }] : [],
  };
}
