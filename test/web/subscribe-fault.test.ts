// A sign-up while the database takes nothing: it is said, and trying again is no use of the address.

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { SIGN_UP, sendForm } from './forms.ts';
import { headingOf, openWebWorld } from './world.ts';

describe('a sign-up that cannot be written', () => {
  it('is answered with a fault, and however often that was, the next that can be written is kept', async () => {
    const { app, db, warnings } = await openWebWorld();
    await sql`CREATE TRIGGER full BEFORE INSERT ON signups BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`.execute(
      db,
    );
    const answers: [number, string | undefined][] = [];

    for (let tries = 0; tries < 4; tries += 1) {
      const answer = await sendForm(app, '/en/subscribe/', SIGN_UP);
      answers.push([answer.status, headingOf(await answer.text())]);
    }
    await sql`DROP TRIGGER full`.execute(db);
    const { status } = await sendForm(app, '/en/subscribe/', SIGN_UP);

    expect(new Set(answers.map(String))).toEqual(new Set(['500,Something went wrong here']));
    expect(status).toBe(202);
    expect(await db.selectFrom('signups').select('email').execute()).toEqual([{ email: SIGN_UP.email }]);
    expect(warnings.join()).not.toContain(String(SIGN_UP.email));
  });
});
