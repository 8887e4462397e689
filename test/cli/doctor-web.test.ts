// What the doctor finds about the pages, where visitors, or those who sign up, would stumble.

import { describe, expect, it } from 'vitest';
import { examineMailFrom } from '../../src/cli/doctor/mail.ts';
import { examinePages, examineProxies, examineSignUp } from '../../src/cli/doctor/web.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { SOURCES } from '../../src/sources/index.ts';
import { closedAddress, serve } from '../support/http.ts';
import { openWebWorld, serveApp } from '../web/world.ts';

const PUBLIC = { DRAWBELL_PUBLIC_URL: 'https://draws.example.org' };
const MAIL = { DRAWBELL_SMTP_URL: 'smtp://user:hunter2@mail.example.org' };

function configOf(environment: Record<string, string>): Config {
  return readConfig(environment, SOURCES);
}

describe('the pages', () => {
  it('are known by what they answer', async () => {
    const { app } = await openWebWorld();
    const origin = await serveApp(app);

    const finding = await examinePages(configOf({ DRAWBELL_PUBLIC_URL: `${origin}/` }));

    expect(finding).toEqual({ name: 'pages', status: 'ok', found: `answer at ${origin}/`, mend: null });
  });

  it('are nobody’s business where there are none', async () => {
    const finding = await examinePages(configOf({}));

    expect(finding).toMatchObject({ status: 'ok', found: expect.stringContaining('DRAWBELL_PUBLIC_URL') });
  });

  it.for([
    [502, '', 'answers 502'],
    [301, '', 'answers 301'],
    [200, '<!doctype html><title>Welcome to nginx</title>', 'something else answers there'],
    [200, '', 'something else answers there'],
  ] as const)(
    'are missed where %i and "%s" come back',
    async ([status, body, said], { expect, onTestFinished }) => {
      const origin = await serve(onTestFinished, (_, response) => response.writeHead(status).end(body));

      const finding = await examinePages(configOf({ DRAWBELL_PUBLIC_URL: `${origin}/draws` }));

      expect(finding).toMatchObject({ status: 'warning', found: `${origin}/draws/healthz: ${said}` });
      expect(finding.mend).toContain('drawbell watch --serve');
    },
  );

  it('are missed where nobody listens', async ({ onTestFinished }) => {
    const origin = await closedAddress(onTestFinished);

    const finding = await examinePages(configOf({ DRAWBELL_PUBLIC_URL: origin }));

    expect(finding).toMatchObject({
      status: 'warning',
      found: `${origin}/healthz: the connection was refused: ECONNREFUSED`,
    });
  });
});

describe('sign-up', () => {
  it.each([
    [{}, 'ok', 'closed'],
    [{ ...MAIL, DRAWBELL_PUBLIC_URL: 'http://draws.example.org' }, 'ok', 'closed'],
    [{ ...MAIL, ...PUBLIC }, 'ok', 'open; '],
    [PUBLIC, 'warning', 'open, but'],
  ] as const)('with %j: %s', (environment, status, found) => {
    const finding = examineSignUp(configOf(environment));

    expect(finding).toMatchObject({ status, found: expect.stringContaining(found) });
    expect(JSON.stringify(finding)).not.toContain('hunter2');
  });
});

describe('where mails are from', () => {
  it.each([
    [{}, 'ok'],
    [MAIL, 'warning'],
    [{ ...MAIL, DRAWBELL_MAIL_FROM: 'Draws <draws@localhost>' }, 'warning'],
    [{ ...MAIL, DRAWBELL_MAIL_FROM: 'Draws <draws@lists.example.org>' }, 'ok'],
    [{ ...MAIL, DRAWBELL_MAIL_FROM: 'draws@lists.example.org' }, 'ok'],
  ] as const)('with %j is %s, and the address is not shown', (environment, status) => {
    const finding = examineMailFrom(configOf(environment));

    expect(finding.status).toBe(status);
    expect(finding.found).not.toContain('draws@');
  });
});

describe('the proxies', () => {
  it.each([
    ['', 'ok'],
    ['10.0.0.7,172.16.0.0/12', 'ok'],
    ['10.0.0.7,0.0.0.0/0', 'warning'],
    ['::/0', 'warning'],
  ])('named as "%s": %s', (named, status) => {
    const finding = examineProxies(configOf({ DRAWBELL_PROXIES: named }));

    expect(finding).toMatchObject({ status, found: expect.stringContaining('from this machine') });
    expect(finding.found).toContain(named.replaceAll(',', ', '));
  });
});
