// A rehearsal: every reader gets a message about the latest draw that says what it is, and nothing is recorded.

import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rehearse } from '../../src/journey/rehearse.ts';
import { watchSource } from '../../src/journey.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { withdrawDraws } from '../../src/store/draws.ts';
import { pauseReader } from '../../src/store/readers.ts';
import type { Db } from '../../src/store/schema.ts';
import { listSubscribers } from '../../src/store/subscribers.ts';
import { shippedDraw } from '../draw/history.ts';
import { closedAddress } from '../support/http.ts';
import { addTeam, type Installation, openInstallation, subscribe } from '../support/journey.ts';

const NOW = '2024-05-31T16:00:00Z';
const TABLES = [
  'outbox',
  'deliveries',
  'events',
  'draws',
  'subscribers',
  'suppressions',
  'endpoints',
] as const;

/** Rounds 296 and 297 are known, and whoever asks to be told comes afterwards. */
async function open(
  draws = [296, 297].map(shippedDraw),
  more: Parameters<typeof openInstallation>[3] = {},
): Promise<Installation> {
  const installation = await openInstallation(draws, NOW, undefined, more);
  if (draws.length > 0) await watchSource(ircc, installation);
  return installation;
}

/** Everything that is written down anywhere, as text. */
async function recorded(db: Db): Promise<string> {
  const rows = [];
  for (const table of TABLES) rows.push((await sql`SELECT * FROM ${sql.table(table)}`.execute(db)).rows);
  return JSON.stringify(rows);
}

describe('a rehearsal', () => {
  it('tells every reader in their language, by the latest draw and what they have told, and says what it is', async () => {
    const installation = await open();
    const { db, mailServer } = installation;
    await subscribe(db, 'amina@example.org', {
      crs: 530,
      profileSubmittedAt: '2024-02-02',
      programs: ['cec'],
      // Whatever they wish to be told of.
      notify: ['correction'],
    });
    await subscribe(db, 'bruno@example.org', { locale: 'fr', crs: 400 });

    const came = await rehearse(installation);

    expect(came).toEqual({ draw: 'ircc:297', sent: 2, failed: 0, reasons: [] });
    const mails = new Map(mailServer.received.map((mail) => [mail.recipients.join(), mail]));
    const [amina, bruno] = ['amina@example.org', 'bruno@example.org'].map((to) => mails.get(to));
    expect(amina?.subject).toMatch(/^Rehearsal: You would have been invited: #297 .*, you 530 \(\+8\)/);
    expect(amina?.text).toMatch(
      /^This is a rehearsal: nothing new has happened\. You would have been invited in draw #297 /,
    );
    expect(bruno?.subject).toMatch(/^Essai\u00a0: Vous n’auriez pas reçu d’invitation\u00a0: n°\u00a0297 /);
    expect(bruno?.text).toMatch(
      /^Ceci est un essai\u00a0: il ne s’est rien passé de nouveau\. Vous n’auriez /,
    );
    for (const mail of [amina, bruno]) expect(mail?.raw).toMatch(/Feedback-I[Dd]: ircc-297:rehearsal:/);
  });

  it('is about the newest draw that its publisher has not taken back', async () => {
    const installation = await open();
    await withdrawDraws(installation.db, ['ircc:297'], NOW);
    await subscribe(installation.db, 'amina@example.org');

    const { draw } = await rehearse(installation);

    expect(draw).toBe('ircc:296');
    expect(installation.mailServer.received[0]?.subject).toContain('#296');
  });

  it('says of the draw what was special about it when it came', async () => {
    const installation = await open([204, 297].map(shippedDraw));
    await subscribe(installation.db, 'amina@example.org');

    await rehearse(installation);

    expect(installation.mailServer.received[0]?.text).toContain(
      'It was the first Canadian Experience Class draw in 990 days.',
    );
  });

  it('is recorded nowhere, and teams get nothing', async () => {
    const installation = await open();
    await subscribe(installation.db, 'amina@example.org');
    await addTeam(installation);
    const before = await recorded(installation.db);

    await rehearse(installation);

    expect(installation.mailServer.received).toHaveLength(1);
    expect(installation.team.received).toEqual([]);
    expect(await recorded(installation.db)).toBe(before);
  });

  it('goes to nobody who has not agreed, wants a pause, or gets nothing', async () => {
    const installation = await open();
    const { db, mailServer } = installation;
    for (const name of ['amina', 'bruno', 'chen', 'dara']) await subscribe(db, `${name}@example.org`);
    const [, bruno, chen, dara] = await listSubscribers(db);
    await pauseReader(db, bruno?.key ?? '', true, NOW);
    for (const [reader, status] of [
      [chen, 'pending'],
      [dara, 'suppressed'],
    ] as const)
      await db
        .updateTable('subscribers')
        .set({ status })
        .where('id', '=', reader?.id ?? 0)
        .execute();

    const came = await rehearse(installation);

    expect(came).toMatchObject({ sent: 1, failed: 0 });
    expect(mailServer.received.map(({ recipients }) => recipients)).toEqual([['amina@example.org']]);
  });

  it('has message ids of its own, each time others', async () => {
    const installation = await open();
    for (const name of ['amina', 'bruno']) await subscribe(installation.db, `${name}@example.org`);

    for (const chance of [0.25, 0.5]) await rehearse({ ...installation, random: () => chance });
    installation.setClock('2024-05-31T16:00:01Z');
    await rehearse({ ...installation, random: () => 0.5 });

    const ids = installation.mailServer.received.map(({ messageId }) => messageId);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
  });

  it('goes on where one mail fails, and says why without an address', async () => {
    const installation = await open();
    const { db, mailServer } = installation;
    for (const name of ['amina', 'bruno', 'chen']) await subscribe(db, `${name}@example.org`);
    mailServer.decide(({ recipients }) =>
      recipients.includes('amina@example.org')
        ? { status: 550, text: '5.1.1 <amina@example.org> is not here' }
        : 'take',
    );

    const came = await rehearse({ ...installation, mailsAtATime: 1 });

    expect(came).toEqual({
      draw: 'ircc:297',
      sent: 2,
      failed: 1,
      reasons: [expect.stringMatching(/^550 5\.1\.1 refused by the mail server/)],
    });
    expect(JSON.stringify(came)).not.toContain('amina');
  });

  it('begins no more mails where the mail server takes none from anybody', async () => {
    const smtpUrl = (await closedAddress(onTestFinished)).replace('http:', 'smtp:');
    const installation = await open(undefined, { smtpUrl });
    for (let index = 0; index < 20; index += 1)
      await subscribe(installation.db, `reader${index}@example.org`);
    let begun = 0;
    const channels = {
      ...installation.channels,
      open: (async (name: 'email') => {
        begun += 1;
        return installation.channels.open(name);
      }) as Installation['channels']['open'],
    };

    const came = await rehearse({ ...installation, channels });

    expect(came).toEqual({ draw: 'ircc:297', sent: 0, failed: 20, reasons: ['connection refused'] });
    expect(begun).toBeLessThanOrEqual(installation.mailsAtATime);
  });

  it('says that there is nothing to tell, or nobody to tell it to', async () => {
    const empty = await open([]);
    await subscribe(empty.db, 'amina@example.org');
    const lonely = await open();

    expect(await rehearse(empty)).toEqual({ draw: null, sent: 0, failed: 0, reasons: [] });
    expect(await rehearse(lonely)).toEqual({ draw: 'ircc:297', sent: 0, failed: 0, reasons: [] });
  });
});
