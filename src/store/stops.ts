// Channels by which nothing can be handed over at present, and when that is tried again.

import type { ChannelName } from '../match/notice.ts';
import type { MailStop } from '../state/state.ts';
import type { DbOrTrx } from './schema.ts';

export interface Stop extends MailStop {
  channel: ChannelName;
}

export async function readStop(db: DbOrTrx, channel: ChannelName): Promise<Stop | undefined> {
  const row = await db.selectFrom('stops').selectAll().where('channel', '=', channel).executeTakeFirst();
  if (!row) return undefined;
  const { resume_at: resumeAt, ...stop } = row;
  return { ...stop, resumeAt };
}

/** Puts the channel's stop as it is now in the place of what was known of it. */
export async function saveStop(db: DbOrTrx, { resumeAt, ...stop }: Stop): Promise<void> {
  const row = { ...stop, resume_at: resumeAt };
  await db
    .insertInto('stops')
    .values(row)
    .onConflict((conflict) => conflict.column('channel').doUpdateSet(row))
    .execute();
}

export async function endStop(db: DbOrTrx, channel: ChannelName): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('stops').where('channel', '=', channel).executeTakeFirst();
  return numDeletedRows > 0n;
}
