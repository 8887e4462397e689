// docs/webhooks.md held to the code: a claim that is no longer so fails here.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EVENT_TYPES, type Event } from '../../../src/event/event.ts';
import { exampleEvents } from '../../../src/event/examples.ts';
import { webhookSchema } from '../../../src/event/schema.ts';
import { ENDPOINT_KINDS } from '../../../src/match/notice.ts';
import { writePost } from '../../../src/notify/formats/index.ts';
import { MAX_ATTEMPTS, nextAttempt } from '../../../src/notify/retry.ts';
import { endpoint } from './samples.ts';

const GUIDE = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8');
const SECRET = `whsec_${Buffer.from('thirty-two bytes of test secret!').toString('base64')}`;
const OTHER = `whsec_${Buffer.from('another secret, also of 32 bytes').toString('base64')}`;
const AT = new Date('2024-05-31T17:00:00Z');

function between(start: string, end: string): string {
  const [, text] = GUIDE.split(start);
  if (text === undefined) throw new Error(`docs/webhooks.md has no ${start}`);
  return text.split(end)[0] as string;
}

/** A post signed with two secrets, as while one takes the place of the other. */
function signed() {
  const { body } = writePost(exampleEvents()[0] as Event, endpoint('standard'));
  const id = 'msg_0123456789';
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(AT.getTime() / 1000),
    'webhook-signature': [OTHER, SECRET].map((secret) => new Webhook(secret).sign(id, AT, body)).join(' '),
  };
  return { body, headers };
}

function scratch(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'drawbell-guide-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('the guide to webhooks', () => {
  it('lists every event with the words of its schema', () => {
    const { $defs } = webhookSchema() as { $defs: Record<string, { description: string }> };

    const rows = between('<!-- events -->', '<!-- /events -->').trim().split('\n').slice(2);

    expect(rows).toEqual(EVENT_TYPES.map((type) => `| \`${type}\` | ${$defs[type]?.description} |`));
  });

  it('shows an example that is what is sent', () => {
    const example = JSON.parse(between('```json\n', '```'));
    const event = exampleEvents().find(({ type }) => type === example.type);

    const sent = JSON.parse(writePost(event as Event, endpoint('standard')).body);

    const { '...': _, ...draw } = example.data.draw;
    expect(sent).toMatchObject({ ...example, data: { ...example.data, draw } });
  });

  it('says after which pauses an attempt is made again', () => {
    const units: Record<string, number> = { s: 1, min: 60, h: 3_600 };
    const told = between('<!-- pauses -->', '<!-- /pauses -->').split(', ');

    const pauses = told.map((pause) => {
      const [number, unit] = pause.split(' ');
      return Number(number) * (units[unit as string] as number);
    });

    expect(pauses).toEqual(
      Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => nextAttempt(index + 1, 0.5)),
    );
    expect(nextAttempt(MAX_ATTEMPTS, 0.5)).toBe('give-up');
    expect([nextAttempt(2, 0), nextAttempt(2, 1)]).toEqual([300 * 0.8, 300 * 1.2]);
  });

  it('names every kind of endpoint', () => {
    for (const kind of ENDPOINT_KINDS.slice(1)) expect(GUIDE).toContain(`| \`${kind}\` |`);
  });

  it('verifies in Node what is genuine, and nothing else', async () => {
    const path = scratch('verify.mjs', between('```js\n', '```'));
    const { isGenuine } = await import(/* @vite-ignore */ pathToFileURL(path).href);
    const { body, headers } = signed();
    const bytes = Buffer.from(body);

    expect(isGenuine(headers, bytes, SECRET, AT.getTime())).toBe(true);
    expect(isGenuine(headers, bytes, OTHER, AT.getTime())).toBe(true);
    expect(isGenuine(headers, Buffer.from(body.replace('522', '422')), SECRET, AT.getTime())).toBe(false);
    expect(isGenuine({ ...headers, 'webhook-id': 'msg_x' }, bytes, SECRET, AT.getTime())).toBe(false);
    expect(isGenuine(headers, bytes, `${SECRET.slice(0, -4)}AAAA`, AT.getTime())).toBe(false);
    expect(isGenuine(headers, bytes, SECRET, AT.getTime() + 301_000)).toBe(false);
    expect(isGenuine({}, bytes, SECRET, AT.getTime())).toBe(false);
  });

  it.skipIf(spawnSync('python3', ['--version']).status !== 0)(
    'verifies in Python what is genuine, and nothing else',
    () => {
      const { body, headers } = signed();
      const asked = [
        [headers, body, SECRET, AT.getTime() / 1000],
        [headers, body, OTHER, AT.getTime() / 1000],
        [headers, body.replace('522', '422'), SECRET, AT.getTime() / 1000],
        [headers, body, `${SECRET.slice(0, -4)}AAAA`, AT.getTime() / 1000],
        [headers, body, SECRET, AT.getTime() / 1000 + 301],
      ];
      const path = scratch(
        'verify.py',
        `${between('```python\n', '```')}\nimport json, sys\nprint(json.dumps([is_genuine(h, b.encode(), s, t) for h, b, s, t in json.load(sys.stdin)]))\n`,
      );

      const { stdout, stderr } = spawnSync('python3', [path], {
        input: JSON.stringify(asked),
        encoding: 'utf8',
      });

      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual([true, true, false, false, false]);
    },
  );
});
