// `drawbell serve` as a whole process, and the whole way from a mail to no more mails.

import { describe, expect, it } from 'vitest';
import type { ReceivedMail } from '../../src/demo/mail-server.ts';
import { openServe } from '../../src/web/serve.ts';
import {
  addressees,
  feedAsOf,
  inSession,
  lookHere,
  NEWS,
  openWorld,
  settleIn,
  type World,
} from '../cli/world.ts';
import { type Closing, type Installation, linesOf, openInstallation } from '../support/cli.ts';
import { exchange, ONE_CLICK } from './world.ts';

/** ircc:298 is of this day. */
const NEXT_DAY = '2024-06-19';
/** Both hear of every draw. */
const TWO_READERS = `
- email: leaving@example.org
  notify: [every-draw]
- email: staying@example.org
  locale: fr
  notify: [every-draw]
`;
const ANYWHERE = { host: '127.0.0.1', port: 0 };
const QUIET = { option: '--listen', info: () => undefined, wake: () => undefined };
const PUBLIC = 'https://draws.example.org/drawbell';

/** `drawbell serve`, once it has said where. */
async function startServe(place: Installation) {
  const running = place.start('serve', '--listen', '0');
  const origin = await running.sees((stderr) => {
    const found = linesOf(stderr).map(({ msg }) => /^pages at (\S+)\/$/.exec(String(msg))?.[1]);
    return found.find((one) => one !== undefined);
  });
  return {
    origin,
    /** Sends a signal and waits for the end. */
    async end(signal: NodeJS.Signals) {
      running.kill(signal);
      const { code, stdout, stderr } = await running.ended;
      return { code, stdout, said: linesOf(stderr) };
    },
  };
}

/** The one https address in the header that mail programs unsubscribe by. */
function wayOutOf(mail: ReceivedMail | undefined): string {
  const headers = mail?.headers ?? [];
  const header = (name: string) => headers.find(({ key }) => key === name)?.value ?? '';
  expect(header('list-unsubscribe-post')).toBe(ONE_CLICK);
  const links = [...header('list-unsubscribe').matchAll(/<(https:[^>]+)>/g)].map(
    (match) => match[1] as string,
  );
  expect(links).toHaveLength(1);
  return links[0] as string;
}

/** What a mailbox provider does, with the proxy between it and the pages left out. */
function postOneClick(origin: string, link: string): Promise<string> {
  const { host, pathname } = new URL(link);
  const head = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
  return exchange(
    origin,
    `${head}Content-Length: ${ONE_CLICK.length}\r\nConnection: close\r\n\r\n${ONE_CLICK}`,
  );
}

async function openWorldWithPages(closing: Closing): Promise<World> {
  const world = await openWorld(closing);
  world.env.DRAWBELL_PUBLIC_URL = PUBLIC;
  await settleIn(world, TWO_READERS);
  return world;
}

function mailTo({ mail }: World, reader: string): ReceivedMail | undefined {
  return mail.received.find(({ recipients }) => recipients.includes(reader));
}

describe('a reader who follows the link of a mail', () => {
  it('gets nothing of the next draw, while the others do', async ({ onTestFinished }) => {
    const world = await openWorldWithPages(onTestFinished);
    world.site.publish(feedAsOf('2024-05-31'));
    await lookHere(world, NEWS);
    const link = wayOutOf(mailTo(world, 'leaving@example.org'));
    const before = addressees(world);

    const answer = await inSession(world, NEWS, async (session) => {
      const server = await openServe(ANYWHERE, session, QUIET);
      try {
        return await postOneClick(server.origin, link);
      } finally {
        await server.close();
      }
    });
    world.mail.received.length = 0;
    world.site.publish(feedAsOf(NEXT_DAY));
    await lookHere(world, `${NEXT_DAY}T16:00:00Z`);

    expect(link.startsWith(`${PUBLIC}/unsubscribe/`)).toBe(true);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(before).toEqual(['leaving@example.org', 'staying@example.org']);
    expect(addressees(world)).toEqual(['staying@example.org']);
  });

  it('gets nothing that was still waiting either', async ({ onTestFinished }) => {
    const world = await openWorldWithPages(onTestFinished);
    world.site.publish(feedAsOf('2024-05-31'));
    // Taken from nobody, so that all of them wait; what came over the wire holds the link all the same.
    world.mail.decide(() => ({ status: 451, text: '4.3.0 later' }));
    await lookHere(world, NEWS);
    const link = wayOutOf(mailTo(world, 'leaving@example.org'));

    await inSession(world, NEWS, async (session) => {
      const server = await openServe(ANYWHERE, session, QUIET);
      await postOneClick(server.origin, link).finally(server.close);
    });
    world.mail.received.length = 0;
    world.mail.decide(() => 'take');
    await lookHere(world, '2024-06-01T16:00:00Z');

    expect(addressees(world)).toEqual(['staying@example.org']);
  });
});

describe('drawbell serve', () => {
  it.concurrent.for(['SIGTERM', 'SIGINT'] as const)(
    'says where it listens, serves, logs no path, and ends with 0 on %s',
    async (signal, { onTestFinished, expect }) => {
      const env = { DRAWBELL_HISTORY: 'none', DRAWBELL_PUBLIC_URL: PUBLIC };
      const serving = await startServe(openInstallation(onTestFinished, env));

      const home = await fetch(serving.origin);
      const nowhere = await fetch(`${serving.origin}/unsubscribe/some-token`);
      const { code, stdout, said } = await serving.end(signal);

      expect([home.status, nowhere.status]).toEqual([200, 404]);
      expect(serving.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
      expect(said.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
        `info pages at ${serving.origin}/`,
        `info ${signal}: stopping`,
        'info stopped',
      ]);
    },
  );

  it.concurrent.for([undefined, 'http://draws.example.org'])(
    'warns when the public URL is %s: mails do not link to it',
    async (publicUrl, { onTestFinished, expect }) => {
      const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });
      if (publicUrl !== undefined) place.env.DRAWBELL_PUBLIC_URL = publicUrl;

      const serving = await startServe(place);
      const { said } = await serving.end('SIGTERM');

      expect(said.filter(({ level }) => level === 'warn').map(({ msg }) => msg)).toEqual([
        expect.stringContaining('DRAWBELL_PUBLIC_URL is not the https address'),
      ]);
    },
  );

  it.concurrent('says that the address is taken: exit 2', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });
    const { origin } = await startServe(place);

    const { code, stderr } = await place.drawbell('serve', '--listen', new URL(origin).port);

    expect(code).toBe(2);
    expect(stderr).toContain('--listen: expected an address that is free here, found EADDRINUSE');
  });

  it.concurrent('refuses what is no address: exit 2', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished);

    const { code, stderr } = await place.drawbell('serve', '--listen', 'https://example.org');

    expect(code).toBe(2);
    expect(stderr).toContain('expected a port, or an address such as');
  });
});
