// What `serve` does beside answering: tends readers and delivers, but never beside a watch or another one that serves.

import { describe, expect, it } from 'vitest';
import { openDeliverer, SERVE_LEASE } from '../../src/cli/deliverer.ts';
import type { Session } from '../../src/cli/session.ts';
import { Subscription } from '../../src/match/profile.ts';
import { readLease, takeLease } from '../../src/store/leases.ts';
import { noteSignUp } from '../../src/store/signups.ts';
import { listSubscribers } from '../../src/store/subscribers.ts';
import { type Happening, WATCH_LEASE } from '../../src/worker.ts';
import { openInstallation, subscribe } from '../support/journey.ts';

const NOW = '2024-05-31T16:00:00.000Z';
const atSecond = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1_000).toISOString();

async function openBench() {
  const installation = await openInstallation([], NOW);
  const { db } = installation;
  const happenings: Happening[] = [];
  // The configuration is for looks at sources, and none are made.
  const session = { ...installation, config: null as never } satisfies Session;
  const open = (holder: string) =>
    openDeliverer(session, { holder, note: (happening) => happenings.push(happening) });
  return {
    ...installation,
    happenings,
    open,
    /** A letter is due: a score is old. */
    makeDue: (email = 'amina@example.org') => subscribe(db, email, { crs: 522, crsAsOf: '2023-01-01' }),
    signUp: () =>
      noteSignUp(
        db,
        {
          subscription: Subscription.parse({ email: 'chen@example.org' }),
          consentWords: 'Yes',
          consentVersion: '1',
        },
        NOW,
      ),
    mails: () => installation.mailServer.received.length,
  };
}

describe('what serves', () => {
  it('tends readers and hands over what is due, and says how that went', async () => {
    const bench = await openBench();
    const deliverer = bench.open('one');
    await bench.makeDue();

    await deliverer.deliver();

    expect(bench.mails()).toBe(1);
    expect(bench.happenings).toEqual([{ type: 'delivered', notices: { sent: 1, queued: 0, failed: 0 } }]);
    expect(await deliverer.stop()).toBe('clean');
    expect(await readLease(bench.db, SERVE_LEASE)).toBeUndefined();
  });

  it('leaves all of it to a watch, until that is gone', async () => {
    const bench = await openBench();
    const deliverer = bench.open('one');
    await bench.makeDue();
    await bench.signUp();
    await takeLease(bench.db, WATCH_LEASE, 'a watch', NOW, atSecond(60));

    await deliverer.deliver();
    const beside = [bench.mails(), (await listSubscribers(bench.db)).length];
    bench.setClock(atSecond(60));
    await deliverer.deliver();

    expect(beside).toEqual([0, 1]);
    expect(bench.mails()).toBe(1);
    expect(await listSubscribers(bench.db)).toHaveLength(2);
  });

  it('does not wait for a watch whose clock was wrong', async () => {
    const bench = await openBench();
    await bench.makeDue();
    await takeLease(bench.db, WATCH_LEASE, 'a watch', atSecond(86_400), atSecond(86_460));

    await bench.open('one').deliver();

    expect(bench.mails()).toBe(1);
  });

  it('is one of several at a time, and another when the first has stopped or died', async () => {
    const bench = await openBench();
    const [one, other] = [bench.open('one'), bench.open('other')];

    await one.deliver();
    await other.deliver();
    const first = (await readLease(bench.db, SERVE_LEASE))?.holder;
    await one.stop();
    await other.deliver();
    const second = (await readLease(bench.db, SERVE_LEASE))?.holder;
    bench.setClock(atSecond(61));
    await bench.open('third').deliver();

    const third = (await readLease(bench.db, SERVE_LEASE))?.holder;
    expect([first, second, third]).toEqual(['one', 'other', 'third']);
  });

  it('keeps its lease while it goes on, writing no oftener than it must', async () => {
    const bench = await openBench();
    const deliverer = bench.open('one');
    const untils: (string | undefined)[] = [];

    for (const second of [0, 5, 25, 30, 35, 70]) {
      bench.setClock(atSecond(second));
      await deliverer.deliver();
      untils.push((await readLease(bench.db, SERVE_LEASE))?.until);
    }

    expect(untils).toEqual([60, 60, 60, 90, 90, 130].map(atSecond));
  });

  it('notes a fault and goes on, and delivers what is due all the same', async () => {
    const bench = await openBench();
    const deliverer = bench.open('one');
    await bench.makeDue();
    await deliverer.deliver();
    await bench.db
      .insertInto('signups')
      .values({ ...BROKEN, at: NOW })
      .execute();
    await bench.db.updateTable('outbox').set({ status: 'queued' }).execute();

    await deliverer.deliver();
    await bench.db.deleteFrom('signups').execute();
    bench.setClock(atSecond(86_400));
    await deliverer.deliver();

    expect(bench.happenings.map(({ type }) => type)).toEqual(['delivered', 'fault', 'delivered']);
    expect(bench.mails()).toBe(2);
  });

  it('begins nothing once it is stopped, and waits for what is in flight', async () => {
    const bench = await openBench();
    const deliverer = bench.open('one');
    let stopping: Promise<string> | undefined;
    bench.mailServer.decide(() => {
      stopping = deliverer.stop();
      return 'take';
    });
    await bench.makeDue();
    await bench.makeDue('bruno@example.org');

    await deliverer.deliver();
    const ended = await stopping;
    await deliverer.deliver();

    const letters = await bench.db.selectFrom('outbox').select('status').orderBy('id').execute();
    expect(ended).toBe('clean');
    expect(bench.mails()).toBe(1);
    expect(letters).toEqual([{ status: 'sent' }, { status: 'queued' }]);
  });
});

const BROKEN = { email: 'x', subscription: 'not JSON', consent_words: '', consent_version: '' };
