// What Amazon SES publishes of bounces and complaints, signed as Amazon SNS signs.

import { createSign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { WebDeps } from '../../src/web/deps.ts';
import { type Certificate, selfSigned } from '../notify/certificate.ts';
import { type BounceWorld, openBounces, TAKEN } from './bounces-world.ts';
import { NOW } from './world.ts';

const DOOR = '/bounces/ses';
const TOPIC = 'arn:aws:sns:ca-central-1:123456789012:drawbell-bounces';
const AMAZON = 'https://sns.ca-central-1.amazonaws.com';
const CERTIFICATE = `${AMAZON}/SimpleNotificationService-0123456789abcdef.pem`;
const OURS = selfSigned();

type Fields = Record<string, string>;

const ORDER: Record<string, readonly string[]> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
};

function signed(fields: Fields, { key }: Certificate = OURS, version = '2'): Fields {
  const lines = (ORDER[fields.Type ?? ''] ?? ORDER.SubscriptionConfirmation ?? []).flatMap((name) =>
    fields[name] === undefined ? [] : `${name}\n${fields[name]}\n`,
  );
  const Signature = createSign(version === '1' ? 'sha1' : 'sha256')
    .update(lines.join(''))
    .sign(key, 'base64');
  return { ...fields, SignatureVersion: version, Signature, SigningCertURL: CERTIFICATE };
}

const notification = (message: unknown, fields: Fields = {}): Fields => ({
  Type: 'Notification',
  MessageId: '22b80b92-0000-4000-8000-bdfb0c7bf324',
  TopicArn: TOPIC,
  Message: typeof message === 'string' ? message : JSON.stringify(message),
  Timestamp: NOW,
  UnsubscribeURL: `${AMAZON}/?Action=Unsubscribe`,
  ...fields,
});

const bounce = (bounceType = 'Permanent', type = 'notificationType', email = 'amina@example.org') => ({
  [type]: 'Bounce',
  bounce: {
    bounceType,
    bounceSubType: 'General',
    bouncedRecipients: [
      { emailAddress: email, status: '5.1.1', diagnosticCode: `smtp; 550 5.1.1 <${email}>: no such user` },
    ],
    timestamp: NOW,
  },
  mail: { source: 'draws@lists.example.org', destination: [email] },
});

const complaint = (complaintFeedbackType?: string) => ({
  eventType: 'Complaint',
  complaint: { complainedRecipients: [{ emailAddress: 'Bruno@Example.org' }], complaintFeedbackType },
  mail: {},
});

const confirmation = (SubscribeURL: string): Fields => ({
  Type: 'SubscriptionConfirmation',
  MessageId: '165545c9-0000-4000-8000-f7df40a3d3f6',
  Token: '2336412f37',
  TopicArn: TOPIC,
  Message: `You have chosen to subscribe to the topic ${TOPIC}.`,
  SubscribeURL,
  Timestamp: NOW,
});
const CONFIRM = `${AMAZON}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37`;

interface SesWorld extends BounceWorld {
  asked: string[];
}

async function openSes(deps: Partial<WebDeps> = {}, topic = TOPIC): Promise<SesWorld> {
  const asked: string[] = [];
  async function fetchText(url: string): Promise<string> {
    asked.push(url);
    return OURS.cert;
  }
  return { ...(await openBounces({ sesTopic: topic }, { fetchText, ...deps })), asked };
}

describe('what Amazon SES tells', () => {
  it('of a bounce for good is heeded, whichever way it is published and whichever digest is signed', async () => {
    const { knock, suppressed, readers, db, asked } = await openSes();

    const older = await knock(DOOR, signed(notification(bounce()), OURS, '1'), {
      'Content-Type': 'text/plain',
    });
    const newer = await knock(
      DOOR,
      signed(notification(bounce('Permanent', 'eventType', 'bruno@example.org'), { Subject: 'Event' })),
    );

    const { status } = await db.selectFrom('subscribers').select('status').limit(1).executeTakeFirstOrThrow();
    expect([older, newer]).toEqual([TAKEN, TAKEN]);
    expect(await suppressed()).toEqual(Array(2).fill('bounced told by Amazon SES, General, 5.1.1'));
    expect(status).toBe('suppressed');
    expect(await readers()).toHaveLength(2);
    expect(asked).toEqual([CERTIFICATE]);
  });

  it('of a complaint is heeded, but not that a mail was taken for spam by mistake', async () => {
    const { knock, suppressed } = await openSes();

    await knock(DOOR, signed(notification(complaint('not-spam'))));
    const before = await suppressed();
    await knock(DOOR, signed(notification(complaint('abuse'))));

    expect(before).toEqual([]);
    expect(await suppressed()).toEqual(['complained told by Amazon SES, abuse']);
  });

  it.each([
    ['a transient bounce', bounce('Transient')],
    ['one of no known kind', bounce('Undetermined')],
    [
      'a delivery',
      { notificationType: 'Delivery', mail: {}, delivery: { recipients: ['amina@example.org'] } },
    ],
    ['what is no address', bounce('Permanent', 'eventType', 'not an address')],
    ['that it was set up', 'Successfully validated SNS topic for Amazon SES event publishing.'],
    ['nothing that is known', '[1, {"notificationType": "Bounce"}]'],
  ])('is taken and changes nothing where it is %s', async (_, message) => {
    const { knock, suppressed } = await openSes();

    const answer = await knock(DOOR, signed(notification(message)));

    expect(answer).toEqual(TAKEN);
    expect(await suppressed()).toEqual([]);
  });

  it('twice counts once, and of an unknown address is answered the same', async () => {
    const { knock, suppressed } = await openSes();
    const message = signed(notification(bounce()));

    const answers = [
      await knock(DOOR, message),
      await knock(DOOR, message),
      await knock(DOOR, signed(notification(bounce('Permanent', 'eventType', 'nobody@example.org')))),
    ];

    expect(answers).toEqual([TAKEN, TAKEN, TAKEN]);
    expect(await suppressed()).toHaveLength(2);
  });
});

describe('a message that is not from Amazon about our topic, now,', () => {
  const others = selfSigned();
  it.each<[string, Fields, string]>([
    ['signed by another key', signed(notification(bounce()), others), 'its signature is wrong'],
    [
      'changed on its way',
      {
        ...signed(notification(bounce())),
        Message: JSON.stringify(bounce('Permanent', 'eventType', 'b@c.de')),
      },
      'its signature is wrong',
    ],
    [
      'with a subject that was not signed',
      { ...signed(notification(bounce())), Subject: 'x' },
      'its signature is wrong',
    ],
    [
      'of the other digest than it says',
      { ...signed(notification(bounce())), SignatureVersion: '1' },
      'its signature is wrong',
    ],
    ['without a signature', { ...signed(notification(bounce())), Signature: '' }, 'its signature is wrong'],
    [
      'of another topic',
      signed(notification(bounce(), { TopicArn: `${TOPIC}-2` })),
      'it is of another topic',
    ],
    [
      'published more than an hour ago',
      signed(notification(bounce(), { Timestamp: '2024-05-31T14:59:59.999Z' })),
      'it is too old',
    ],
    ['of no time', signed(notification(bounce(), { Timestamp: 'now' })), 'it is too old'],
    ...[
      'http://sns.ca-central-1.amazonaws.com/a.pem',
      'https://sns.ca-central-1.amazonaws.com.example.org/a.pem',
      'https://example.org/sns.ca-central-1.amazonaws.com/a.pem',
      'https://sns.us-east-1.amazonaws.com/a.pem',
      'https://sns.ca-central-1.amazonaws.com:8443/a.pem',
      'https://x:y@sns.ca-central-1.amazonaws.com/a.pem',
      'https://sns.ca-central-1.amazonaws.com/a.pem?x=y',
      'https://sns.ca-central-1.amazonaws.com/a/b.pem',
      'https://sns.ca-central-1.amazonaws.com/a.txt',
      'nowhere',
    ].map((SigningCertURL): [string, Fields, string] => [
      `with a certificate at ${SigningCertURL}`,
      { ...signed(notification(bounce())), SigningCertURL },
      'its certificate is from elsewhere',
    ]),
  ])('%s, is refused', async (_, message, why) => {
    const { knock, suppressed, warnings, asked } = await openSes();

    const answer = await knock(DOOR, message);
    const again = await knock(DOOR, message);

    expect([answer, again]).toEqual(Array(2).fill({ status: 403, text: `${why}\n` }));
    expect(await suppressed()).toEqual([]);
    expect(warnings).toEqual([`what came to /bounces/ses was not taken: ${why} (said once an hour)`]);
    expect(asked.filter((url) => url !== CERTIFICATE)).toEqual([]);
  });

  it.each(['', 'null', '[]', '{"Type":"Notification"}', '{', JSON.stringify(bounce())])(
    '%s, is not understood, and the operator not told',
    async (body) => {
      const { knock, warnings, asked } = await openSes();

      const answer = await knock(DOOR, body);

      expect(answer.status).toBe(400);
      expect([warnings, asked]).toEqual([[], []]);
    },
  );

  it('from within the last hour, is taken to the millisecond', async () => {
    const { knock } = await openSes();

    const answer = await knock(
      DOOR,
      signed(notification(bounce(), { Timestamp: '2024-05-31T15:00:00.000Z' })),
    );

    expect(answer).toEqual(TAKEN);
  });

  it('signed rightly, but with a bounce of another shape, is told to the operator', async () => {
    const { knock, warnings, suppressed } = await openSes();

    const answer = await knock(
      DOOR,
      signed(notification({ notificationType: 'Bounce', bounce: { kind: 'new' } })),
    );

    expect(answer.status).toBe(400);
    expect(warnings).toEqual([expect.stringContaining('not understood')]);
    expect(await suppressed()).toEqual([]);
  });
});

describe('the certificate', () => {
  it('that cannot be had has the message sent again later, and is asked for anew then', async () => {
    let cert: string | null = null;
    const { knock, suppressed } = await openSes({
      fetchText: () => (cert === null ? Promise.reject(new Error('no answer')) : Promise.resolve(cert)),
    });
    const message = signed(notification(bounce()));

    const unreachable = await knock(DOOR, message);
    cert = 'no certificate';
    const broken = await knock(DOOR, message);
    cert = OURS.cert;
    const well = await knock(DOOR, message);

    expect([unreachable.status, broken.status, well.status]).toEqual([503, 503, 200]);
    expect(await suppressed()).toHaveLength(1);
  });

  it('is asked for ten times an hour at most, whatever somebody who knows the topic sends', async () => {
    const { knock, asked } = await openSes({});

    for (let number = 0; number < 30; number += 1) {
      const SigningCertURL = `${AMAZON}/Other-${number}.pem`;
      await knock(DOOR, { ...signed(notification(bounce())), SigningCertURL, Signature: 'AAAA' });
    }

    expect(asked).toHaveLength(10);
  });

  it('of the Chinese regions is at their own address', async () => {
    const topic = 'arn:aws-cn:sns:cn-north-1:123456789012:bounces';
    const { knock, asked } = await openSes({}, topic);
    const url = 'https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-1.pem';

    const answer = await knock(DOOR, {
      ...signed(notification(bounce(), { TopicArn: topic })),
      SigningCertURL: url,
    });

    expect(answer).toEqual(TAKEN);
    expect(asked).toEqual([url]);
  });
});

describe('the subscription to the topic', () => {
  it('is confirmed by itself', async () => {
    const { knock, asked, warnings } = await openSes();

    const answer = await knock(DOOR, signed(confirmation(CONFIRM)));

    expect(answer).toEqual(TAKEN);
    expect(asked).toEqual([CERTIFICATE, new URL(CONFIRM).href]);
    expect(warnings).toEqual([]);
  });

  it.each([
    CONFIRM.replace('ca-central-1', 'us-east-1'),
    CONFIRM.replace('https:', 'http:'),
    CONFIRM.replace('amazonaws.com', 'amazonaws.com.example.org'),
    CONFIRM.replace('ConfirmSubscription', 'Unsubscribe'),
    CONFIRM.replace(TOPIC, `${TOPIC}-2`),
    'nowhere',
  ])('is not where it asks for %s, though it is signed', async (url) => {
    const { knock, asked } = await openSes();

    const answer = await knock(DOOR, signed(confirmation(url)));

    expect(answer).toEqual({ status: 403, text: 'it asks to confirm something else\n' });
    expect(asked).toEqual([CERTIFICATE]);
  });

  it('is not where the signature is wrong', async () => {
    const { knock, asked } = await openSes();

    const answer = await knock(DOOR, { ...signed(confirmation(CONFIRM)), Token: 'another' });

    expect(answer.status).toBe(403);
    expect(asked).toEqual([CERTIFICATE]);
  });

  it('that was ended is told to the operator', async () => {
    const { knock, warnings } = await openSes();

    await knock(DOOR, signed({ ...confirmation(CONFIRM), Type: 'UnsubscribeConfirmation' }));

    expect(warnings).toEqual([expect.stringContaining('its subscription was ended')]);
  });
});
