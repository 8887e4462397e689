// Mail that nobody else reads on its way: TLS where it can be had, and always where a password is said.

import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSmtpUrl } from '../../src/notify/smtp-url.ts';
import { selfSigned } from './certificate.ts';
import { mailServer, openMail } from './mail-world.ts';
import { sampleNotice } from './sample-notices.ts';

const CERTIFICATE = selfSigned();
const STARTTLS = { ...CERTIFICATE, disabledCommands: [], hideSTARTTLS: false };
const UNSAFE = { outcome: 'stopped', cause: 'unreachable', detail: 'no safe connection' };

/** As `NODE_EXTRA_CA_CERTS` does for a whole process. */
function trust(certificate: string): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, certificate]);
  onTestFinished(() => setDefaultCACertificates(before));
}

async function sendTo(url: string) {
  const channel = await openMail({ smtpUrl: url });
  return channel.send(sampleNotice());
}

describe('a server with a certificate that can be verified', () => {
  it('is talked to over TLS where it offers that', async () => {
    trust(CERTIFICATE.cert);
    const secure: boolean[] = [];
    const server = await mailServer({
      ...STARTTLS,
      onMailFrom(_address, session, done) {
        secure.push(session.secure);
        done();
      },
    });

    const result = await sendTo(server.url);

    expect(result.outcome).toBe('sent');
    expect(secure).toEqual([true]);
  });

  it('is talked to over TLS from the first byte where the URL says so', async () => {
    trust(CERTIFICATE.cert);
    const server = await mailServer({ ...CERTIFICATE, secure: true });

    const result = await sendTo(server.url.replace('smtp://', 'smtps://'));

    expect(result.outcome).toBe('sent');
    expect(server.received).toHaveLength(1);
  });
});

describe('a server with a certificate that cannot be verified', () => {
  it.each([
    ['one nobody vouches for', CERTIFICATE, false, '127.0.0.1'],
    ['one of another name', selfSigned('elsewhere.example'), true, 'localhost'],
  ])('is sent nothing, neither way: %s', async (_, certificate, trusted, host) => {
    if (trusted) trust(certificate.cert);
    const first = await mailServer({ ...certificate, secure: true });
    const second = await mailServer({ ...certificate, disabledCommands: [] });
    const at = (url: string) => url.replace('127.0.0.1', host);

    const results = [
      await sendTo(at(first.url.replace('smtp://', 'smtps://'))),
      await sendTo(at(second.url)),
    ];

    expect(results).toEqual([UNSAFE, UNSAFE]);
    expect([...first.received, ...second.received]).toEqual([]);
  });

  it('cannot be made believable by the URL', async () => {
    const server = await mailServer({ ...CERTIFICATE, secure: true });

    const result = await sendTo(
      `${server.url.replace('smtp://', 'smtps://')}/?tls.rejectUnauthorized=false&ignoreTLS=true`,
    );

    expect(result).toEqual(UNSAFE);
  });
});

describe('a password', () => {
  it('is said to no other machine in the clear', async () => {
    let signIns = 0;
    const server = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth(_auth, _session, done) {
        signIns += 1;
        done(null, { user: 'user' });
      },
    });
    const other = server.url.replace('127.0.0.1', '[::ffff:127.0.0.1]');

    const result = await sendTo(other.replace('smtp://', 'smtp://user:hunter2@'));

    expect(result).toEqual(UNSAFE);
    expect(signIns).toBe(0);
  });

  it.each([
    ['smtp://user:pw@mail.example.org', true, false],
    ['smtp://user:pw@mail.example.org:465', false, true],
    ['smtps://user:pw@mail.example.org', false, true],
    ['smtp://mail.example.org', false, false],
    ['smtp://user:pw@127.0.0.1:2525', false, false],
    ['smtp://user:pw@localhost', false, false],
    ['smtp://user:pw@[::1]:25', false, false],
    ['smtp://user:pw@localhost.example.org', true, false],
  ])('of %s needs STARTTLS: %s, TLS: %s', (url, requireTLS, secure) => {
    expect(readSmtpUrl(url)).toMatchObject({ requireTLS, secure, tls: { rejectUnauthorized: true } });
  });

  it('may hold any character, coded as a URL wants it or not', () => {
    const passwords = ['smtp://a%40b:p%3Aw%25@h', 'smtp://a:100%@h'].map((url) => readSmtpUrl(url).auth);

    expect(passwords).toEqual([
      { user: 'a@b', pass: 'p:w%' },
      { user: 'a', pass: '100%' },
    ]);
  });
});
