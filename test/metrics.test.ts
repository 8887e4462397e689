// Prometheus metrics and /healthz: the numbers of the database, and nothing private.

import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runOnce } from '../src/cli/run.ts';
import { closeSession, openSession, type Session } from '../src/cli/session.ts';
import { readConfig } from '../src/config.ts';
import { buildFeed } from '../src/demo/feed.ts';
import { openMailServer } from '../src/demo/mail-server.ts';
import { type OfficialSite, openOfficialSite } from '../src/demo/official-site.ts';
import { openReceiver } from '../src/demo/receiver.ts';
import { type Metrics, openMetrics } from '../src/metrics.ts';
import { SOURCES } from '../src/sources/index.ts';
import { addEndpoint } from '../src/store/endpoints.ts';
import { dropFromQuarantine } from '../src/store/quarantine.ts';
import type { WorkerState } from '../src/worker.ts';
import { shippedDraws } from './draw/history.ts';
import { subscribe } from './support/journey.ts';
import { makeFolder } from './support/store.ts';

const MORNING = '2024-05-30T18:00:00.000Z';
const NEWS = '2024-05-31T16:00:00.000Z';
const HISTORY = shippedDraws();
const feedAsOf = (asOf: string) => buildFeed(HISTORY, { asOf });
const seconds = (instant: string) => Date.parse(instant) / 1000;

interface World extends Metrics {
  site: OfficialSite;
  session: Session;
  /** Looks once, at this instant; the clock stays there. */
  lookAt(instant: string): Promise<void>;
  setClock(instant: string): void;
  setRole(role: WorkerState['role']): void;
  get(path: string): Promise<{ status: number; type: string | null; text: string }>;
}

/** An installation that has not looked yet, with a reader whom no mail reaches at present, and a team. */
async function openWorld(): Promise<World> {
  const [site, mail, team] = await Promise.all([
    openOfficialSite(feedAsOf('2024-05-30')),
    openMailServer(),
    openReceiver(),
  ]);
  mail.refuseWith({ status: 451, text: '4.3.0 later' });
  const config = readConfig(
    {
      DRAWBELL_DATABASE: join(makeFolder(), 'drawbell.db'),
      DRAWBELL_HISTORY: 'none',
      DRAWBELL_IRCC_URL: site.feedUrl,
      DRAWBELL_IRCC_PAGE_URL: site.pageUrl,
      DRAWBELL_SMTP_URL: mail.url,
      DRAWBELL_ALLOW_PRIVATE: '127.0.0.1',
      DRAWBELL_BROWSER: '/nowhere/chromium',
    },
    SOURCES,
  );
  let now = new Date(MORNING);
  const session = openSession(
    config,
    () => now,
    () => undefined,
  );
  await subscribe(session.db, 'zelda.private@example.org', { crs: 1143 });
  const endpoint = { url: `${team.url}?key=swordfish`, kind: 'standard' as const, events: null };
  const { secret } = await addEndpoint(session.db, endpoint, MORNING);
  expect(secret).toMatch(/^whsec_/);

  const state: WorkerState = { role: 'watching', lastLook: null, lastReport: null };
  const metrics = await openMetrics({ host: '127.0.0.1', port: 0 }, session, () => state);
  onTestFinished(async () => {
    await metrics.close();
    await closeSession(session);
    await Promise.all([site.close(), mail.close(), team.close()]);
  });
  return {
    ...metrics,
    site,
    session,
    async lookAt(instant) {
      now = new Date(instant);
      await runOnce(session);
    },
    setClock(instant) {
      now = new Date(instant);
    },
    setRole(role) {
      state.role = role;
    },
    async get(path) {
      const response = await fetch(metrics.origin + path);
      return {
        status: response.status,
        type: response.headers.get('content-type'),
        text: await response.text(),
      };
    },
  };
}

/** Reads the text format of Prometheus strictly: every sample after a HELP and a TYPE of its own. */
function readExposition(text: string): Record<string, number> {
  expect(text).toMatch(/\n$/);
  const samples: Record<string, number> = {};
  let described = '';
  let typed = '';
  for (const line of text.split('\n')) {
    const [, kind, of = ''] = /^# (HELP|TYPE) ([a-z_]+) \S.*$/.exec(line) ?? [];
    const [, name = '', labels = '', value = ''] =
      /^([a-z_]+)(\{[a-z_]+="[\w-]+"(?:,[a-z_]+="[\w-]+")*\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(line) ??
      [];
    if (kind === 'HELP') described = of;
    else if (kind === 'TYPE') {
      expect(line).toBe(`# TYPE ${described} gauge`);
      typed = of;
    } else if (name !== '') {
      expect(name).toBe(typed);
      expect(samples).not.toHaveProperty([name + labels]);
      samples[name + labels] = Number(value);
    } else expect(line).toBe('');
  }
  return samples;
}

describe('/metrics', () => {
  test('before the first look has a zero for everything', async () => {
    const { get } = await openWorld();

    const { status, type, text } = await get('/metrics');

    expect(status).toBe(200);
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    const {
      drawbell_watching: watching,
      'drawbell_endpoints{state="well"}': well,
      ...others
    } = readExposition(text);
    expect([watching, well]).toEqual([1, 1]);
    expect(Object.keys(others)).not.toEqual([]);
    expect(Object.values(others).filter((value) => value !== 0)).toEqual([]);
  });

  test('has the numbers of the database, the same at each answer', async () => {
    const world = await openWorld();
    await world.lookAt(MORNING);
    const rounds = JSON.parse(feedAsOf('2024-05-31')).rounds.filter(
      ({ drawNumber }: { drawNumber: string }) => !['288', '289', '290'].includes(drawNumber),
    );
    world.site.publish(JSON.stringify({ rounds }));
    await world.lookAt(NEWS);
    await dropFromQuarantine(world.session.db, 'ircc:290');
    world.setRole('standby');

    const { text } = await world.get('/metrics');
    const again = await world.get('/metrics');

    expect(readExposition(text)).toEqual({
      drawbell_watching: 0,
      'drawbell_source_up{source="ircc"}': 1,
      'drawbell_source_failures{source="ircc"}': 0,
      'drawbell_source_quiet{source="ircc"}': 0,
      'drawbell_source_last_look_timestamp_seconds{source="ircc"}': seconds(NEWS),
      'drawbell_source_last_success_timestamp_seconds{source="ircc"}': seconds(NEWS),
      'drawbell_source_last_change_timestamp_seconds{source="ircc"}': seconds(NEWS),
      'drawbell_notices{status="queued"}': 1,
      'drawbell_notices{status="sent"}': 2,
      'drawbell_notices{status="failed"}': 0,
      'drawbell_notices{status="held"}': 0,
      'drawbell_notices{status="dropped"}': 0,
      drawbell_mail_stopped: expect.any(Number),
      'drawbell_endpoints{state="well"}': 1,
      'drawbell_endpoints{state="failing"}': 0,
      'drawbell_endpoints{state="disabled"}': 0,
      drawbell_oldest_notice_timestamp_seconds: seconds(NEWS),
      'drawbell_quarantine_rounds{status="held"}': 2,
      'drawbell_quarantine_rounds{status="dropped"}': 1,
    });
    expect(again.text).toBe(text);
  });

  test('shows a source that fails, and when it was well last', async () => {
    const world = await openWorld();
    await world.lookAt(MORNING);
    world.site.answerWith((response) => response.writeHead(400).end());
    await world.lookAt(NEWS);
    await world.lookAt('2024-05-31T16:01:00.000Z');

    const { text } = await world.get('/metrics');

    expect(readExposition(text)).toMatchObject({
      'drawbell_source_up{source="ircc"}': 0,
      'drawbell_source_failures{source="ircc"}': 2,
      'drawbell_source_last_look_timestamp_seconds{source="ircc"}': seconds(NEWS) + 60,
      'drawbell_source_last_success_timestamp_seconds{source="ircc"}': seconds(MORNING),
      'drawbell_source_last_change_timestamp_seconds{source="ircc"}': seconds(MORNING),
    });
  });

  test('shows a source that is quiet for too long as up, and as quiet', async () => {
    const world = await openWorld();
    await world.lookAt(MORNING);
    await world.lookAt('2024-07-19T16:00:00.000Z');

    const { text } = await world.get('/metrics');
    const health = await world.get('/healthz');

    expect(readExposition(text)).toMatchObject({
      'drawbell_source_up{source="ircc"}': 1,
      'drawbell_source_quiet{source="ircc"}': 1,
    });
    expect(health.status).toBe(200);
  });
});

describe('/healthz', () => {
  const answer = ({ status, text }: { status: number; text: string }) => [status, JSON.parse(text)];

  test('is 200 before the first look and after one that was read', async () => {
    const world = await openWorld();

    const before = await world.get('/healthz');
    await world.lookAt(MORNING);
    world.setRole('standby');
    const after = await world.get('/healthz');

    expect(before.type).toBe('application/json');
    expect(answer(before)).toEqual([200, { role: 'watching', failing: [], overdue: [] }]);
    expect(answer(after)).toEqual([200, { role: 'standby', failing: [], overdue: [] }]);
  });

  test('is 503 while a source fails, and 200 again when it is well', async () => {
    const world = await openWorld();
    await world.lookAt(MORNING);

    world.site.answerWith((response) => response.writeHead(400).end());
    await world.lookAt(NEWS);
    const failing = await world.get('/healthz');
    world.site.publish(feedAsOf('2024-05-31'));
    await world.lookAt('2024-05-31T16:01:00.000Z');
    const well = await world.get('/healthz');

    expect(answer(failing)).toEqual([503, { role: 'watching', failing: ['ircc'], overdue: [] }]);
    expect(answer(well)).toEqual([200, { role: 'watching', failing: [], overdue: [] }]);
  });

  test('is 503 when the next look is more than ten minutes overdue', async () => {
    const world = await openWorld();
    await world.lookAt(NEWS);

    // Due at 16:01.
    world.setClock('2024-05-31T16:11:00.000Z');
    const late = await world.get('/healthz');
    world.setClock('2024-05-31T16:11:00.001Z');
    const tooLate = await world.get('/healthz');

    expect(answer(late)).toEqual([200, { role: 'watching', failing: [], overdue: [] }]);
    expect(answer(tooLate)).toEqual([503, { role: 'watching', failing: [], overdue: ['ircc'] }]);
  });

  test('is not overdue at night, when looks are half an hour apart', async () => {
    const world = await openWorld();
    await world.lookAt('2024-06-01T03:00:00.000Z');

    world.setClock('2024-06-01T03:40:00.000Z');
    const late = await world.get('/healthz');
    world.setClock('2024-06-01T03:40:00.001Z');
    const tooLate = await world.get('/healthz');

    expect([late.status, tooLate.status]).toEqual([200, 503]);
  });

  test('is 503 when the database cannot be read', async () => {
    const world = await openWorld();

    await world.session.db.destroy();
    const answers = [await world.get('/healthz'), await world.get('/metrics')];

    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [503, ''],
      [503, ''],
    ]);
  });
});

describe('the port', () => {
  test.each(['/', '/metrics/', '/healthz/x', '/favicon.ico'])('answers 404 at %s', async (path) => {
    const { get } = await openWorld();

    const { status, text } = await get(path);

    expect([status, text]).toEqual([404, '']);
  });

  test('gives away nothing private', async () => {
    const world = await openWorld();
    await world.lookAt(MORNING);
    world.site.publish(feedAsOf('2024-05-31'));
    await world.lookAt(NEWS);
    world.site.answerWith((response) => response.writeHead(400).end());
    await world.lookAt('2024-05-31T16:01:00.000Z');

    const answers = await Promise.all(['/metrics', '/healthz', '/'].map(world.get));

    const texts = answers.map(({ text }) => text.toLowerCase()).join('\n');
    expect(texts).toContain('drawbell_notices{status="queued"} 1');
    const words = ['zelda', 'private', '@', '1143', 'swordfish', 'whsec', 'ep_', '://', '127.0.0.1', 'smtp'];
    expect(words.filter((word) => texts.includes(word))).toEqual([]);
  });

  test('that is taken fails at once', async () => {
    const { origin, session } = await openWorld();
    const port = Number(new URL(origin).port);
    const state = (): WorkerState => ({ role: 'watching', lastLook: null, lastReport: null });

    await expect(openMetrics({ host: '127.0.0.1', port }, session, state)).rejects.toThrow('EADDRINUSE');
  });
});
