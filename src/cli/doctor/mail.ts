// The doctor's look at mail: whether the server takes us, without sending anything, and what the law and receivers want.

import type { Config } from '../../config.ts';
import { InputError } from '../../errors.ts';
import { openSigner } from '../../notify/signature.ts';
import { readSmtpUrl } from '../../notify/smtp-url.ts';
import { type SmtpError, smtpTrouble } from '../../notify/text/smtp-trouble.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';

/** Of each step, in milliseconds. */
const TIMEOUT = 8_000;
/** Of all of them together: a server that answers byte by byte must not hold us. */
const LONGEST = 20_000;
/** Characters of a secret that nobody guesses. */
const SECRET = 32;

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

/** Of a sender on this machine no mail server elsewhere knows anything. */
export function examineMailFrom({ mailFrom, smtpUrl }: Config): Finding {
  const name = 'mail from';
  const domain = mailFrom.replace(/.*@|[>\s]/g, '');
  if (smtpUrl === null || domain !== 'localhost') return ok(name, `an address at ${domain}`);
  return warning(
    name,
    'an address at localhost, which mail servers refuse',
    'Set DRAWBELL_MAIL_FROM to an address of yours, as Draws <draws@lists.example.org>.',
  );
}

/** CASL wants it in each message: who sends, a postal address, and another contact. */
export function examineSender({ sender }: Config): Finding {
  const name = 'sender';
  if (sender !== null) return ok(name, 'is named in each message');
  return warning(
    name,
    'is not named in messages, as the law (CASL) wants it to be',
    'Set DRAWBELL_SENDER to your name, postal address and a telephone number, an address or a page.',
  );
}

/** Whether mails can be signed, as large providers expect of whoever writes to many. */
export async function examineSignature({ dkim, smtpUrl, mailFrom }: Config): Promise<Finding> {
  const name = 'signature';
  if (dkim === null) {
    if (smtpUrl === null) return ok(name, 'none, as nothing is sent');
    return warning(
      name,
      'mails are not signed by drawbell',
      'Set DRAWBELL_DKIM_KEY, unless the mail server signs them (DKIM): docs/email.md says how.',
    );
  }
  try {
    const { domainName, keySelector } = (await openSigner(dkim))(mailFrom.replace(/.*<|[>\s]/g, ''));
    return ok(name, `made with a key that DNS must hold at ${keySelector}._domainkey.${domainName}`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [fault] = error.faults;
    return wrong(name, `DRAWBELL_DKIM_KEY: ${fault?.found}`, `Give it ${fault?.expected}, or unset it.`);
  }
}

/** How readers get no more messages: by one click only over https, and with a secret nobody guesses. */
export function examineUnsubscribing({ publicUrl, secret }: Config): Finding {
  const name = 'unsubscribing';
  if (secret !== null && secret.length < SECRET) {
    return warning(
      name,
      `DRAWBELL_SECRET has ${secret.length} characters`,
      `Set it to ${SECRET} or more that nobody can guess (openssl rand -hex 32); links in mails already sent go on working.`,
    );
  }
  if (publicUrl?.startsWith('https:')) return ok(name, 'by one click, on a page of yours');
  return warning(
    name,
    publicUrl === null
      ? 'by a mail that you have to act upon, as there is no page for it'
      : 'by a mail that you have to act upon, as DRAWBELL_PUBLIC_URL is not https',
    'Set DRAWBELL_PUBLIC_URL to the https address at which "drawbell serve" is reached; then people can sign up, too.',
  );
}

/** What went wrong, in words without a name, a password or an address; `null`: nothing. */
async function tryLogin(url: string): Promise<string | null> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    ...readSmtpUrl(url),
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
