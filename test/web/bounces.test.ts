// The doors for bounces of Postmark, Mailgun and any other mail server, and what all doors have in common.

import { createHmac, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { cleanDetail } from '../../src/web/bounces/report.ts';
import { openBounces, TAKEN } from './bounces-world.ts';
import { NOW, openWebWorld } from './world.ts';

const LOGIN = 'drawbell:correct-horse-battery';
const KEY = 'the signing key of Mailgun';
const SECRET = `whsec_${Buffer.from('thirty-two bytes of test secret!').toString('base64')}`;
const DOORS = ['/bounces/ses', '/bounces/postmark', '/bounces/mailgun', '/bounces/mail'];
const ALL = {
  postmark: LOGIN,
  mailgun: KEY,
  secret: SECRET,
  sesTopic: 'arn:aws:sns:us-east-1:123456789012:bounces',
};

const basic = (login: string) => ({ Authorization: `Basic ${Buffer.from(login).toString('base64')}` });

describe('Postmark', () => {
  const postmark = (fields: object) => ({ MessageStream: 'broadcast', ServerID: 23, ...fields });
  const bounce = (Type: string, more: object = {}) =>
    postmark({
      RecordType: 'Bounce',
      Type,
      Email: 'amina@example.org',
      Inactive: false,
      Details: 'smtp;550 5.1.1 amina@example.org: no such user',
      ...more,
    });
  const change = (fields: object) =>
    postmark({
      RecordType: 'SubscriptionChange',
      Recipient: 'amina@example.org',
      SuppressSending: true,
      ...fields,
    });

  it.each([
    [bounce('HardBounce'), 'bounced told by Postmark, HardBounce'],
    [bounce('BadEmailAddress'), 'bounced told by Postmark, BadEmailAddress'],
    [bounce('ManuallyDeactivated'), 'operator told by Postmark, ManuallyDeactivated'],
    [bounce('SpamComplaint'), 'complained told by Postmark, SpamComplaint'],
    [bounce('Unsubscribe'), 'unsubscribed told by Postmark, Unsubscribe'],
    [bounce('SoftBounce', { Inactive: true }), 'bounced told by Postmark, SoftBounce'],
    [bounce('Odd amina@example.org', { Inactive: true }), 'bounced told by Postmark'],
    [postmark({ RecordType: 'SpamComplaint', Email: 'amina@example.org' }), 'complained told by Postmark'],
    [
      change({ SuppressionReason: 'HardBounce', Origin: 'Recipient' }),
      'bounced told by Postmark, HardBounce',
    ],
    [change({ SuppressionReason: 'SpamComplaint' }), 'complained told by Postmark, SpamComplaint'],
    [
      change({ SuppressionReason: 'ManualSuppression', Origin: 'Recipient' }),
      'unsubscribed told by Postmark, ManualSuppression',
    ],
    [
      change({ SuppressionReason: 'ManualSuppression', Origin: 'Admin' }),
      'operator told by Postmark, ManualSuppression',
    ],
  ])('is heeded: %j', async (message, expected) => {
    const { knock, suppressed } = await openBounces({ postmark: LOGIN });

    const answer = await knock('/bounces/postmark', message, basic(LOGIN));

    expect(answer).toEqual(TAKEN);
    expect(await suppressed()).toEqual([expected]);
  });

  it.each([
    bounce('Transient'),
    bounce('SoftBounce'),
    bounce('constructor'),
    change({ SuppressSending: false, SuppressionReason: null }),
    postmark({ RecordType: 'Delivery', Recipient: 'amina@example.org' }),
    postmark({ RecordType: 'toString' }),
  ])('is taken without a change where nothing follows: %j', async (message) => {
    const { knock, suppressed } = await openBounces({ postmark: LOGIN });

    const answer = await knock('/bounces/postmark', message, basic(LOGIN));

    expect(answer).toEqual(TAKEN);
    expect(await suppressed()).toEqual([]);
  });

  it.each([
    {},
    basic('drawbell:wrong'),
    basic(`${LOGIN}x`),
    basic(LOGIN.slice(0, -1)),
    basic(''),
    { Authorization: `Bearer ${LOGIN}` },
    { Authorization: 'Basic' },
  ])('is asked for name and password, and refused with others: %j', async (headers) => {
    const { app, suppressed, warnings } = await openBounces({ postmark: LOGIN });
    const body = JSON.stringify(bounce('HardBounce'));

    const answer = await app.request('/bounces/postmark', { method: 'POST', body, headers: { ...headers } });

    expect(answer.status).toBe(401);
    expect(answer.headers.get('WWW-Authenticate')).toBe('Basic realm="drawbell"');
    expect(await suppressed()).toEqual([]);
    expect(warnings).toHaveLength(1);
  });

  it.each(['{', '[]', '{"RecordType":"Bounce"}', '{"RecordType":"SpamComplaint","Email":7}'])(
    'is not understood, and the operator told, where it says %s',
    async (body) => {
      const { knock, warnings } = await openBounces({ postmark: LOGIN });

      const answer = await knock('/bounces/postmark', body, basic(LOGIN));

      expect(answer.status).toBe(400);
      expect(warnings).toHaveLength(1);
    },
  );

  it('has whoever unsubscribes there forgotten, but for the hash', async () => {
    const { knock, readers } = await openBounces({ postmark: LOGIN });

    await knock('/bounces/postmark', bounce('Unsubscribe'), basic(LOGIN));

    expect(await readers()).toEqual(['bruno@example.org']);
  });
});

describe('Mailgun', () => {
  const seconds = Date.parse(NOW) / 1_000;
  function mailgun(
    event: object,
    { timestamp = seconds as number | string, token = randomUUID(), key = KEY } = {},
  ) {
    const signature = createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex');
    return { signature: { timestamp, token, signature }, 'event-data': event };
  }
  const failed = (fields: object = {}) => ({
    event: 'failed',
    severity: 'permanent',
    recipient: 'amina@example.org',
    reason: 'bounce',
    'delivery-status': { code: 550, message: '5.1.1 <amina@example.org> unknown' },
    ...fields,
  });

  it.each([
    [failed(), 'bounced told by Mailgun, bounce, 550'],
    [failed({ reason: 'generic', 'delivery-status': null }), 'bounced told by Mailgun, generic'],
    [failed({ reason: 'suppress-bounce' }), 'bounced told by Mailgun, suppress-bounce, 550'],
    [failed({ reason: 'suppress-complaint' }), 'complained told by Mailgun, suppress-complaint, 550'],
    [failed({ reason: 'suppress-unsubscribe' }), 'unsubscribed told by Mailgun, suppress-unsubscribe, 550'],
    [{ event: 'complained', recipient: 'amina@example.org' }, 'complained told by Mailgun'],
    [{ event: 'unsubscribed', recipient: 'amina@example.org' }, 'unsubscribed told by Mailgun'],
  ])('is heeded: %j', async (event, expected) => {
    const { knock, suppressed } = await openBounces({ mailgun: KEY });

    const answer = await knock('/bounces/mailgun', mailgun(event));

    expect(answer).toEqual(TAKEN);
    expect(await suppressed()).toEqual([expected]);
  });

  it.each([
    failed({ severity: 'temporary' }),
    failed({ severity: undefined }),
    failed({ reason: 'old' }),
    failed({ reason: 'espblock' }),
    { event: 'delivered', recipient: 'amina@example.org' },
  ])('is taken without a change where nothing follows: %j', async (event) => {
    const { knock, suppressed } = await openBounces({ mailgun: KEY });

    const answer = await knock('/bounces/mailgun', mailgun(event));

    expect(answer).toEqual(TAKEN);
    expect(await suppressed()).toEqual([]);
  });

  it('is refused with a signature of another key, of another token or none, and when it is too old', async () => {
    const { knock, suppressed, warnings } = await openBounces({ mailgun: KEY });
    const right = mailgun(failed());
    const resigned = (fields: object) => ({ ...right, signature: { ...right.signature, ...fields } });

    const answers = [
      mailgun(failed(), { key: 'another key' }),
      resigned({ token: 'another' }),
      resigned({ timestamp: seconds + 1 }),
      resigned({ signature: '' }),
      resigned({ signature: 'é'.repeat(64) }),
      resigned({ signature: right.signature.signature.slice(2) }),
      mailgun(failed(), { timestamp: seconds - 15 * 60 - 1 }),
      mailgun(failed(), { timestamp: seconds + 15 * 60 + 1 }),
      mailgun(failed(), { timestamp: 'yesterday' }),
    ].map(async (message) => (await knock('/bounces/mailgun', message)).status);

    expect(await Promise.all(answers)).toEqual(Array(9).fill(403));
    expect(await suppressed()).toEqual([]);
    expect(warnings.map((warning) => /taken: (.*) \(/.exec(warning)?.[1]).sort()).toEqual([
      'it is too old',
      'its signature is wrong',
    ]);
  });

  it('is taken until a quarter of an hour has passed, its time as a number or as text', async () => {
    const { knock } = await openBounces({ mailgun: KEY });

    const answers = [seconds - 15 * 60, String(seconds + 15 * 60)].map((timestamp) =>
      knock('/bounces/mailgun', mailgun(failed(), { timestamp })),
    );

    expect(await Promise.all(answers)).toEqual([TAKEN, TAKEN]);
  });

  it('is heeded once, whatever is said under a token that was seen', async () => {
    const { knock, suppressed } = await openBounces({ mailgun: KEY });
    const message = mailgun({ event: 'delivered', recipient: 'amina@example.org' });

    const first = await knock('/bounces/mailgun', message);
    const again = await knock('/bounces/mailgun', { ...message, 'event-data': failed() });

    expect([first, again]).toEqual([TAKEN, TAKEN]);
    expect(await suppressed()).toEqual([]);
  });

  it.each(['', '{}', '{"signature":{}}', '{"signature":null,"event-data":{}}'])(
    'is not understood, and the operator not told, where anybody could say %s',
    async (body) => {
      const { knock, warnings } = await openBounces({ mailgun: KEY });

      expect((await knock('/bounces/mailgun', body)).status).toBe(400);
      expect(warnings).toEqual([]);
    },
  );

  it('is not understood, and the operator told, where it is signed', async () => {
    const { knock, warnings } = await openBounces({ mailgun: KEY });

    const answers = [
      await knock('/bounces/mailgun', mailgun(failed({ recipient: undefined }))),
      await knock('/bounces/mailgun', mailgun({ happening: 'failed' })),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
    expect(warnings).toHaveLength(1);
  });
});

describe('any other mail server', () => {
  /** The stamp is held against the real time. */
  function sign(body: string, { at = new Date(), secret = SECRET } = {}): Record<string, string> {
    return {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign('msg_1', at, body),
    };
  }
  const told = (fields: object = {}) =>
    JSON.stringify({ type: 'bounced', email: 'amina@example.org', timestamp: NOW, ...fields });

  it.each([
    [told(), 'bounced null'],
    [told({ detail: '550 5.1.1 <amina@example.org>: amina unknown' }), 'bounced 550 5.1.1 … … unknown'],
    [told({ type: 'complained', email: 'AMINA@example.org' }), 'complained null'],
    [told({ type: 'unsubscribed', detail: null }), 'unsubscribed null'],
  ])('is heeded: %s', async (body, expected) => {
    const { knock, suppressed } = await openBounces({ secret: SECRET });

    const answer = await knock('/bounces/mail', body, sign(body));

    expect(answer).toEqual(TAKEN);
    expect(await suppressed()).toEqual([expected]);
  });

  it('is refused unsigned, signed with another secret, for another body, or too long ago', async () => {
    const { knock, suppressed, warnings } = await openBounces({ secret: SECRET });
    const body = told();
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

    const statuses = [
      {},
      sign(body, { secret: `whsec_${Buffer.from('another secret of test, longer').toString('base64')}` }),
      sign(`${body} `),
      sign(body, { at: ago(6) }),
      sign(body, { at: ago(-6) }),
      { ...sign(body), 'webhook-signature': 'v1' },
      { ...sign(body), 'webhook-id': 'msg_2' },
    ].map(async (headers) => (await knock('/bounces/mail', body, headers)).status);

    expect(await Promise.all(statuses)).toEqual(Array(7).fill(403));
    expect(await suppressed()).toEqual([]);
    expect(warnings).toHaveLength(1);
  });

  it.each(['', '{', told({ type: 'operator' }), told({ email: 'nobody' }), told({ detail: 7 })])(
    'is not understood where it says %s',
    async (body) => {
      const { knock, suppressed } = await openBounces({ secret: SECRET });

      expect((await knock('/bounces/mail', body, sign(body))).status).toBe(400);
      expect(await suppressed()).toEqual([]);
    },
  );
});

describe('the detail that is kept', () => {
  it.each([
    ['550 5.1.1 <jane.doe@example.org> unknown', '550 5.1.1 … unknown'],
    ['user Jane.Doe unknown, see postmaster@example.net', 'user … unknown, see …'],
    ['jane.doe%40example.org', '…'],
    ['no\r\nsuch\u001b[31m user\u202e', 'no such [31m user'],
    [' ', null],
    ['x'.repeat(500), `${'x'.repeat(199)}…`],
  ])('of %j is %j', (text, expected) => {
    expect(cleanDetail(text, 'jane.doe@example.org')).toBe(expected);
  });

  it('takes the name of an address as it is, not as a pattern', () => {
    expect(cleanDetail('550 (+.*', '(+.*@example.org')).not.toContain('(+.*');
    expect(cleanDetail('550 anna', 'a@example.org')).toBe('550 anna');
  });
});

describe('a door for bounces', () => {
  it.each(DOORS)('%s is not there without its key', async (path) => {
    const { app } = await openWebWorld();

    const answers = await Promise.all(['POST', 'GET'].map((method) => app.request(path, { method })));

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  it.each(DOORS)('%s takes nothing but POST, and at most 64 KB', async (path) => {
    const { app } = await openBounces(ALL);

    const get = await app.request(path);
    const large = await app.request(path, { method: 'POST', body: 'x'.repeat(64 * 1024 + 1) });
    const exact = await app.request(path, { method: 'POST', body: 'x'.repeat(64 * 1024) });

    expect([get.status, get.headers.get('Allow')]).toEqual([405, 'POST']);
    expect(large.status).toBe(413);
    expect(exact.status).not.toBe(413);
  });

  it('says nothing of an address, of what was sent, or of a key, to whoever knocks or to the operator', async () => {
    const { app, warnings } = await openBounces(ALL);
    const body = JSON.stringify({ Email: 'amina@example.org', hunter2: 'hunter2' });

    const answers = await Promise.all(
      DOORS.map((path) =>
        app.request(path, { method: 'POST', body, headers: basic('amina@example.org:hunter2') }),
      ),
    );
    const texts = await Promise.all(answers.map((answer) => answer.text()));

    expect(`${texts}${warnings}`).not.toMatch(/amina|hunter2|example\.org|correct-horse|whsec|signing key/);
    expect(answers.map(({ headers }) => headers.get('Cache-Control'))).toEqual(Array(4).fill('no-store'));
  });

  it('tells the operator of trouble once an hour, however much of it there is', async () => {
    let now = new Date(NOW);
    const { knock, warnings } = await openBounces({ postmark: LOGIN }, { now: () => now });
    const flood = async () => {
      for (let number = 0; number < 50; number += 1) await knock('/bounces/postmark', '{}');
    };

    await flood();
    const before = warnings.length;
    now = new Date(Date.parse(NOW) + 3_600_000);
    await flood();

    expect([before, warnings.length]).toEqual([1, 2]);
  });

  it('records all of a message or none of it, and a token only with it', async () => {
    const { db, knock, suppressed } = await openBounces({ mailgun: KEY });
    const token = 'token of a message that fails';
    const timestamp = Date.parse(NOW) / 1_000;
    const signature = createHmac('sha256', KEY).update(`${timestamp}${token}`).digest('hex');
    const message = {
      signature: { timestamp, token, signature },
      'event-data': { event: 'unsubscribed', recipient: 'amina@example.org' },
    };
    await db.schema.alterTable('outbox').renameTo('elsewhere').execute();

    const failed = await knock('/bounces/mailgun', message);
    const nothing = await suppressed();
    await db.schema.alterTable('elsewhere').renameTo('outbox').execute();
    const again = await knock('/bounces/mailgun', message);

    expect([failed.status, again.status]).toEqual([500, 200]);
    expect(nothing).toEqual([]);
    expect(await suppressed()).toHaveLength(1);
  });
});
