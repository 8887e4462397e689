// `drawbell serve` as a whole process: it answers, and sends what it owes.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { openMailServer } from '../../src/demo/mail-server.ts';
import { Subscription } from '../../src/match/profile.ts';
import { openStore } from '../../src/store/open.ts';
import { noteSignUp } from '../../src/store/signups.ts';
import { openInstallation } from '../support/cli.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

describe('serve', () => {
  it.concurrent('sends a confirmation to who signed up, says so without the address, and stops cleanly', async ({
    onTestFinished,
    expect,
  }) => {
    const { folder } = openInstallation(onTestFinished);
    const mailServer = await openMailServer();
    onTestFinished(mailServer.close);
    const arrived = Promise.withResolvers<string | undefined>();
    mailServer.decide((mail) => {
      arrived.resolve(mail.text);
      return 'take';
    });
    const file = join(folder, 'drawbell.db');
    const db = openStore(file);
    const subscription = Subscription.parse({ email: 'amina@example.org', crs: 522 });
    const signUp = { subscription, consentWords: 'Yes', consentVersion: '1' };
    await noteSignUp(db, signUp, new Date().toISOString());
    await db.destroy();
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      DRAWBELL_DATABASE: file,
      DRAWBELL_HISTORY: 'none',
      DRAWBELL_PUBLIC_URL: 'https://draws.example.org',
      DRAWBELL_SMTP_URL: mailServer.url,
      DRAWBELL_MAIL_FROM: 'bell@example.org',
    };

    const stdio = ['ignore', 'ignore', 'pipe'] as const;
    const child = spawn(process.execPath, [CLI, 'serve', '--listen', '0'], {
      cwd: folder,
      env,
      stdio: [...stdio],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const delivered = Promise.withResolvers<void>();
    const said: string[] = [];
    createInterface(child.stderr).on('line', (line) => {
      said.push(line);
      if (line.includes('"delivered"')) delivered.resolve();
    });
    const ended = once(child, 'close');
    const text = await arrived.promise;
    await delivered.promise;
    child.kill('SIGTERM');
    const [code] = await ended;

    expect(text).toContain('https://draws.example.org/confirm/');
    expect(code).toBe(0);
    expect(said.join('\n')).toContain('"notices":{"sent":1,"retrying":0,"failed":0}');
    expect(said.at(-1)).toContain('stopped');
    expect(said.join('\n')).not.toMatch(/amina|522/);
  });
});
