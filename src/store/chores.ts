// What is done now and then, whichever process does it: when it last was.

import type { DbOrTrx } from './schema.ts';

/** `remind`: readers are asked for newer scores. */
export type Chore = 'remind';

/** When it was last done; `undefined`: never. */
export async function lastDone(db: DbOrTrx, name: Chore): Promise<string | undefined> {
  const row = await db.selectFrom('chores').select('done_at').where('name', '=', name).executeTakeFirst();
  return row?.done_at;
}

export async function noteDone(trx: DbOrTrx, name: Chore, at: string): Promise<void> {
  await trx
    .insertInto('chores')
    .values({ name, done_at: at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ done_at: at }))
    .execute();
}
