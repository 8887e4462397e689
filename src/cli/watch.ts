// `drawbell watch`: keeps looking until it is told to stop.

import { Command } from 'commander';
import { type ScheduledTask, schedule } from 'node-cron';
import { formatCadence, JITTER, TICK } from '../cadence.ts';
import { readConfig } from '../config.ts';
import { InputError } from '../errors.ts';
import { SOURCES } from '../sources/index.ts';
import { HEARTBEAT, openWorker, type Worker } from '../worker.ts';
import { EXIT } from './exit.ts';
import { type Log, openLogOf } from './log.ts';
import { type Address, addressOption } from './options.ts';
import { nameOfProcess } from './process-name.ts';
import { backUpToday } from './run.ts';
import { closeSession, openSession, type Session, settleHistory } from './session.ts';

interface Addresses {
  metrics?: Address | undefined;
  /** `true`: where it is by default. */
  serve?: Address | true | undefined;
}

interface Options extends Addresses {
  logLevel?: string;
  json?: boolean;
}

/** Whatever still hangs so long after a signal is left to itself, in milliseconds. */
const LAST_RESORT = 10_000;
/** How often it is looked whether a notice is due again, in milliseconds: the first pause of the schedule. */
const DELIVERIES = 5_000;
/** With its jitter, a tick stays within its minute. */
const LATEST_SECOND = 50;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

export function makeCommand(): Command {
  return new Command('watch')
    .option(
      '--metrics <address>',
      'serve /metrics and /healthz on this port, as 9464 or 0.0.0.0:9464',
      addressOption,
    )
    .option(
      '--serve [address]',
      'also serve the pages, as `drawbell serve` does (default: 127.0.0.1:8080)',
      addressOption,
    )
    .option('--json', 'write the log as JSON lines, also on a terminal')
    .option('--log-level <level>', 'trace, debug, info, warn, error or silent (default: LOG_LEVEL, or info)')
    .action(async (options: Options) => {
      process.exitCode = await watch(options);
    });
}

/** Until a signal ends it. Returns the exit code. */
async function watch({ metrics, serve, logLevel, json = false }: Options): Promise<number> {
  const signal = nextSignal();
  const config = readConfig(process.env, SOURCES);
  const log = await openLogOf(config, logLevel, json);
  const session = openSession(config, () => new Date(), log.warn);
  try {
    await settleHistory(session);
    return await watchUntil(signal, session, log, { metrics, serve });
  } finally {
    await closeSession(session);
  }
}

async function watchUntil(
  signal: Promise<string>,
  session: Session,
  log: Log,
  addresses: Addresses,
): Promise<number> {
  const worker = openWorker(session, {
    holder: nameOfProcess(),
    note: log.note,
    afterTick: () => backUpToday(session),
  });
  const servers = await openServers(addresses, session, worker, log);
  log.info(`looks ${formatCadence(session.config.cadence)} (Toronto time)`);

  const damage = Promise.withResolvers<unknown>();
  // Nobody waits for it: a long delivery must not keep the next look from being made.
  const tick = () => void worker.tick().catch(damage.resolve);
  const ticks = scheduleTicks(tick, log);
  const heartbeats = setInterval(() => worker.heartbeat().catch(damage.resolve), HEARTBEAT);
  const deliveries = setInterval(() => worker.deliver().catch(damage.resolve), DELIVERIES);
  tick();
  const code = await Promise.race([
    signal.then((name) => {
      log.info(`${name}: stopping`);
      return EXIT.done;
    }),
    damage.promise.then((error) => {
      log.note({ type: 'fault', error });
      log.error('the database is damaged, so the watch ends: `drawbell doctor` says how to restore a backup');
      return EXIT.fault;
    }),
  ]);

  // Should anything else hang, it holds nothing that the next start would not find again.
  setTimeout(() => process.exit(code), LAST_RESORT).unref();
  clearInterval(heartbeats);
  clearInterval(deliveries);
  await ticks.destroy();
  const [ended] = await Promise.all([worker.stop(), servers.pages?.close()]);
  if (ended === 'forced') {
    // The database stays open under what is in flight: a crash does it no harm, a close might fail.
    log.warn('stopped before everything in flight was finished: it will be done again');
    process.exit(code);
  }
  await servers.metrics?.close();
  log.info('stopped');
  return code;
}

/** Every minute, at a second of this process's own, so that installations do not all come at once. */
function scheduleTicks(tick: () => void, log: Log): ScheduledTask {
  const second = Math.floor(Math.random() * LATEST_SECOND);
  return schedule(`${second} * * * * *`, tick, {
    // A minute is one anywhere, and in Toronto node-cron leaves out the hour that comes twice in November. What
    // is looked up in Toronto time is the cadence.
    timezone: 'Etc/UTC',
    noOverlap: true,
    maxRandomDelay: JITTER,
    // A tick that comes late, after sleep or under load, is still better than none.
    missedExecutionTolerance: TICK - 1_000,
    suppressMissedWarning: true,
    logger: {
      info: log.debug,
      warn: log.debug,
      debug: (message) => log.debug(String(message)),
      error: (error) => log.note({ type: 'fault', error }),
    },
  });
}

async function openServers(
  { metrics: metricsAt, serve }: Addresses,
  session: Session,
  worker: Worker,
  log: Log,
) {
  const metrics = metricsAt && (await openMetricsAt(metricsAt, session, worker, log));
  try {
    return { metrics, pages: serve && (await openPagesAt(serve, session, worker, log)) };
  } catch (error) {
    // Left open it would keep the process from ending.
    await metrics?.close();
    throw error;
  }
}

async function openPagesAt(address: Address | true, session: Session, worker: Worker, log: Log) {
  const { openServe } = await import('../web/serve.ts');
  // A fault of it is met again, and told, by the next delivery.
  const wake = () => void worker.deliver().catch(() => undefined);
  return openServe(address, session, { option: '--serve', info: log.info, wake });
}

async function openMetricsAt(address: Address, session: Session, worker: Worker, log: Log) {
  const { openMetrics } = await import('../metrics.ts');
  const metrics = await openMetrics(address, session, worker.state).catch(
    ({ code }: NodeJS.ErrnoException) => {
      const fault = { where: '--metrics', expected: 'an address that is free here', found: String(code) };
      throw new InputError('the metrics cannot be served', [fault]);
    },
  );
  log.info(`metrics at ${metrics.origin}/metrics`);
  return metrics;
}

/** The first signal to stop; a second one ends the process as it would any. */
function nextSignal(): Promise<string> {
  return new Promise((resolve) => {
    const stop = (signal: string) => {
      for (const other of SIGNALS) process.off(other, stop);
      resolve(signal);
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}
