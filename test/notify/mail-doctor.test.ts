// What the doctor finds about mail, where something is missing that the law or receivers want.

import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examineSender, examineSignature, examineUnsubscribing } from '../../src/cli/doctor/mail.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { SOURCES } from '../../src/sources/index.ts';
import { emptyFolder } from './mail-world.ts';

function configOf(environment: Record<string, string>): Config {
  return readConfig(environment, SOURCES);
}

describe('the sender', () => {
  it('is asked for where none is named', () => {
    const [without, given] = [{}, { DRAWBELL_SENDER: 'Us, 1 Main Street' }].map((environment) =>
      examineSender(configOf(environment as Record<string, string>)),
    );

    expect(without).toMatchObject({ status: 'warning', mend: expect.stringContaining('DRAWBELL_SENDER') });
    expect(given).toMatchObject({ status: 'ok', mend: null });
    expect(given?.found).not.toContain('Main Street');
  });
});

describe('the signature', () => {
  const MAIL = { DRAWBELL_SMTP_URL: 'smtp://user:hunter2@mail.example.org' };

  it('is recommended where mail is sent, and only there', async () => {
    const sent = await examineSignature(configOf(MAIL));
    const written = await examineSignature(configOf({}));

    expect(sent).toMatchObject({ status: 'warning', mend: expect.stringContaining('DRAWBELL_DKIM_KEY') });
    expect(written.status).toBe('ok');
  });

  it('says where its public half must stand', async () => {
    const path = join(await emptyFolder(), 'key.pem');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }));

    const finding = await examineSignature(
      configOf({
        ...MAIL,
        DRAWBELL_DKIM_KEY: path,
        DRAWBELL_DKIM_SELECTOR: 'bell',
        DRAWBELL_MAIL_FROM: 'Draws <draws@lists.example.org>',
      }),
    );

    expect(finding.status).toBe('ok');
    expect(finding.found).toContain('bell._domainkey.lists.example.org');
  });

  it('is wrong when the key cannot be read, and nothing of it is shown', async () => {
    const path = join(await emptyFolder(), 'key.pem');
    await writeFile(path, 'hunter2');

    const rubbish = await examineSignature(configOf({ ...MAIL, DRAWBELL_DKIM_KEY: path }));
    const gone = await examineSignature(configOf({ ...MAIL, DRAWBELL_DKIM_KEY: `${path}.gone` }));

    expect(rubbish).toMatchObject({
      status: 'wrong',
      found: expect.stringContaining('no private key in it'),
    });
    expect(gone).toMatchObject({ status: 'wrong', found: expect.stringContaining('ENOENT') });
    expect(JSON.stringify(rubbish)).not.toContain('hunter2');
  });
});

describe('unsubscribing', () => {
  it.each([
    [{}, 'warning', 'DRAWBELL_PUBLIC_URL'],
    [{ DRAWBELL_PUBLIC_URL: 'http://draws.example.org' }, 'warning', 'https'],
    [
      { DRAWBELL_PUBLIC_URL: 'https://draws.example.org', DRAWBELL_SECRET: 'sixteen letters.' },
      'warning',
      'openssl rand',
    ],
  ] as const)('could be better with %j', (environment, status, mend) => {
    const finding = examineUnsubscribing(configOf(environment));

    expect(finding).toMatchObject({ status, mend: expect.stringContaining(mend) });
    expect(JSON.stringify(finding)).not.toContain('sixteen letters');
  });

  it('is well by one click', () => {
    const finding = examineUnsubscribing(configOf({ DRAWBELL_PUBLIC_URL: 'https://draws.example.org' }));

    expect(finding).toMatchObject({ status: 'ok', mend: null });
  });
});
