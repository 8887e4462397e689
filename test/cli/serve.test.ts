// `drawbell serve` as a whole process: it answers, and sends what it owes.

import { join } from 'node:path';
import { describe, it } from 'vitest';
import { openMailServer } from '../../src/demo/mail-server.ts';
import { Subscription } from '../../src/match/profile.ts';
import { openStore } from '../../src/store/open.ts';
import { noteSignUp } from '../../src/store/signups.ts';
import { openInstallation } from '../support/cli.ts';

describe('serve', () => {
  it.concurrent('sends a confirmation to who signed up, says so without the address, and stops cleanly', async ({
    onTestFinished,
    expect,
  }) => {
    const mailServer = await openMailServer();
    onTestFinished(mailServer.close);
    const place = openInstallation(onTestFinished);
    const arrived = Promise.withResolvers<string | undefined>();
    mailServer.decide((mail) => {
      arrived.resolve(mail.text);
      return 'take';
    });
    const file = join(place.folder, 'drawbell.db');
    const db = openStore(file);
    const subscription = Subscription.parse({ email: 'amina@example.org', crs: 522 });
    const signUp = { subscription, consentWords: 'Yes', consentVersion: '1' };
    await noteSignUp(db, signUp, new Date().toISOString());
    await db.destroy();
    Object.assign(place.env, {
      DRAWBELL_DATABASE: file,
      DRAWBELL_HISTORY: 'none',
      DRAWBELL_PUBLIC_URL: 'https://draws.example.org',
      DRAWBELL_SMTP_URL: mailServer.url,
      DRAWBELL_MAIL_FROM: 'bell@example.org',
    });

    const serving = place.start('serve', '--listen', '0');
    // Looked for from the start: a command that ends before fails the test, rather than a mail that never comes.
    const [text] = await Promise.all([
      arrived.promise,
      serving.sees((stderr) => stderr.includes('"delivered"') || undefined),
    ]);
    serving.kill('SIGTERM');
    const { code, stderr } = await serving.ended;
    const said = stderr.trimEnd().split('\n');

    expect(text).toContain('https://draws.example.org/confirm/');
    expect(code).toBe(0);
    expect(said.join('\n')).toContain('"notices":{"sent":1,"retrying":0,"failed":0}');
    expect(said.at(-1)).toContain('stopped');
    // The whole number only: its digits may be in the port, or in the time of a line.
    expect(said.join('\n')).not.toMatch(/amina|\b522\b/);
  });
});
