// Amazon SNS: is it Amazon that speaks, of our topic, and now? Then what it says is passed on.

import { createVerify, type KeyObject, X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { HOUR, openLimiter } from '../limits.ts';
import { jsonOf, malformed, NOTHING, type Reading, type ReadMessage, refuse } from './message.ts';

const Envelope = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().nullish(),
  Message: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
  SubscribeURL: z.string().nullish(),
  Token: z.string().nullish(),
});
type Envelope = z.infer<typeof Envelope>;

const CONFIRMATION = [
  'Message',
  'MessageId',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
] as const;

/** What is signed of each type, in this order, where it is there. */
const SIGNED: Record<Envelope['Type'], readonly (keyof Envelope)[]> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: CONFIRMATION,
  UnsubscribeConfirmation: CONFIRMATION,
};

const DIGEST: Record<Envelope['SignatureVersion'], string> = { '1': 'sha1', '2': 'sha256' };

/** How far from now a message may have been published, in milliseconds. */
const OLDEST = HOUR;
/** Amazon has one certificate at a time, for a year. */
const CERTIFICATES = 4;
/** Whoever knows our topic could else have us ask for certificates without end. */
const FETCHES = { most: 10, per: HOUR };

const UNREACHABLE = refuse('Amazon could not be asked; try again later', 503);

export interface SnsOptions {
  /** Its ARN. */
  topic: string;
  /** GET; rejects where the answer is not 200 or does not come in time. */
  fetchText(url: string): Promise<string>;
  /** What the topic publishes. */
  read(text: string): Reading;
}

/** A subscription to the topic is confirmed by itself, as Amazon asks for it. */
export function openSns({ topic, fetchText, read }: SnsOptions): ReadMessage {
  const limiter = openLimiter(FETCHES);
  const keys = new Map<string, KeyObject>();
  const host = hostOf(topic);

  /** `null`: it cannot be had at present. */
  async function keyAt(url: string, now: Date): Promise<KeyObject | null> {
    const known = keys.get(url);
    if (known) return known;
    if (limiter.take('certificates', now) !== null) return null;
    try {
      const key = new X509Certificate(await fetchText(url)).publicKey;
      if (keys.size >= CERTIFICATES) keys.clear();
      keys.set(url, key);
      return key;
    } catch {
      return null;
    }
  }

  async function confirm({ SubscribeURL }: Envelope): Promise<Reading> {
    const url = URL.parse(SubscribeURL ?? '');
    const asked = url?.searchParams;
    if (
      !isAmazon(url, host) ||
      asked?.get('Action') !== 'ConfirmSubscription' ||
      asked.get('TopicArn') !== topic
    )
      return refuse('it asks to confirm something else');
    return fetchText(url.href).then(
      () => NOTHING,
      () => UNREACHABLE,
    );
  }

  return async (message) => {
    const { now } = message;
    const checked = Envelope.safeParse(jsonOf(message));
    if (!checked.success) return malformed(false);
    const envelope = checked.data;
    if (envelope.TopicArn !== topic) return refuse('it is of another topic');
    const url = URL.parse(envelope.SigningCertURL);
    if (!isAmazon(url, host) || !/^\/[\w.-]+\.pem$/.test(url.pathname) || url.search !== '')
      return refuse('its certificate is from elsewhere');
    // What is no instant is no number, and so not within the time.
    if (!(Math.abs(now.getTime() - Date.parse(envelope.Timestamp)) <= OLDEST)) return refuse('it is too old');
    const key = await keyAt(url.href, now);
    if (key === null) return UNREACHABLE;
    if (!isSigned(envelope, key)) return refuse('its signature is wrong');
    switch (envelope.Type) {
      case 'Notification':
        return read(envelope.Message);
      case 'SubscriptionConfirmation':
        return confirm(envelope);
      case 'UnsubscribeConfirmation':
        return refuse('the topic does not tell us any more: its subscription was ended');
      default:
        return envelope.Type satisfies never;
    }
  };
}

/** Each region of Amazon signs for itself. */
function hostOf(topic: string): string {
  const [, partition, , region] = topic.split(':');
  return `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

function isAmazon(url: URL | null, host: string): url is URL {
  return url?.protocol === 'https:' && url.host === host && url.username === '' && url.password === '';
}

function isSigned(envelope: Envelope, key: KeyObject): boolean {
  const signed = SIGNED[envelope.Type].flatMap((name) => {
    const value = envelope[name];
    return typeof value === 'string' ? `${name}\n${value}\n` : [];
  });
  const verify = createVerify(DIGEST[envelope.SignatureVersion]).update(signed.join(''));
  return verify.verify(key, envelope.Signature, 'base64');
}
