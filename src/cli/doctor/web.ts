// The doctor's look at the pages: whether the world finds them, whether people can sign up, and whose word on where
// visitors are from is taken.

import { type Dispatcher, request } from 'undici';
import type { Config } from '../../config.ts';
import { connectionSetback } from '../../fetch/retry.ts';
import { userAgent } from '../version.ts';
import { type Finding, ok, warning } from './finding.ts';

/** Of all of it, in milliseconds. */
const TIMEOUT = 8_000;

/** Asks for them where visitors do, through whatever stands in front of them. */
export async function examinePages(config: Config): Promise<Finding> {
  const name = 'pages';
  const base = config.publicUrl?.replace(/\/+$/, '');
  if (base === undefined) return ok(name, 'none for the world, as DRAWBELL_PUBLIC_URL is not set');
  const trouble = await askPages(`${base}/healthz`, userAgent(config));
  if (trouble === null) return ok(name, `answer at ${base}/`);
  return warning(
    name,
    `${base}/healthz: ${trouble}`,
    'Start "drawbell watch --serve", and have the web server in front of it pass on all below DRAWBELL_PUBLIC_URL.',
  );
}

/** Whoever signs up gets a mail with a link: where one of the two is not there, nobody can confirm. */
export function examineSignUp({ publicUrl, smtpUrl, mailDir }: Config): Finding {
  const name = 'sign-up';
  if (!publicUrl?.startsWith('https:'))
    return ok(name, 'closed, as a mail would have no https page to lead to');
  if (smtpUrl !== null) return ok(name, 'open; a mail asks each reader to confirm');
  return warning(
    name,
    `open, but the mails that ask to confirm are only written to ${mailDir}/`,
    'Set DRAWBELL_SMTP_URL, or nobody who signs up hears of it.',
  );
}

/** Limits on sign-ups are kept by network: who may say where visitors are from may go round them. */
export function examineProxies({ proxies }: Config): Finding {
  const name = 'proxies';
  const others = proxies.length === 0 ? '' : `, and ${proxies.join(', ')}`;
  const found = `X-Forwarded-For is believed from this machine${others}`;
  if (!proxies.some((network) => network.endsWith('/0'))) return ok(name, found);
  return warning(
    name,
    `${found}, so from anybody`,
    'Name only the proxies in DRAWBELL_PROXIES: else whoever asks says where they are from, and no limit holds them.',
  );
}

/** What is wrong, in words; `null`: it is us. */
async function askPages(url: string, agent: string): Promise<string | null> {
  const signal = AbortSignal.timeout(TIMEOUT);
  try {
    const { statusCode, body } = await request(url, { headers: { 'user-agent': agent }, signal });
    if (statusCode !== 200) {
      await body.dump();
      return `answers ${statusCode}`;
    }
    return (await beginning(body)) === 'ok\n' ? null : 'something else answers there';
  } catch (error) {
    return signal.aborted ? 'no answer in time' : connectionSetback(error).words;
  }
}

/** Its first piece: of an answer of somebody else's, which may be long, no more is read. */
async function beginning(body: Dispatcher.ResponseData['body']): Promise<string> {
  for await (const piece of body) return String(piece);
  return '';
}
