// What this installation signs and hashes with: made or noted once, and kept with the database.

import { createHmac, randomBytes } from 'node:crypto';
import type { DbOrTrx } from './schema.ts';

/** 32 bytes in base64url, the same for as long as the database lives. */
export async function installationKey(db: DbOrTrx): Promise<string> {
  const known = await readKey(db, INSTALLATION);
  if (known !== undefined) return known;
  const value = randomBytes(32).toString('base64url');
  await keepKey(db, INSTALLATION, value);
  // Another process may have been quicker.
  return (await readKey(db, INSTALLATION)) ?? value;
}

/**
 * What links in mails are signed with: a key made from the operator's secret, or the installation's own where there
 * is none. It is kept, so that what was signed holds when the secret has become another.
 */
export async function signingKey(db: DbOrTrx, secret: string | null): Promise<string> {
  if (secret === null) return installationKey(db);
  const value = createHmac('sha256', secret).update('links in mails').digest('base64url');
  await keepKey(db, `${SIGNING}${value.slice(0, 8)}`, value);
  return value;
}

/** Every key that may have signed a link which is out in the world, those of this secret among them. */
export async function honouredKeys(db: DbOrTrx, secret: string | null): Promise<string[]> {
  await signingKey(db, secret);
  await installationKey(db);
  const rows = await db.selectFrom('keys').select('value').orderBy('created_at', 'desc').execute();
  return rows.map(({ value }) => value);
}

const INSTALLATION = 'installation';
const SIGNING = 'signing ';

async function readKey(db: DbOrTrx, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('keys').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

/** Nothing happens when there is one of this name. */
async function keepKey(db: DbOrTrx, name: string, value: string): Promise<void> {
  if ((await readKey(db, name)) !== undefined) return;
  await db
    .insertInto('keys')
    .values({ name, value, created_at: new Date().toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
