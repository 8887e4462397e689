// How looking at the sources goes: state <-> looks, health and quarantine of the database.

import { isDeepStrictEqual } from 'node:util';
import { DAY } from '../../draw/calendar.ts';
import type { OperatorEvent } from '../../event/event.ts';
import type { Health } from '../../event/health.ts';
import type { HeldRound } from '../../event/quarantine.ts';
import { SOURCES } from '../../sources/index.ts';
import { withPublicAddresses } from '../../sources/public-address.ts';
import type { SourceWatch, StateLook, Watch } from '../../state/state.ts';
import { nameless, replaceLook } from '../../store/carried-watch.ts';
import { readHealth, saveHealth } from '../../store/health.ts';
import { type Look, lastLook } from '../../store/looks.ts';
import { listQuarantine, replaceQuarantine } from '../../store/quarantine.ts';
import type { DbOrTrx } from '../../store/schema.ts';
import { readStop, saveStop } from '../../store/stops.ts';
import type { Carrying } from '../carry.ts';
import { type Names, namesBy } from './names.ts';

type Asking = Pick<Carrying, 'addresses' | 'seal'>;
type StatedHealth = NonNullable<SourceWatch['health']>;

/** What is known here of a source stays, unless it was looked at later elsewhere. */
export async function takeWatch(trx: DbOrTrx, { sources, mail }: Watch, asking: Asking): Promise<void> {
  for (const { id, documentUrl } of SOURCES) {
    const found = sources[id];
    const url = asking.addresses[id]?.documentUrl ?? documentUrl;
    if (found && (await isLater(trx, id, found))) await takeSourceWatch(trx, id, found, url, asking);
  }
  if (mail !== null && !(await readStop(trx, 'email'))) await saveStop(trx, { channel: 'email', ...mail });
}

async function isLater(trx: DbOrTrx, source: string, { health, look }: SourceWatch): Promise<boolean> {
  const here = (await readHealth(trx, source))?.triedAt ?? (await lastLook(trx, source))?.changedAt;
  return here === undefined || (health?.triedAt ?? look?.changedAt ?? '') > here;
}

async function takeSourceWatch(
  trx: DbOrTrx,
  source: string,
  { look, health, quarantine }: SourceWatch,
  configured: string,
  { seal }: Asking,
): Promise<void> {
  const names = namesBy(seal);
  const moved = health?.moved?.from === names.asked(configured) ? health.moved : null;
  if (health !== null)
    await saveHealth(trx, { source, ...health, moved: moved && { from: configured, to: moved.to } });
  const asked = [configured, ...(moved ? [moved.to] : [])];
  const lookedAt = health?.triedAt ?? look?.changedAt ?? '';
  await replaceLook(trx, source, look && { ...toLook(look, asked, names), lookedAt });
  const since = quarantine[0]?.since;
  // As its bytes are somewhere else, nothing can be judged again before the next look.
  const document = since === undefined ? 0 : await nameless(trx, source, since);
  await replaceQuarantine(trx, source, quarantine, document);
}

/** Of an address that is not asked any more nothing is known but that it was read. */
function toLook(
  look: StateLook,
  addresses: readonly [string] | string[],
  names: Names,
): Omit<Look, 'source'> {
  const { asked, etag, lastModified, hash, changedAt } = look;
  const url = addresses.find((address) => names.asked(address) === asked);
  if (url !== undefined) return { url, etag, lastModified, hash, changedAt };
  return { url: addresses[0] ?? '', ...READ_IN_FULL, changedAt };
}

/** Makes the next look read the document, whatever it was answered with before. */
const READ_IN_FULL = { etag: null, lastModified: null, hash: '' };

/** What is known of each source, and of mail. */
export async function readWatch(
  db: DbOrTrx,
  known: Watch,
  { seal, now }: Pick<Carrying, 'seal' | 'now'>,
): Promise<Omit<Watch, 'events'>> {
  const sources: Watch['sources'] = { ...known.sources };
  for (const { id } of SOURCES) {
    const found = await readSourceWatch(db, id, namesBy(seal));
    if (found === null) continue;
    const before = known.sources[id];
    sources[id] = before && isStill(before, found, now()) ? before : found;
  }
  const stop = await readStop(db, 'email');
  if (!stop) return { sources, mail: null };
  const { channel: _, ...mail } = stop;
  return { sources, mail };
}

async function readSourceWatch(db: DbOrTrx, source: string, names: Names): Promise<SourceWatch | null> {
  const look = await lastLook(db, source);
  const health = await readHealth(db, source);
  const quarantine = await listQuarantine(db, source);
  if (!look && !health) return null;
  return {
    look: look ? toStatedLook(look, quarantine, names) : null,
    health: health ? toStatedHealth(health, names) : null,
    quarantine,
  };
}

function toStatedLook(look: Look, quarantine: readonly HeldRound[], names: Names): StateLook {
  const { url, etag, lastModified, hash, changedAt } = look;
  // While something is kept apart, each look judges it anew. The bytes that takes are not carried.
  const held = quarantine.some(({ status }) => status === 'held');
  return { asked: names.asked(url), ...(held ? READ_IN_FULL : { etag, lastModified, hash }), changedAt };
}

function toStatedHealth({ source: _, failing, moved, ...health }: Health, names: Names): StatedHealth {
  return {
    ...health,
    failing: failing && { ...failing, reason: withPublicAddresses(failing.reason) },
    moved: moved && { from: names.asked(moved.from), to: moved.to },
  };
}

/** Whether nothing has happened but that time has passed, and not much of it. */
function isStill(before: SourceWatch, found: SourceWatch, now: Date): boolean {
  const tried = before.health?.triedAt;
  return (
    tried !== undefined &&
    // For a day a state may say that the source was read then, though it was read again since.
    Math.abs(now.getTime() - Date.parse(tried)) < DAY &&
    isDeepStrictEqual(timeless(before), timeless(found))
  );
}

/** Without what each look changes. What stays away is withdrawn after so many looks: those count. */
function timeless({ look, health, quarantine }: SourceWatch): SourceWatch {
  return {
    look: look && { ...look, etag: null, lastModified: null },
    health: health && { ...health, triedAt: '', succeededAt: health.succeededAt && '' },
    quarantine: quarantine.map((round) => (round.reason === 'vanished' ? round : { ...round, looks: 0 })),
  };
}

/** What the operator was told of, without addresses that are the operator's own business. */
export function toStatedEvent(event: OperatorEvent): OperatorEvent {
  if (event.type === 'source.failing')
    return { ...event, data: { ...event.data, reason: withPublicAddresses(event.data.reason) } };
  if (event.type === 'source.moved')
    return { ...event, data: { ...event.data, from: withPublicAddresses(event.data.from) } };
  return event;
}
