// Mails that a receiver can know to be ours: DKIM, verified as a receiver would.

import { createHash, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { openChannels } from '../../src/notify/index.ts';
import { emptyFolder, mailServer, OPTIONS, openMail } from './mail-world.ts';
import { sampleNotice } from './sample-notices.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

async function keyFile(content: string): Promise<string> {
  const path = join(await emptyFolder(), 'key.pem');
  await writeFile(path, content);
  return path;
}

/** One mail as it came over the wire. */
async function signedMail(locale: 'en' | 'fr' = 'en'): Promise<string> {
  const server = await mailServer();
  const channel = await openMail({
    smtpUrl: server.url,
    publicUrl: 'https://draws.example.org',
    dkim: { keyFile: await keyFile(PEM), selector: 'bell' },
  });
  await channel.send(sampleNotice({ locale }));
  return server.received[0]?.raw ?? '';
}

interface Checked {
  tags: Record<string, string>;
  body: boolean;
  headers: boolean;
}

/** RFC 6376 with relaxed canonicalization, as far as it takes to check one signature. */
function check(raw: string, key: KeyObject): Checked {
  const split = raw.indexOf('\r\n\r\n');
  const fields = raw.slice(0, split).split(/\r\n(?![ \t])/);
  const body = raw.slice(split + 4);
  const signature = fields.find((field) => /^dkim-signature:/i.test(field)) ?? '';
  const tags: Record<string, string> = Object.fromEntries(
    [...signature.slice(signature.indexOf(':') + 1).matchAll(/(\w+)=([^;]*)/g)].map(
      ([, name, value = '']) => [name, value.replace(/\s+/g, '')],
    ),
  );
  const relaxed = (field: string) => {
    const colon = field.indexOf(':');
    const value = field
      .slice(colon + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim();
    return `${field.slice(0, colon).toLowerCase().trim()}:${value}`;
  };
  const signed = (tags.h ?? '')
    .split(':')
    .map((name) => fields.findLast((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`)) ?? '')
    .map((field) => `${relaxed(field)}\r\n`);
  const unsigned = relaxed(signature.replace(/(\bb=)[^;]*$/, '$1'));
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  const canonical = `${lines.join('\r\n').replace(/(\r\n)*$/, '')}\r\n`;
  return {
    tags,
    body: createHash('sha256').update(canonical).digest('base64') === tags.bh,
    headers: createVerify('sha256')
      .update(signed.join('') + unsigned)
      .verify(key, tags.b ?? '', 'base64'),
  };
}

describe('a signed mail', () => {
  it.each(['en', 'fr'] as const)(
    'is verified by the public key, for the domain it is from: %s',
    async (locale) => {
      const raw = await signedMail(locale);

      const { tags, body, headers } = check(raw, publicKey);

      expect(tags).toMatchObject({
        d: 'lists.example.org',
        s: 'bell',
        a: 'rsa-sha256',
        c: 'relaxed/relaxed',
      });
      expect({ body, headers }).toEqual({ body: true, headers: true });
    },
  );

  it('vouches for the way out, and not for what relays set anew', async () => {
    const { tags } = check(await signedMail(), publicKey);

    const names = (tags.h ?? '').toLowerCase().split(':');
    expect(names).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'subject',
        'list-unsubscribe',
        'list-unsubscribe-post',
        'list-id',
      ]),
    );
    for (const name of ['date', 'message-id', 'sender', 'content-transfer-encoding', 'return-path'])
      expect(names).not.toContain(name);
  });

  it.each([
    [/^Subject: /m, 'Subject: Not ', { body: true, headers: false }],
    [/^List-Unsubscribe:\s+</m, 'List-Unsubscribe: <https://evil.example/', { body: true, headers: false }],
    [/would have been/g, 'have been', { body: false, headers: false }],
  ])('is not verified once %s is changed', async (pattern, change, expected) => {
    const raw = await signedMail();

    const { body, headers } = check(raw.replace(pattern, change), publicKey);

    expect(body && headers).toBe(false);
    expect(body).toBe(expected.body);
  });
});

describe('a key that cannot sign', () => {
  const ed25519 = generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const short = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey;
  const locked = privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'hunter2',
  });

  it.each([
    ['no key', 'hunter2 and other secrets', 'no private key in it'],
    ['half of it', PEM.slice(0, 400), 'no private key in it'],
    ['the public half', publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'no private key in it'],
    ['one with a passphrase', locked.toString(), 'or one with a passphrase'],
    ['one that no receiver knows', ed25519, 'a key of another kind (ed25519)'],
    ['one too short', short.export({ type: 'pkcs8', format: 'pem' }).toString(), 'a key of 512 bits'],
  ])('is told by the name of its setting, and not shown: %s', async (_, content, found) => {
    const dkim = { keyFile: await keyFile(content), selector: 'bell' };

    const opening = openMail({ smtpUrl: 'smtp://127.0.0.1:9', dkim });

    const error = await opening.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    const { message } = error as InputError;
    expect(message).toContain('DRAWBELL_DKIM_KEY: expected the file of an RSA private key');
    expect(message).toContain(found);
    expect(message).not.toMatch(/hunter2|BEGIN|[\w+/]{40}/);
  });

  it('is looked at again, so that a mended one is used without a restart', async () => {
    const server = await mailServer();
    const path = join(await emptyFolder(), 'key.pem');
    const channels = openChannels({
      ...OPTIONS,
      smtpUrl: server.url,
      dkim: { keyFile: path, selector: 'bell' },
      userAgent: 'drawbell/test',
      allowPrivate: [],
    });
    onTestFinished(() => channels.close());

    await expect(channels.open('email')).rejects.toThrow(InputError);
    await writeFile(path, PEM);
    const result = await (await channels.open('email')).send(sampleNotice());

    expect(result.outcome).toBe('sent');
    expect(check(server.received[0]?.raw ?? '', publicKey).headers).toBe(true);
  });

  it('is told when the file is not there', async () => {
    const dkim = { keyFile: join(await emptyFolder(), 'none.pem'), selector: 'bell' };

    const opening = openMail({ smtpUrl: 'smtp://127.0.0.1:9', dkim });

    await expect(opening).rejects.toThrow(/DRAWBELL_DKIM_KEY: .* cannot be read \(ENOENT\)/);
  });
});
