// The log of the watch on standard error: JSON lines for programs, something nicer on a terminal.

import { type DestinationStream, levels, pino } from 'pino';
import type { Config } from '../config.ts';
import { type Fault, InputError, quote } from '../errors.ts';
import type { Happening } from '../worker.ts';
import { harmless } from './harmless.ts';

export interface Log {
  /** One line to the operator, as everything else that drawbell has to say. */
  warn(message: string): void;
  error(message: string): void;
  info(message: string): void;
  debug(message: string): void;
  note(happening: Happening): void;
}

export const LEVELS: readonly string[] = [...Object.values(levels.labels), 'silent'];

/** The log of a command that runs on: at the level of its option, or else of the environment. */
export function openLogOf({ logLevel }: Config, option: string | undefined, json: boolean): Promise<Log> {
  return openLog(option ?? logLevel, option === undefined ? 'LOG_LEVEL' : '--log-level', json);
}

/**
 * Writes lines of this level and above. Throws `InputError` for a level there is none of.
 * @param where what the level was named in, for the message
 * @param json lines of JSON also on a terminal
 */
export async function openLog(level: string, where: string, json: boolean): Promise<Log> {
  if (!LEVELS.includes(level)) {
    const fault: Fault = { where, expected: `one of ${LEVELS.join(', ')}`, found: quote(level) };
    throw new InputError('the log cannot be opened', [fault]);
  }
  const { fd } = process.stderr;
  const pretty = process.stderr.isTTY && !json;
  // Synchronous, so that the last line before an end is not lost.
  return makeLog(level, pretty ? await prettyStream(fd) : pino.destination({ dest: fd, sync: true }));
}

export function makeLog(level: string, stream: DestinationStream): Log {
  const logger = pino(
    {
      level,
      // Which process and host is known to whoever collects the lines.
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  return {
    warn: (message) => logger.warn(harmless(message)),
    error: (message) => logger.error(harmless(message)),
    info: (message) => logger.info(harmless(message)),
    debug: (message) => logger.debug(harmless(message)),
    note(happening) {
      switch (happening.type) {
        case 'watching':
          return logger.info('watching');
        case 'standby':
          return logger.info('standing by: another process watches this database');
        case 'delivered': {
          const { sent, queued: retrying, failed } = happening.notices;
          return logger.info({ notices: { sent, retrying, failed } }, 'delivered');
        }
        case 'looked': {
          const { report, milliseconds } = happening;
          for (const { id, status, draws } of report.sources) {
            const line = {
              source: id,
              status,
              ...mapValues(draws, harmlessList),
              queued: report.queued,
              milliseconds,
            };
            if (status === 'failing') logger.warn(line, 'looked');
            else logger.info(line, 'looked');
          }
          return;
        }
        case 'fault':
          return logger.error(describeError(happening.error), 'a fault of ours');
        default:
          return happening satisfies never;
      }
    },
  };
}

function harmlessList(list: readonly string[]): string[] {
  return list.map(harmless);
}

function mapValues<Key extends string, From, To>(
  object: Record<Key, From>,
  map: (value: From) => To,
): Record<Key, To> {
  return Object.fromEntries(Object.entries<From>(object).map(([key, value]) => [key, map(value)])) as Record<
    Key,
    To
  >;
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: harmless(String(error)) };
  const { code } = error as { code?: unknown };
  // The stack repeats the message, so only its places are kept.
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: harmless(`${error.name}: ${error.message}`),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause === undefined ? {} : { cause: harmless(String(error.cause)) }),
    stack: places.map(harmless),
  };
}

async function prettyStream(fd: number): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ destination: fd, sync: true, translateTime: 'SYS:yyyy-mm-dd HH:MM:ss', singleLine: true });
}
