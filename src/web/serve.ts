// The pages in front of an installation, for whichever command serves them.

import type { Session } from '../cli/session.ts';
import { InputError } from '../errors.ts';
import { honouredKeys } from '../store/keys.ts';
import { openWebApp } from './app.ts';
import { type Address, openWebServer, type WebServer } from './server.ts';

/** Where the operator named the address, and whom to tell what is served there. */
export interface Serving {
  option: string;
  info(message: string): void;
  /** Something is due. */
  wake(): void;
}

/** Where nothing else is named: of this machine alone, as a proxy stands in front. */
const LISTEN: Address = { host: '127.0.0.1', port: 8080 };

/** `true` for the usual address. Throws `InputError` when it cannot be had. */
export async function openServe(
  address: Address | true,
  session: Session,
  { option, info, wake }: Serving,
): Promise<WebServer> {
  const { config, db, now, channels, warn } = session;
  const { publicUrl } = config;
  const secrets = await honouredKeys(db, config.secret);
  const app = openWebApp({ ...config, db, now, secrets, channels, wake, warn });
  const server = await openWebServer(address === true ? LISTEN : address, app).catch(
    ({ code }: NodeJS.ErrnoException) => {
      const fault = { where: option, expected: 'an address that is free here', found: String(code) };
      throw new InputError('the pages cannot be served', [fault]);
    },
  );
  info(`pages at ${server.origin}/`);
  if (publicUrl === null || URL.parse(publicUrl)?.protocol !== 'https:')
    warn(
      'DRAWBELL_PUBLIC_URL is not the https address in front of these pages, so mails do not link to them: ' +
        'nobody can sign up, and readers unsubscribe by mail',
    );
  return server;
}
