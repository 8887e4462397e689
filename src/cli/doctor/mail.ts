// The doctor's look at the way mail goes: whether the server takes us, without sending anything.

import type { Config } from '../../config.ts';
import { type SmtpError, smtpTrouble } from '../../notify/text/smtp-trouble.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';

/** Of each step, in milliseconds. */
const TIMEOUT = 8_000;
/** Of all of them together: a server that answers byte by byte must not hold us. */
const LONGEST = 20_000;

export async function examineMail({ smtpUrl, mailDir }: Config): Promise<Finding> {
  const name = 'mail';
  if (smtpUrl === null) {
    return warning(
      name,
      `no mail server is set: messages are written as .eml files to ${mailDir}/ and not sent`,
      'Set DRAWBELL_SMTP_URL to smtp: or smtps:, as smtps://name:password@mail.example.org.',
    );
  }
  const { hostname, username } = new URL(smtpUrl);
  const trouble = await tryLogin(smtpUrl);
  if (trouble === null) {
    return ok(
      name,
      username === ''
        ? `${hostname} answers; no name is set to sign in with`
        : `${hostname} takes our sign-in`,
    );
  }
  const mend = trouble.includes('sign-in')
    ? 'Correct the name and the password in DRAWBELL_SMTP_URL (special characters as %40 and the like).'
    : 'Correct the host and the port in DRAWBELL_SMTP_URL, or see why the mail server does not answer.';
  return wrong(name, `${hostname}: ${trouble}`, mend);
}

/** What went wrong, in words without a name, a password or an address; `null`: nothing. */
async function tryLogin(url: string): Promise<string | null> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
    dnsTimeout: TIMEOUT,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject({ code: 'ETIMEDOUT' } satisfies SmtpError), LONGEST);
  });
  try {
    await Promise.race([transport.verify(), late]);
    return null;
  } catch (error) {
    return smtpTrouble(error as SmtpError).detail;
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}
