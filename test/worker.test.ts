// The watch: when it looks, what it does between, and that only one of two does.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCadence } from '../src/cadence.ts';
import type { Session } from '../src/cli/session.ts';
import { readConfig } from '../src/config.ts';
import { buildFeed } from '../src/demo/feed.ts';
import { watchSource } from '../src/journey.ts';
import { Subscription } from '../src/match/profile.ts';
import { SOURCES } from '../src/sources/index.ts';
import { ircc } from '../src/sources/ircc.ts';
import { isDamage } from '../src/store/check.ts';
import { readLease } from '../src/store/leases.ts';
import { queueLetter } from '../src/store/letters.ts';
import { noteSignUp } from '../src/store/signups.ts';
import { type Happening, openWorker, WATCH_LEASE, type Worker, type WorkerDeps } from '../src/worker.ts';
import { shippedDraws } from './draw/history.ts';
import { addTeam, type Installation, openInstallation, subscribe } from './support/journey.ts';
import { makeFolder, openTestStore } from './support/store.ts';

/** A Friday, at noon in Toronto: the default cadence looks every minute. */
const NOON = '2024-05-31T16:00:02Z';
const DRAWS = shippedDraws();
const BEFORE = DRAWS.filter(({ date }) => date <= '2024-05-30');
const WITH_NEWS = DRAWS.filter(({ date }) => date <= '2024-05-31');

interface Watch extends Worker {
  happenings: Happening[];
  /** The types of what has happened since it was last asked. */
  news(): string[];
}

function openWatch(session: Session, holder = 'one', deps: Partial<WorkerDeps> = {}): Watch {
  const happenings: Happening[] = [];
  const worker = openWorker(session, { holder, note: (happening) => happenings.push(happening), ...deps });
  let told = 0;
  return {
    ...worker,
    happenings,
    news() {
      const types = happenings.slice(told).map(({ type }) => type);
      told = happenings.length;
      return types;
    },
  };
}

function sessionOf(installation: Installation, words?: string): Session {
  const config = readConfig({}, SOURCES);
  const cadence = words === undefined ? config.cadence : readCadence(words);
  if (!cadence) throw new Error(`not understood: ${words}`);
  return { ...installation, config: { ...config, cadence } };
}

/** Ticks at each of these times of the day, and says at which of them it looked. */
async function looksAt(
  installation: Installation,
  watch: Watch,
  times: readonly string[],
): Promise<string[]> {
  const looked: string[] = [];
  for (const time of times) {
    installation.setClock(`2024-05-31T${time}Z`);
    await watch.tick();
    if (watch.news().includes('looked')) looked.push(time);
  }
  return looked;
}

describe('the watch', () => {
  it('looks at once, then each time the cadence says', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    const watch = openWatch(sessionOf(installation, 'every 2 minutes'));

    const looked = await looksAt(installation, watch, [
      '16:00:02',
      '16:01:00',
      '16:02:03',
      '16:03:01',
      '16:04:00',
    ]);

    expect(looked).toEqual(['16:00:02', '16:02:03', '16:04:00']);
    expect(installation.site.asked.map(({ status }) => status)).toEqual([200, 304, 304]);
  });

  it('tells what is new, as a run does', async () => {
    const installation = await openInstallation(BEFORE, '2024-05-31T15:59:00Z');
    await addTeam(installation);
    const watch = openWatch(sessionOf(installation));
    await watch.tick();

    installation.site.publish(buildFeed(WITH_NEWS));
    installation.setClock(NOON);
    await watch.tick();

    const { lastLook, lastReport, role } = watch.state();
    expect(role).toBe('watching');
    expect(lastLook).toBe(Date.parse(NOON));
    expect(lastReport?.sources[0]?.draws.new).toEqual(['ircc:297']);
    expect(watch.news()).toEqual(['watching', 'looked', 'looked', 'delivered']);
    expect(lastReport?.queued).toBeGreaterThan(0);
    expect(installation.team.received.length).toBe(lastReport?.queued);
  });

  it('deals with who signed up and hands the letter over, also while nothing is to be looked at', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    const watch = openWatch(sessionOf(installation));
    await watch.tick();
    const subscription = Subscription.parse({ email: 'amina@example.org' });
    const signUp = { subscription, consentWords: 'Yes', consentVersion: '1' };
    await noteSignUp(installation.db, signUp, NOON);
    watch.news();

    await watch.deliver();

    // There is no page to confirm on, so that it is given up.
    expect(watch.happenings.at(-1)).toEqual({
      type: 'delivered',
      notices: { sent: 0, queued: 0, failed: 1 },
    });
    expect(await installation.db.selectFrom('subscribers').select('status').execute()).toEqual([
      { status: 'pending' },
    ]);
  });

  it('delivers although readers cannot be tended', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    const watch = openWatch(sessionOf(installation));
    await watch.tick();
    await subscribe(installation.db, 'amina@example.org');
    await queueLetter(installation.db, 1, 'renew-score', NOON);
    const broken = { email: 'x', subscription: 'not JSON', consent_words: '', consent_version: '', at: NOON };
    await installation.db.insertInto('signups').values(broken).execute();
    watch.news();

    await watch.deliver();

    expect(watch.news()).toEqual(['fault', 'delivered']);
    expect(installation.mailServer.received).toHaveLength(1);
  });

  it('looks at once after a sleep, once', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    const watch = openWatch(sessionOf(installation));

    const looked = await looksAt(installation, watch, [
      '16:00:02',
      '22:50:00',
      '22:51:00',
      '23:19:00',
      '23:20:00',
    ]);

    expect(looked).toEqual(['16:00:02', '22:50:00', '23:20:00']);
  });

  it('hands over what has become due when it is not yet time to look', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    await addTeam(installation);
    const watch = openWatch(sessionOf(installation, 'every hour'));
    await watch.tick();
    installation.site.publish(buildFeed(WITH_NEWS));
    installation.team.answerWith((response) => response.writeHead(503).end());
    installation.setClock('2024-05-31T17:00:00Z');
    await watch.tick();
    const refused = installation.team.received.length;
    watch.news();

    installation.team.answerWith((response) => response.writeHead(204).end());
    installation.setClock('2024-05-31T17:01:00Z');
    await watch.tick();
    const first = watch.news();
    installation.setClock('2024-05-31T17:02:00Z');
    await watch.tick();

    expect(refused).toBeGreaterThan(0);
    expect(first).toEqual(['delivered']);
    expect(installation.team.received.length).toBe(2 * refused);
    expect(watch.news()).toEqual([]);
    expect(installation.site.asked).toHaveLength(2);
  });

  it('looks every five minutes at most while a server ignores conditions', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    let unconditional = true;
    const watch = openWatch(sessionOf(installation), 'one', { isUnconditional: async () => unconditional });

    const slow = await looksAt(installation, watch, ['16:00:00', '16:01:00', '16:04:59', '16:05:00']);
    unconditional = false;
    const quick = await looksAt(installation, watch, ['16:06:00', '16:07:00']);

    expect(slow).toEqual(['16:00:00', '16:05:00']);
    expect(quick).toEqual(['16:06:00', '16:07:00']);
  });

  it('finds by itself that the server ignores conditions', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    const feed = buildFeed(BEFORE);
    installation.site.answerWith((response) =>
      response.writeHead(200, { 'content-type': 'application/json', etag: '"same"' }).end(feed),
    );
    const watch = openWatch(sessionOf(installation));

    const looked = await looksAt(installation, watch, [
      '16:00:00',
      '16:01:00',
      '16:02:00',
      '16:03:00',
      '16:06:00',
    ]);

    expect(looked).toEqual(['16:00:00', '16:01:00', '16:06:00']);
  });

  it('does not begin a second look while one is under way', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    const { site } = installation;
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    site.answerWith(async (response) => {
      asked.resolve();
      await answer.promise;
      response.writeHead(200, { 'content-type': 'application/json' }).end(buildFeed(BEFORE));
    });
    const watch = openWatch(sessionOf(installation));

    const first = watch.tick();
    await asked.promise;
    installation.setClock('2024-05-31T16:01:00Z');
    await watch.tick();
    answer.resolve();
    await first;

    expect(watch.news()).toEqual(['watching', 'looked']);
    expect(site.asked).toHaveLength(1);
  });

  it('calls what is to be done after each tick with the time, also when the source fails', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    installation.site.answerWith((response) => response.writeHead(404).end());
    const after: string[] = [];
    const watch = openWatch(sessionOf(installation), 'one', {
      afterTick: async (now) => {
        after.push(now.toISOString());
      },
    });

    await watch.tick();
    installation.setClock('2024-05-31T16:01:00Z');
    await watch.tick();

    expect(after).toEqual(['2024-05-31T16:00:02.000Z', '2024-05-31T16:01:00.000Z']);
    expect(watch.state().lastReport?.sources[0]?.status).toBe('failing');
  });

  it('tells of a fault and goes on', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    let broken = true;
    const watch = openWatch(sessionOf(installation), 'one', {
      isUnconditional: async () => {
        if (broken) throw new Error('a fault of ours');
        return false;
      },
    });

    await watch.tick();
    broken = false;
    installation.setClock('2024-05-31T16:01:00Z');
    await watch.tick();

    expect(watch.news()).toEqual(['watching', 'fault', 'looked']);
  });

  it('ends when the database is damaged', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    const damage = Object.assign(new Error('database disk image is malformed'), {
      code: 'SQLITE_CORRUPT_INDEX',
    });
    const watch = openWatch(sessionOf(installation), 'one', {
      isUnconditional: async () => {
        throw new Error('while reading', { cause: damage });
      },
    });

    const ticked = watch.tick();

    await expect(ticked).rejects.toThrow('while reading');
    expect(watch.news()).toEqual(['watching']);
    expect(isDamage(damage)).toBe(true);
    expect(isDamage(Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' }))).toBe(false);
  });
});

describe('two that watch one database', () => {
  async function openTwo() {
    const file = join(makeFolder(), 'drawbell.db');
    const installation = await openInstallation(BEFORE, NOON, file);
    const session = sessionOf(installation);
    const one = openWatch(session, 'one');
    const two = openWatch({ ...session, db: openTestStore(file) }, 'two');
    return { installation, one, two };
  }

  it('have only one that looks', async () => {
    const { installation, one, two } = await openTwo();

    for (const time of ['16:00:02', '16:01:01', '16:02:03']) {
      installation.setClock(`2024-05-31T${time}Z`);
      // In turns: SQLite keeps a whole process waiting for another's transaction, and here both are one.
      await one.tick();
      await two.tick();
    }

    expect([one, two].map((watch) => watch.state().role)).toEqual(['watching', 'standby']);
    expect(one.news()).toEqual(['watching', 'looked', 'looked', 'looked']);
    expect(two.news()).toEqual(['standby']);
    expect(installation.site.asked).toHaveLength(3);
  });

  it('have only the one that watches hand over what is due', async () => {
    const { installation, one, two } = await openTwo();
    await addTeam(installation);
    await one.tick();
    installation.site.publish(buildFeed(WITH_NEWS));
    await watchSource(ircc, installation);
    await two.tick();

    await two.deliver();
    const before = installation.team.received.length;
    await one.deliver();

    expect(before).toBe(0);
    expect(installation.team.received.length).toBeGreaterThan(0);
  });

  it('have the other take over, and look at once, when the lease of one that died has run out', async () => {
    const { installation, one, two } = await openTwo();
    await one.tick();
    await two.tick();

    // The first is not heard of again.
    installation.setClock('2024-05-31T16:01:01Z');
    await two.heartbeat();
    const waiting = two.news();
    installation.setClock('2024-05-31T16:01:02Z');
    await two.heartbeat();

    expect(waiting).toEqual(['standby']);
    expect(two.news()).toEqual(['watching', 'looked']);
    expect(await readLease(installation.db, WATCH_LEASE)).toMatchObject({ holder: 'two' });
  });

  it('have the first stand by when it wakes up after the other took over', async () => {
    const { installation, one, two } = await openTwo();
    await one.tick();
    installation.setClock('2024-05-31T16:05:00Z');
    await two.tick();

    await one.heartbeat();
    await one.tick();

    expect(one.news()).toEqual(['watching', 'looked', 'standby']);
    expect(two.news()).toEqual(['watching', 'looked']);
  });

  it('have the other wait as long as the first is heard of, however long its look takes', async () => {
    const { installation, one, two } = await openTwo();
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    installation.site.answerWith(async (response) => {
      asked.resolve();
      await answer.promise;
      response.writeHead(200, { 'content-type': 'application/json' }).end(buildFeed(BEFORE));
    });
    const look = one.tick();
    await asked.promise;

    for (const time of ['16:00:22', '16:00:42', '16:01:02', '16:01:22']) {
      installation.setClock(`2024-05-31T${time}Z`);
      await one.heartbeat();
      await two.tick();
    }
    answer.resolve();
    await look;

    expect(two.news()).toEqual(['standby']);
    expect(one.news()).toEqual(['watching', 'looked']);
  });

  it('have the other take over at once from one that was stopped', async () => {
    const { installation, one, two } = await openTwo();
    await one.tick();
    await two.tick();

    const stopped = await one.stop();
    installation.setClock('2024-05-31T16:00:22Z');
    await two.heartbeat();

    expect(stopped).toBe('clean');
    expect(two.news()).toEqual(['standby', 'watching', 'looked']);
  });
});

describe('the end of a watch', () => {
  /** A look with news, whose webhook is under way and not answered until `answer` is called. */
  async function openInFlight(deps: Partial<WorkerDeps> = {}) {
    const installation = await openInstallation(BEFORE, '2024-05-31T15:59:00Z');
    await addTeam(installation);
    const watch = openWatch(sessionOf(installation), 'one', deps);
    await watch.tick();
    const asked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    installation.team.answerWith(async (response) => {
      asked.resolve();
      await answered.promise;
      response.writeHead(204).end();
    });
    installation.site.publish(buildFeed(WITH_NEWS));
    installation.setClock(NOON);
    watch.news();
    const look = watch.tick();
    await asked.promise;
    return { installation, watch, look, answer: answered.resolve };
  }

  it('waits for what is under way, lets go of the lease, and begins nothing more', async () => {
    const { installation, watch, answer } = await openInFlight();

    const stopping = watch.stop();
    answer();
    const stopped = await stopping;
    installation.setClock('2024-05-31T16:01:00Z');
    await watch.tick();
    await watch.heartbeat();

    expect(stopped).toBe('clean');
    expect(watch.news()).toEqual(['looked', 'delivered']);
    expect(watch.state()).toMatchObject({
      role: 'stopping',
      lastReport: { queued: 2 },
    });
    expect(await readLease(installation.db, WATCH_LEASE)).toBeUndefined();
    expect(installation.site.asked).toHaveLength(2);
  });

  it('does not wait for ever, and lets go of the lease all the same', async () => {
    const { installation, watch, look, answer } = await openInFlight({ patience: 0 });

    const stopped = await watch.stop();
    const lease = await readLease(installation.db, WATCH_LEASE);
    answer();
    await look;

    expect(stopped).toBe('forced');
    expect(lease).toBeUndefined();
  });

  it('is clean when there was never anything to do', async () => {
    const installation = await openInstallation(BEFORE, NOON);
    const watch = openWatch(sessionOf(installation));

    const stopped = await watch.stop();

    expect(stopped).toBe('clean');
    expect(watch.news()).toEqual([]);
  });
});
