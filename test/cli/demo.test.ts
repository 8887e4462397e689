// `drawbell demo`: the whole story, on its own servers, ends by itself and leaves nothing.

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonOf, openInstallation } from '../support/cli.ts';

describe('the demo', () => {
  it.concurrent('tells people who was told what and why, and leaves nothing behind', async ({
    onTestFinished,
  }) => {
    const place = openInstallation(onTestFinished);
    const temporary = join(place.folder, 'tmp');
    mkdirSync(temporary);
    place.env.TMPDIR = temporary;
    // What would spoil it if the demo looked: it must not.
    place.env.DRAWBELL_IRCC_URL = 'http://127.0.0.1:1/';
    place.env.DRAWBELL_SMTP_URL = 'smtp://127.0.0.1:1/';

    const { code, stdout, stderr } = await place.drawbell('demo');

    const outcomes = [...stdout.matchAll(/^ {2}(invited|not-invited|cannot-tell) {2}(\S+@example\.org)/gm)];
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(outcomes.map(([, outcome, email]) => [outcome, email])).toEqual([
      ['invited', 'amina@example.org'],
      ['invited', 'bruno@example.org'],
      ['not-invited', 'chen@example.org'],
      ['cannot-tell', 'dana@example.org'],
    ]);
    expect(stdout).toMatch(/first Canadian Experience Class draw in 990 days/);
    expect(stdout).toMatch(/You would have been invited in draw #297/);
    expect(stdout).toMatch(/départage/);
    expect(stdout.match(/signature verified/g)).toHaveLength(2);
    expect(stdout).not.toContain('NOT verified');
    expect(stdout).toMatch(/ircc {2}unchanged\n {2}notices {2}none\n.*answered 304/);
    expect(readdirSync(place.folder)).toEqual(['tmp']);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it.concurrent('tells programs the same in one JSON document', async ({ onTestFinished }) => {
    const place = openInstallation(onTestFinished);

    const ended = await place.drawbell('demo', '--json');

    const { looks, events, told, webhooks } = jsonOf(ended);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toBe('');
    expect(looks.map(({ status }: { status: number }) => status)).toEqual([200, 200, 304]);
    expect(looks[1].report.sources[0].draws.new).toEqual(['ircc:297']);
    expect(looks[2].report).toEqual({
      sources: [
        {
          id: 'ircc',
          status: 'unchanged',
          reason: null,
          draws: { new: [], corrected: [], withdrawn: [], quarantined: [] },
        },
      ],
      events: [],
      notices: { queued: 0, sent: 0, retrying: 0, failed: 0 },
    });
    expect(events.map(({ id }: { id: string }) => id).sort()).toEqual([
      'draw.published/ircc:297',
      'draw_type.returned/ircc:297',
    ]);
    expect(told.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'invited',
      'invited',
      'not-invited',
      'cannot-tell',
    ]);
    expect(webhooks.map(({ verified }: { verified: boolean }) => verified)).toEqual([true, true]);
    expect(readdirSync(place.folder)).toEqual([]);
  });
});
