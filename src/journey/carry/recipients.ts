// Recipients, and what has to be remembered of them: state <-> subscribers, suppressions and endpoints of the database.

import { nameOfRecipient } from '../../state/recipients.ts';
import type { RecipientLine } from '../../state/state.ts';
import {
  type CarriedEndpoint,
  type CarriedReader,
  carriedEndpoints,
  carriedReaders,
  noteReminded,
  takeTrouble,
} from '../../store/carried-recipients.ts';
import {
  type DbOrTrx,
  DISABLED_WHYS,
  type DisabledWhy,
  SUPPRESSION_REASONS,
  type SuppressionReason,
} from '../../store/schema.ts';
import type { Seal } from '../../store/seal.ts';
import { listSuppressions, suppress } from '../../store/suppressions.ts';
import type { Carrying } from '../carry.ts';
import { endpointId, type Names, nameOfEndpoint, nameOfReader, namesBy } from './names.ts';

/** Everybody whom the database can tell something, each with the name that the ledger's hashes are made of. */
export interface Recipients {
  readers: readonly (CarriedReader & { name: string })[];
  endpoints: readonly (CarriedEndpoint & { name: string })[];
  /** Whether whoever runs this can be reached by mail. */
  operator: boolean;
}

type LineOf<Kind extends RecipientLine['kind']> = Extract<RecipientLine, { kind: Kind }>;

export async function readRecipients(db: DbOrTrx, operator: Carrying['operator']): Promise<Recipients> {
  const readers = await carriedReaders(db);
  const endpoints = await carriedEndpoints(db);
  const seen = new Map<string, number>();
  return {
    readers: readers.map((reader) => ({ ...reader, name: nameOfReader(reader.address) })),
    endpoints: endpoints.map((endpoint) => {
      const nth = seen.get(endpoint.url) ?? 0;
      seen.set(endpoint.url, nth + 1);
      return { ...endpoint, name: nameOfEndpoint(endpoint.url, nth) };
    }),
    operator,
  };
}

/** Takes in what is remembered of those who are in the database already. */
export async function takeRecipients(
  trx: DbOrTrx,
  lines: readonly RecipientLine[],
  { readers, endpoints }: Recipients,
  { seal }: Pick<Carrying, 'seal'>,
): Promise<void> {
  const ours = lines.filter(({ by }) => by === seal.by);
  const find = finder(readers, namesBy(seal));
  for (const { reason, who, at } of of('suppressed', ours)) {
    const reader = find('suppressed', who);
    // What is known here of why somebody gets nothing stays.
    if (reader && reader.status !== 'suppressed')
      await suppress(trx, reader.email, { reason: toReason(reason) }, at);
  }
  for (const { who, at } of of('reminded', ours)) {
    const reader = find('reminded', who);
    if (reader) await noteReminded(trx, reader.id, at);
  }
  for (const { who, failingSince, resumeAt, disabled } of of('endpoint', ours)) {
    const known = endpoints.find((endpoint) => isCalled(who, endpoint, seal));
    if (!known || known.failingSince !== null || known.disabled !== null) continue;
    const why = disabled && { at: disabled.at, why: toWhy(disabled.why) };
    await takeTrouble(trx, known, { failingSince, resumeAt, disabled: why });
  }
}

/** The lines as they are now: those about others stay as they were known. */
export async function readRecipientLines(
  db: DbOrTrx,
  known: readonly RecipientLine[],
  { readers, endpoints }: Recipients,
  { seal }: Pick<Carrying, 'seal'>,
): Promise<RecipientLine[]> {
  const names = namesBy(seal);
  const { by } = seal;
  const lines: RecipientLine[] = [];
  const addresses = new Map(readers.map(({ id, address }) => [id, address]));
  for (const { subscriber, reason, at } of await listSuppressions(db)) {
    const address = subscriber === null ? undefined : addresses.get(subscriber);
    if (address !== undefined)
      lines.push({ kind: 'suppressed', who: names.suppressed(address), by, reason, at });
  }
  for (const { url, failingSince, resumeAt, disabled } of endpoints) {
    if (failingSince === null && resumeAt === null && disabled === null) continue;
    lines.push({ kind: 'endpoint', who: endpointId(seal, url), by, failingSince, resumeAt, disabled });
  }
  for (const { address, remindedAt } of readers)
    if (remindedAt !== null)
      lines.push({ kind: 'reminded', who: names.reminded(address), by, at: remindedAt });

  // By their hashes, so that nothing is told by their order.
  const present = new Map(lines.sort(byName).map((line) => [nameOfRecipient(line), line]));
  const find = finder(readers, names);
  const isGone = (line: RecipientLine): boolean => {
    if (line.by !== by || present.has(nameOfRecipient(line))) return false;
    if (line.kind === 'endpoint') return endpoints.some((endpoint) => isCalled(line.who, endpoint, seal));
    return find(line.kind, line.who) !== undefined;
  };
  const others = known.filter((line) => !isGone(line)).map((line) => [nameOfRecipient(line), line] as const);
  return [...new Map([...others, ...present]).values()];
}

function byName(a: RecipientLine, b: RecipientLine): number {
  return nameOfRecipient(a) < nameOfRecipient(b) ? -1 : 1;
}

/** Whether a line is about this endpoint: by its id here, or by the one that a job has for it. */
function isCalled(who: string, { key, url }: CarriedEndpoint, seal: Seal): boolean {
  return key === who || endpointId(seal, url) === who;
}

/** Finds a reader by a hash: all are hashed, once, as soon as there is somebody to be found. */
function finder(readers: readonly CarriedReader[], names: Names) {
  const tables = new Map<string, Map<string, CarriedReader>>();
  return (kind: 'suppressed' | 'reminded', who: string): CarriedReader | undefined => {
    const table = tables.get(kind) ?? new Map(readers.map((reader) => [names[kind](reader.address), reader]));
    tables.set(kind, table);
    return table.get(who);
  };
}

function of<Kind extends RecipientLine['kind']>(kind: Kind, lines: readonly RecipientLine[]): LineOf<Kind>[] {
  return lines.filter((line): line is LineOf<Kind> => line.kind === kind);
}

/** Of a reason that this version does not know, the safest: nobody but the operator takes it back. */
function toReason(reason: string): SuppressionReason {
  return SUPPRESSION_REASONS.find((known) => known === reason) ?? 'operator';
}

function toWhy(why: string): DisabledWhy {
  return DISABLED_WHYS.find((known) => known === why) ?? 'operator';
}
