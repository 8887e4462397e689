// `drawbell watch` as a whole process, its options, and what its log says and does not say.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { harmless } from '../../src/cli/harmless.ts';
import { makeLog, openLog } from '../../src/cli/log.ts';
import { addressOption } from '../../src/cli/options.ts';
import { readLease } from '../../src/store/leases.ts';
import { openStore } from '../../src/store/open.ts';
import { WATCH_LEASE } from '../../src/worker.ts';
import { linesOf, type Running } from '../support/cli.ts';
import { closedAddress } from '../support/http.ts';
import { openWorld, type World } from './world.ts';

interface Watching extends Running {
  /** The first line of the log with this message; fails when the process ends before. */
  line(message: string): Promise<Record<string, unknown>>;
}

/** A watch in the world's folder. */
function startWatch(world: World, ...args: string[]): Watching {
  // One look, in whichever minute the test begins.
  world.env.DRAWBELL_CADENCE ??= 'every 24 hours';
  const running = world.start('watch', ...args);
  return {
    ...running,
    line: (message) =>
      running.sees((stderr) => linesOf(stderr).find(({ msg }) => String(msg).startsWith(message))),
  };
}

async function leaseOf({ folder }: World) {
  const db = openStore(join(folder, 'data', 'drawbell.db'));
  try {
    return await readLease(db, WATCH_LEASE);
  } finally {
    await db.destroy();
  }
}

describe('drawbell watch', () => {
  it.concurrent.for(['SIGTERM', 'SIGINT'] as const)(
    'looks at once, holds the lease, and ends with 0 on %s, the lease let go',
    async (signal, { onTestFinished }) => {
      const world = await openWorld(onTestFinished);
      const watch = startWatch(world);

      const looked = await watch.line('looked');
      const held = await leaseOf(world);
      watch.kill(signal);
      const { code, stdout, stderr } = await watch.ended;

      expect(looked).toMatchObject({ level: 'info', source: 'ircc', status: 'changed', quarantined: [] });
      expect(looked.new).toHaveLength(297);
      expect(held?.holder).toMatch(/:\d+:[0-9a-f]{8}$/);
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
      expect(linesOf(stderr).at(-1)).toMatchObject({ msg: 'stopped' });
      expect(await leaseOf(world)).toBeUndefined();
      expect(world.site.asked.map(({ status }) => status)).toEqual([200]);
    },
  );

  it.concurrent('says that the address for its metrics is taken: exit 2', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    const { port } = new URL(world.site.origin);

    const { code, stderr } = await startWatch(world, '--metrics', port).ended;

    expect(code).toBe(2);
    expect(stderr).toContain('--metrics: expected an address that is free here, found EADDRINUSE');
  });

  it.concurrent('stands by while another process watches the same database', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    const first = startWatch(world);
    await first.line('looked');

    const second = startWatch(world);
    const standing = await second.line('standing by');
    second.kill('SIGTERM');
    const { code } = await second.ended;
    const held = await leaseOf(world);

    expect(standing.level).toBe('info');
    expect(code).toBe(0);
    expect(held).toBeDefined();
    expect(world.site.asked).toHaveLength(1);
  });

  it.concurrent('goes on when the source cannot be reached, and says so without a stack', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    world.env.DRAWBELL_IRCC_URL = `${await closedAddress(onTestFinished)}/feed.json?key=swordfish`;

    const watch = startWatch(world);
    const looked = await watch.line('looked');
    watch.kill('SIGTERM');
    const { code, stderr } = await watch.ended;

    expect(looked).toMatchObject({ level: 'warn', status: 'failing' });
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/swordfish|stack/);
  });

  it.concurrent('serves metrics where asked to', async ({ onTestFinished }) => {
    const world = await openWorld(onTestFinished);

    const watch = startWatch(world, '--metrics', '127.0.0.1:0');
    const { msg } = await watch.line('metrics at');
    await watch.line('looked');
    const response = await fetch(String(msg).replace('metrics at ', ''));
    const text = await response.text();
    watch.kill('SIGTERM');
    const { code } = await watch.ended;

    expect(response.status).toBe(200);
    expect(text).toContain('drawbell_watching 1');
    expect(code).toBe(0);
  });

  it.concurrent.for<[string[], Record<string, string>, string]>([
    [['--metrics', 'everywhere'], {}, 'expected a port'],
    [['--log-level', 'loud'], {}, '--log-level: expected one of trace'],
    [[], { LOG_LEVEL: 'loud' }, 'LOG_LEVEL: expected one of trace'],
    [[], { DRAWBELL_CADENCE: 'sometimes' }, 'DRAWBELL_CADENCE: expected words such as "every minute'],
  ])('refuses %j with %j', async ([args, env, message], { onTestFinished }) => {
    const world = await openWorld(onTestFinished);
    Object.assign(world.env, env);

    const { code, stdout, stderr } = await startWatch(world, ...args).ended;

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(world.site.asked).toEqual([]);
  });
});

describe('an address to serve metrics at', () => {
  it.each([
    ['9464', { host: '127.0.0.1', port: 9464 }],
    ['0', { host: '127.0.0.1', port: 0 }],
    ['0.0.0.0:9464', { host: '0.0.0.0', port: 9464 }],
    ['localhost:80', { host: 'localhost', port: 80 }],
    ['[::1]:9464', { host: '::1', port: 9464 }],
  ])('may be %s', (text, address) => {
    expect(addressOption(text)).toEqual(address);
  });

  it.each(['', 'x', ':9464', '9464:', '65536', '-1', '1.5', '::1:9464', 'http://localhost:9464', 'a b:9464'])(
    'may not be "%s"',
    (text) => {
      expect(() => addressOption(text)).toThrow('expected a port');
    },
  );
});

describe('the log', () => {
  function openTestLog(level = 'info') {
    const lines: Record<string, unknown>[] = [];
    const log = makeLog(level, { write: (line: string) => lines.push(JSON.parse(line)) });
    return { log, lines };
  }

  it('has one line for each source looked at', () => {
    const { log, lines } = openTestLog();
    const draws = { new: ['ircc:427'], corrected: [], withdrawn: [], quarantined: ['ircc:91a'] };
    const sources = [
      { id: 'ircc', status: 'changed' as const, reason: null, draws },
      {
        id: 'other',
        status: 'failing' as const,
        reason: 'why',
        draws: { ...draws, new: [], quarantined: [] },
      },
    ];

    log.note({ type: 'looked', milliseconds: 420, report: { sources, events: [], queued: 3 } });

    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        source: 'ircc',
        status: 'changed',
        new: ['ircc:427'],
        corrected: [],
        withdrawn: [],
        quarantined: ['ircc:91a'],
        queued: 3,
        milliseconds: 420,
        msg: 'looked',
      },
      expect.objectContaining({ level: 'warn', source: 'other', status: 'failing' }),
    ]);
  });

  it('tells of a fault with its places, and with nothing private', () => {
    const { log, lines } = openTestLog();
    const cause = new Error('550 no such user <amina@example.org>');
    const error = Object.assign(new Error('cannot write to amina@example.org', { cause }), {
      code: 'EENVELOPE',
    });

    log.note({ type: 'fault', error });

    expect(lines).toEqual([
      expect.objectContaining({
        level: 'error',
        error: 'Error: cannot write to <address>',
        code: 'EENVELOPE',
        cause: 'Error: 550 no such user <<address>>',
        stack: expect.arrayContaining([expect.stringContaining('watch.test.ts')]),
      }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('amina');
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = openTestLog('warn');

    log.info('quiet');
    log.debug('quieter');
    log.warn('loud');

    expect(lines.map(({ msg }) => msg)).toEqual(['loud']);
  });

  it('refuses a level there is none of', async () => {
    await expect(openLog('loud', 'LOG_LEVEL', true)).rejects.toThrow(
      /LOG_LEVEL: expected one of trace, .* found "loud"/,
    );
  });

  it.each([
    ['https://example.org/feed.json?key=1#part, next', 'https://example.org/feed.json?… next'],
    ['smtp://bell:swordfish@mail.example.org:25', 'smtp://…@mail.example.org:25'],
    ['to Amina <amina+x@mail.example.org>: refused', 'to Amina <<address>>: refused'],
    ['two\nlines\u001b[31m', 'two lines [31m'],
    ['node_modules/pino@10.4.0/pino.js', 'node_modules/pino@10.4.0/pino.js'],
    ['ircc:297 is kept apart', 'ircc:297 is kept apart'],
  ])('writes %j as %j', (text, written) => {
    expect(harmless(text)).toBe(written);
  });
});
