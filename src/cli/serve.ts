// `drawbell serve`: the pages, and the mails that they promise.

import { once } from 'node:events';
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { SOURCES } from '../sources/index.ts';
import { openDeliverer } from './deliverer.ts';
import { openLogOf } from './log.ts';
import { type Address, addressOption } from './options.ts';
import { nameOfProcess } from './process-name.ts';
import { closeSession, openSession, settleHistory } from './session.ts';

/** How often it is looked whether something is due, in milliseconds. */
const DELIVERIES = 5_000;

interface Options {
  listen?: Address | true;
  logLevel?: string;
  json?: boolean;
}

export function makeCommand(): Command {
  return new Command('serve')
    .option(
      '--listen <address>',
      'serve on this port, as 9000 or 0.0.0.0:8080 (default: 127.0.0.1:8080)',
      addressOption,
    )
    .option('--json', 'write the log as JSON lines, also on a terminal')
    .option('--log-level <level>', 'trace, debug, info, warn, error or silent (default: LOG_LEVEL, or info)')
    .addHelpText(
      'after',
      '\nWhile no `watch` runs it also sends what is due, such as the mails that confirm a sign-up; it looks for no draws.' +
        '\nA proxy in front of it speaks https; DRAWBELL_PUBLIC_URL is the address of that, as mails link to it.',
    )
    .action(serve);
}

/** Until a signal ends it. */
async function serve({ listen = true, logLevel, json = false }: Options): Promise<void> {
  const signal = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const config = readConfig(process.env, SOURCES);
  const log = await openLogOf(config, logLevel, json);
  const session = openSession(config, () => new Date(), log.warn);
  try {
    await settleHistory(session);
    const { openServe } = await import('../web/serve.ts');
    const deliverer = openDeliverer(session, { holder: nameOfProcess(), note: log.note });
    const deliver = () => void deliverer.deliver();
    const serving = { option: '--listen', info: log.info, wake: deliver };
    const server = await openServe(listen, session, serving);
    const deliveries = setInterval(deliver, DELIVERIES);
    deliver();
    const [name] = await signal;
    log.info(`${name}: stopping`);
    clearInterval(deliveries);
    await server.close();
    if ((await deliverer.stop()) === 'forced') {
      // The database stays open under what is in flight: a crash does it no harm, a close might fail.
      log.warn('stopped before everything in flight was finished: it will be done again');
      process.exit();
    }
    log.info('stopped');
  } finally {
    await closeSession(session);
  }
}
