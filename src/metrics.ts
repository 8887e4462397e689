// Prometheus metrics and /healthz, on a port of their own, when asked for.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gauge, Registry } from 'prom-client';
import type { Session } from './cli/session.ts';
import { instantMs } from './draw/calendar.ts';
import { readStatus, type Status } from './journey/status.ts';
import { SOURCES } from './sources/index.ts';
import type { WorkerState } from './worker.ts';

/** A watch that is so many minutes behind its next look is not well. */
const LATE_MINUTES = 10;

export interface Metrics {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  close(): Promise<void>;
}

/** Answers `/metrics` and `/healthz`; everything else is 404. Numbers only: no address, no score, no URL. */
export async function openMetrics(
  address: { host: string; port: number },
  session: Session,
  state: () => WorkerState,
): Promise<Metrics> {
  const server = createServer(async (request, response) => {
    try {
      const status = await readStatus(session.db, SOURCES, session.config.cadence, session.now());
      if (request.url === '/metrics') {
        const { contentType, text } = await writeMetrics(status, state());
        response.writeHead(200, { 'content-type': contentType }).end(text);
      } else if (request.url === '/healthz') {
        const { healthy, ...answer } = healthOf(status, state(), session.now());
        response.writeHead(healthy ? 200 : 503, { 'content-type': 'application/json' });
        response.end(`${JSON.stringify(answer)}\n`);
      } else response.writeHead(404).end();
    } catch {
      // What went wrong with the database is in the log of the watch; here it is enough that it did.
      response.writeHead(503).end();
    }
  });
  // Whoever scrapes slowly must not hold a connection for ever.
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Made anew for each answer: everything is in the database, and nothing is counted twice. */
async function writeMetrics(status: Status, worker: WorkerState) {
  const registry = new Registry();
  const gauge = (name: string, help: string, label?: string) =>
    new Gauge({ name: `drawbell_${name}`, help, labelNames: label ? [label] : [], registers: [registry] });
  const seconds = (instant: string | null) => (instant === null ? 0 : (instantMs(instant) ?? 0) / 1000);

  gauge('watching', '1 while this process is the one that watches, 0 while it stands by').set(
    worker.role === 'watching' ? 1 : 0,
  );
  const up = gauge('source_up', '1 while the source can be read', 'source');
  const failures = gauge('source_failures', 'failed looks in a row', 'source');
  const quiet = gauge('source_quiet', '1 while there has been no draw for longer than usual', 'source');
  const looked = gauge('source_last_look_timestamp_seconds', 'the last look, 0 for never', 'source');
  const read = gauge('source_last_success_timestamp_seconds', 'the last look that was read', 'source');
  const changed = gauge('source_last_change_timestamp_seconds', 'the last look with news', 'source');
  for (const source of status.sources) {
    const labels = { source: source.id };
    up.set(labels, source.state === 'well' || source.state === 'quiet' ? 1 : 0);
    failures.set(labels, source.failures);
    quiet.set(labels, source.state === 'quiet' ? 1 : 0);
    looked.set(labels, seconds(source.lastLookAt));
    read.set(labels, seconds(source.lastSuccessAt));
    changed.set(labels, seconds(source.lastChangeAt));
  }
  const notices = gauge('notices', 'notices in the outbox', 'status');
  const { oldestQueuedAt, ...counts } = status.outbox;
  for (const [name, count] of Object.entries(counts)) notices.set({ status: name }, count);
  gauge('oldest_notice_timestamp_seconds', 'when the oldest waiting notice was queued, 0 for none').set(
    seconds(oldestQueuedAt),
  );
  gauge('mail_stopped', '1 while mail to readers waits for the mail server').set(status.mail.stopped ? 1 : 0);
  const endpoints = gauge('endpoints', 'endpoints of teams', 'state');
  for (const [name, count] of Object.entries(status.endpoints)) endpoints.set({ state: name }, count);
  const quarantine = gauge('quarantine_rounds', 'rounds that are kept apart', 'status');
  for (const [name, count] of Object.entries(status.quarantine)) quarantine.set({ status: name }, count);
  return { contentType: registry.contentType, text: await registry.metrics() };
}

function healthOf({ sources }: Status, { role }: WorkerState, now: Date) {
  const failing = sources.filter(({ state }) => state === 'failing').map(({ id }) => id);
  const overdue = sources
    .filter(
      ({ nextLookAt }) =>
        nextLookAt !== null && (instantMs(nextLookAt) ?? 0) + LATE_MINUTES * 60_000 < now.getTime(),
    )
    .map(({ id }) => id);
  // One that stands by is well as long as somebody looks.
  return { healthy: failing.length + overdue.length === 0, role, failing, overdue };
}
