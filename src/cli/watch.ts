// `drawbell watch`: keeps looking until it is told to stop.

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { type ScheduledTask, schedule } from 'node-cron';
import { formatCadence, JITTER, TICK } from '../cadence.ts';
import { readConfig } from '../config.ts';
import { InputError } from '../errors.ts';
import { SOURCES } from '../sources/index.ts';
import { HEARTBEAT, openWorker, type Worker } from '../worker.ts';
import { EXIT } from './exit.ts';
import { type Log, openLog } from './log.ts';
import { backUpToday } from './run.ts';
import { closeSession, openSession, type Session, settleHistory } from './session.ts';

interface Options {
  metrics?: Address;
  logLevel?: string;
  json?: boolean;
}

interface Address {
  host: string;
  port: number;
}

/** Whatever still hangs so long after a signal is left to itself, in milliseconds. */
const LAST_RESORT = 10_000;
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
    .option('--json', 'write the log as JSON lines, also on a terminal')
    .option('--log-level <level>', 'trace, debug, info, warn, error or silent (default: LOG_LEVEL, or info)')
    .action(async (options: Options) => {
      process.exitCode = await watch(options);
    });
}

/** A port of this machine alone, or of the address in front of it. */
export function addressOption(text: string): Address {
  const match = /^(?:([\w.-]+|\[[\da-fA-F:.]+\]):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (!match || port > 65_535)
    throw new InvalidArgumentError('expected a port, or an address such as 0.0.0.0:9464');
  return { host: match[1]?.replace(/^\[|\]$/g, '') ?? '127.0.0.1', port };
}

/** Until a signal ends it. Returns the exit code. */
async function watch({ metrics: address, logLevel, json = false }: Options): Promise<number> {
  const signal = nextSignal();
  const config = readConfig(process.env, SOURCES);
  const log = await openLog(
    logLevel ?? config.logLevel,
    logLevel === undefined ? 'LOG_LEVEL' : '--log-level',
    json,
  );
  const session = openSession(config, () => new Date(), log.warn);
  try {
    await settleHistory(session);
    return await watchUntil(signal, session, log, address);
  } finally {
    await closeSession(session);
  }
}

async function watchUntil(
  signal: Promise<string>,
  session: Session,
  log: Log,
  address: Address | undefined,
): Promise<number> {
  const worker = openWorker(session, {
    holder: nameOfProcess(),
    note: log.note,
    afterTick: () => backUpToday(session),
  });
  const metrics = address && (await openMetricsAt(address, session, worker, log));
  log.info(`looks ${formatCadence(session.config.cadence)} (Toronto time)`);

  const damage = Promise.withResolvers<unknown>();
  const tick = () => worker.tick().catch(damage.resolve);
  const ticks = scheduleTicks(tick, log);
  const heartbeats = setInterval(() => worker.heartbeat().catch(damage.resolve), HEARTBEAT);
  void tick();
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
  await ticks.destroy();
  const ended = await worker.stop();
  if (ended === 'forced') {
    // The database stays open under what is in flight: a crash does it no harm, a close might fail.
    log.warn('stopped before everything in flight was finished: it will be done again');
    process.exit(code);
  }
  await metrics?.close();
  log.info('stopped');
  return code;
}

/** Every minute, at a second of this process's own, so that installations do not all come at once. */
function scheduleTicks(tick: () => Promise<void>, log: Log): ScheduledTask {
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

function nameOfProcess(): string {
  return `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
}
