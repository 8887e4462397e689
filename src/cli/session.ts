// What most commands need: the configuration, the open database, and the past.

import { type Config, isMailto, readConfig } from '../config.ts';
import { type Deps, startFromHistory } from '../journey.ts';
import { openChannels } from '../notify/index.ts';
import { SOURCES } from '../sources/index.ts';
import { signingKey } from '../store/keys.ts';
import { openStore } from '../store/open.ts';
import { warn } from './output.ts';
import { userAgent } from './version.ts';

export interface Session extends Deps {
  config: Config;
}

/** Opens the database (an empty one starts from the shipped history), does the work, and closes all again. */
export async function withSession<Result>(
  work: (session: Session) => Promise<Result>,
  now: () => Date = () => new Date(),
): Promise<Result> {
  const config = readConfig(process.env, SOURCES);
  const session = openSession(config, now, warn);
  try {
    await settleHistory(session);
    return await work(session);
  } finally {
    await closeSession(session);
  }
}

/** An empty database starts from the shipped history, unless the operator wants none. */
export async function settleHistory(session: Session): Promise<void> {
  if (session.config.history === 'none') return;
  for (const source of SOURCES) await startFromHistory(source, session);
}

export function openSession(config: Config, now: () => Date, warn: (message: string) => void): Session {
  const agent = userAgent(config);
  const db = openStore(config.database);
  const signingSecret = () => signingKey(db, config.secret);
  return {
    config,
    db,
    channels: openChannels({
      ...config,
      from: config.mailFrom,
      userAgent: agent,
      signingSecret,
      now,
      warn,
    }),
    now,
    random: Math.random,
    addresses: config.sources,
    userAgent: agent,
    dormantDays: config.dormantDays,
    alarm: config.alarm,
    browser: { executable: config.browser, searchPath: config.searchPath },
    operatorMail: isMailto(config.operator),
    mailsAtATime: config.smtpLimits.connections,
    warn,
  };
}

export async function closeSession({ channels, db }: Session): Promise<void> {
  await channels.close();
  await db.destroy();
}
