// What a job came to, for the workflow that runs it.

import { describe, expect, it } from 'vitest';
import { InputError, StateError } from '../../src/errors.ts';
import { exampleEvents } from '../../src/event/examples.ts';
import { alarmsOf, exitCodeOf, outputsOf, wentWrong } from '../../src/job/outcome.ts';
import type { Ended } from '../../src/job/report.ts';
import { newDraw, reportOf, sourceOf, toldOf } from './summary-samples.ts';

const ended = (parts: Partial<Ended> = {}): Ended => ({
  report: reportOf(),
  changed: false,
  faults: [],
  ...parts,
});

const OURS = new TypeError('x is not a function');
const UNREACHABLE = new StateError(
  'unreachable',
  'The branch "drawbell-state" could not be read: git: timeout',
);
const REFUSED = new StateError('refused', 'The branch "drawbell-state" could not be written: git: denied');
const WRONG = new InputError('the state cannot be used', [
  { where: 'watch.json', expected: 'JSON', found: '"{"' },
]);
const FAILING = { sources: [sourceOf({ status: 'failing', reason: 'ircc: answered 503' })] };
const APART = { sources: [sourceOf({}, { quarantined: ['ircc:298'] })] };
const GIVEN_UP = { told: toldOf({ email: { failed: 1 } }) };
const STOPPED = { mailStopped: { reason: 'connection refused', told: '2024-05-31' } };
const OTHER_SECRET = { waiting: { unknown: 0, otherSecret: 1 } };

describe('the exit code', () => {
  it.each([
    ['nothing new', {}, [], 0],
    ['another run was quicker', { raceLost: true }, [], 0],
    [
      'mail waits, and it is too early to say that anything is wrong',
      { mailStopped: { reason: 'x', told: null } },
      [],
      0,
    ],
    ['notices of somebody who is gone', { waiting: { unknown: 3, otherSecret: 0 } }, [], 0],
    ['a source that fails', FAILING, [], 3],
    ['a round that is kept apart', APART, [], 3],
    ['a message given up', GIVEN_UP, [], 4],
    ['a letter given up', { told: toldOf({ letter: { failed: 1 } }) }, [], 4],
    ['mail that waits for the operator', STOPPED, [], 4],
    ['notices under another secret', OTHER_SECRET, [], 4],
    [
      'a rehearsal of which not all went out',
      { rehearsed: { draw: 'ircc:297', sent: 1, failed: 1, reasons: [] } },
      [],
      4,
    ],
    ['a message given up, and a source that fails', { ...FAILING, ...GIVEN_UP }, [], 4],
    ['another secret, and a source that fails', { ...FAILING, ...OTHER_SECRET }, [], 4],
    ['a branch that may not be written', {}, [REFUSED], 2],
    ['a state that cannot be read', {}, [WRONG], 2],
    ['the same, and a message given up', GIVEN_UP, [WRONG, REFUSED], 2],
    ['a branch that cannot be reached', {}, [UNREACHABLE], 1],
    ['a fault of ours', {}, [OURS], 1],
    ['a fault of ours among others', { ...FAILING, ...GIVEN_UP }, [REFUSED, OURS, WRONG], 1],
  ])('of %s', (_, parts, faults, code) => {
    expect(exitCodeOf(reportOf(parts), faults)).toBe(code);
  });
});

describe('the outputs', () => {
  it('of a run with nothing new say so', async () => {
    expect(await outputsOf(ended())).toMatchObject({
      changed: 'false',
      'new-draws': '[]',
      events: '[]',
      summary: expect.stringContaining('Nothing new'),
    });
  });

  it('name the new draws, and hold the events as webhooks get them, with their ids', async () => {
    const report = newDraw();

    const outputs = await outputsOf(ended({ report, changed: true }));

    expect(outputs).toMatchObject({ changed: 'true', 'new-draws': '["ircc:297"]' });
    expect(JSON.parse(outputs.events)).toEqual(
      report.events.map(({ id, type, at, data }) => ({
        id,
        type,
        timestamp: at,
        data: JSON.parse(JSON.stringify(data)),
      })),
    );
  });

  it('say of a dry run that nothing has changed, as nothing was written', async () => {
    const outputs = await outputsOf(ended({ report: newDraw({ dryRun: true }), changed: true }));

    expect(outputs.changed).toBe('false');
  });

  it('hold the latest events where all of them are more than a job may say', async () => {
    const [event] = exampleEvents();
    if (!event) throw new Error('there is no example');
    const events = Array.from({ length: 1_000 }, (_, index) => ({
      ...event,
      id: `${'é'.repeat(200)}${index}`,
    }));

    const outputs = await outputsOf(ended({ report: reportOf({ events }) }));

    const ids: string[] = JSON.parse(outputs.events).map(({ id }: { id: string }) => id);
    expect(Buffer.byteLength(outputs.events)).toBeLessThanOrEqual(400_001);
    expect(Buffer.byteLength(outputs.events)).toBeGreaterThan(390_000);
    expect(ids.length).toBeLessThan(1_000);
    expect(ids).toEqual(events.slice(-ids.length).map(({ id }) => id));
  });
});

describe('the summary', () => {
  it('says first what went wrong, and then what was done all the same', async () => {
    const { summary } = await outputsOf(ended({ report: newDraw(), faults: [REFUSED] }));

    expect(summary).toMatch(
      /^### What went wrong\n\n- .*drawbell-state.*denied\n\n[\s\S]*Canadian Experience Class/,
    );
  });

  it('says so, too, where nothing else was to be said', async () => {
    const { summary } = await outputsOf(ended({ faults: [OURS] }));

    expect(summary).toContain('x is not a function');
  });

  it('does not say that there is nothing new where nobody looked', async () => {
    const { summary } = await outputsOf(ended({ report: reportOf({ sources: [] }), faults: [UNREACHABLE] }));

    expect(summary).toBe(wentWrong([UNREACHABLE]));
  });
});

describe('what went wrong', () => {
  it('is told once, however often it did', () => {
    expect(wentWrong([REFUSED, REFUSED, OURS])).toBe(
      '### What went wrong\n\n- The branch "drawbell-state" could not be written: git: denied\n- x is not a function\n',
    );
  });

  it('is a list of the faults of an input, below what they are of', () => {
    expect(wentWrong([WRONG])).toMatch(
      /^### What went wrong\n\n- the state cannot be used.*\n {2}- watch.*\n$/,
    );
  });

  it('has nobody’s address in it, and calls nobody', () => {
    const text = wentWrong([
      new Error('550 no such user amina@example.org, says @octocat in https://x.example/?key=1'),
    ]);

    expect(text).not.toMatch(/amina|@|key=1|:\/\//);
  });

  it('ends where nobody would read on', () => {
    const faults = Array.from({ length: 500 }, (_, line) => ({
      where: `line ${line}`,
      expected: 'a',
      found: 'b',
    }));

    const lines = wentWrong([new InputError('the inputs cannot be used', faults)])
      .trim()
      .split('\n');

    expect(lines.length).toBeLessThan(60);
    expect(lines.at(-1)).toBe('- and more, which the log shows');
  });
});

describe('what stands out on the page of the run', () => {
  it('is nothing where all is well', async () => {
    expect(await alarmsOf(reportOf(FAILING))).toEqual([]);
  });

  it('is that messages were given up, rehearsed ones too, and that some wait for another secret', async () => {
    const rehearsed = { draw: 'ircc:297', sent: 1, failed: 2, reasons: ['535 refused (sign-in)'] };

    const alarms = await alarmsOf(reportOf({ ...GIVEN_UP, ...OTHER_SECRET, rehearsed }));

    expect(alarms).toEqual([
      '1 message could not be sent, and will not be tried again.',
      'Of the rehearsal 2 messages could not be sent: 535 refused (sign-in).',
      expect.stringMatching(/^1 notice waits .*another secret/),
    ]);
  });
});
