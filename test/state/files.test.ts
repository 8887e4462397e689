// A state as text: what is written, that all of it comes back, and what is said of a file that somebody spoilt.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draw, sameFacts } from '../../src/draw/draw.ts';
import { InputError } from '../../src/errors.ts';
import { type Files, parseState, printState } from '../../src/state/files.ts';
import type { State } from '../../src/state/state.ts';
import { shippedDraws } from '../draw/history.ts';
import { anyState, EMPTY, firstLook, hash, line, smallState } from './samples.ts';

const SEED = 20240531;
const ADDRESS = 'amina@example.org';

/** A file of a small state, or of another one. */
function fileOf(name: string, state: State = smallState()): string {
  return printState(state).get(name) ?? '';
}

/** What is said of the small state once a file of it is another. */
function faultsWith(name: string, change: (text: string) => string): string[] {
  const text = fileOf(name);
  const changed = change(text);
  if (changed === text) throw new Error('expected a file that is changed');
  return faultsOf(() => parseState(new Map([...printState(smallState()), [name, changed]])));
}

function faultsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message.split('\n').slice(1);
  }
  return [];
}

function changed(files: Files, change: (text: string, name: string) => string): Files {
  return new Map([...files].map(([name, text]) => [name, change(text, name)]));
}

/** The same with the keys of every object the other way round. */
function turned<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(turned) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, turned(part)]);
  return Object.fromEntries(entries.reverse()) as Value;
}

describe('a state', () => {
  it('comes back from its files as it was, and is printed to the same bytes again', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const files = printState(state);
        const read = parseState(files);

        expect(read).toEqual(state);
        expect([...printState(read)]).toEqual([...files]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('gives the same bytes in whatever order its keys are', () => {
    const state = smallState();
    const { quarantine = [], ...ircc } = state.watch.sources.ircc ?? {};
    state.watch.sources = {
      ircc: { look: null, health: null, ...ircc, quarantine },
      abc: { look: null, health: null, quarantine },
    };
    state.draws.abc = { draws: [], earlier: [], documents: [], events: [] };

    const other = turned(state);
    // What an event says is its own affair.
    for (const [index, event] of (other.draws.ircc?.events ?? []).entries()) {
      event.data = structuredClone(state.draws.ircc?.events[index]?.data) as never;
    }

    expect(Object.keys(other.draws)).not.toEqual(Object.keys(state.draws));
    expect([...printState(other)]).toEqual([...printState(state)]);
  });

  it('has its draws as every source makes them, in whatever order somebody wrote their keys', () => {
    const [draw] = shippedDraws().slice(-1) as [Draw];
    const file = JSON.parse(fileOf('draws/ircc.json', { ...EMPTY, draws: { ircc: firstLook([draw]) } }));

    const read = parseState(new Map([['draws/ircc.json', JSON.stringify(turned(file), null, 4)]]));

    expect(sameFacts(read.draws.ircc?.draws[0]?.draw, draw)).toBe(true);
    expect(sameFacts(read.draws.ircc?.events[0]?.data, { ...read.draws.ircc?.events[0]?.data, draw })).toBe(
      true,
    );
  });

  it('is an empty one where there are no files, and in what it has no file for', () => {
    const { ledger } = smallState();
    const file = fileOf('ledger.ndjson');

    expect(parseState(new Map())).toEqual(EMPTY);
    expect(parseState(printState(EMPTY))).toEqual(EMPTY);
    expect(parseState(new Map([['ledger.ndjson', file]]))).toEqual({ ...EMPTY, ledger });
  });

  it('takes no notice of other files', () => {
    const others = new Map([
      ['draws/README.md', 'x'],
      ['draws/Ircc.json', 'x'],
      ['draws/__proto__.json', 'x'],
      ['draws/constructor.json', 'x'],
      ['draws/a/b.json', 'x'],
      ['notes.ndjson', 'x'],
    ]);

    expect(parseState(new Map([...printState(smallState()), ...others]))).toEqual(smallState());
  });

  it('survives an editor: a mark at the beginning, other ends of lines, blank lines', () => {
    const edited = changed(
      printState(smallState()),
      (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}\r\n \r\n`,
    );
    const gaps = changed(printState(smallState()), (text) => `\n\n${text.replaceAll('\n', '\n\n')}`);

    expect(parseState(edited)).toEqual(smallState());
    expect(parseState(gaps)).toEqual(smallState());
  });
});

describe('the files', () => {
  it('have one line for each draw, earlier state, document, event and message', () => {
    const { draws, ledger, recipients } = smallState();
    const { ircc } = draws;
    const lines = fileOf('draws/ircc.json').split('\n');
    const items = [
      ...(ircc?.draws ?? []),
      ...(ircc?.earlier ?? []),
      ...(ircc?.documents ?? []),
      ...(ircc?.events ?? []),
    ];

    expect(lines.filter((text) => /^\{"/.test(text))).toHaveLength(items.length);
    expect(fileOf('ledger.ndjson').match(/^\{.*\}\n/gm)).toHaveLength(ledger.length);
    expect(fileOf('recipients.ndjson').match(/^\{.*\}\n/gm)).toHaveLength(recipients.length);
  });

  it('grow by lines when there is a new draw, and no other line changes', () => {
    const history = shippedDraws();
    const linesOf = (draws: Draw[]) =>
      fileOf('draws/ircc.json', { ...EMPTY, draws: { ircc: firstLook(draws) } })
        .split('\n')
        .map((text) => text.replace(/,$/, ''));
    const before = linesOf(history.slice(0, -1));
    const after = linesOf(history);

    const added = after.filter((text) => !before.includes(text));

    expect(after.filter((text) => before.includes(text))).toEqual(before);
    expect(added.filter((text) => text.includes(history.at(-1)?.id ?? '?'))).toEqual(added);
    expect(added.length).toBeGreaterThan(1);
  });

  it('name the state of a draw in an event, and hold a draw only that is none of its states', () => {
    const state = smallState();
    const events = state.draws.ircc?.events ?? [];
    const last = events.at(-1);
    const stranger = {
      ...last,
      id: 'draw.corrected/ircc:426/9',
      data: { ...last?.data, draw: { ...shippedDraws().at(-1), cutoff: 9 } },
    };
    events.push(stranger as never);

    const lines = fileOf('draws/ircc.json', state).split('\n');

    const drawsIn = (part: string) =>
      lines.filter((text) => text.includes(part)).map((text) => JSON.parse(text.replace(/,$/, '')).data.draw);
    expect(drawsIn('"draw.published/ircc:426"')).toEqual([1]);
    expect(drawsIn('"draw.corrected/ircc:426/2"')).toEqual([2]);
    expect(drawsIn('"draw.corrected/ircc:426/9"')).toEqual([expect.objectContaining({ cutoff: 9 })]);
  });

  it('hold all that was ever published in half a megabyte', () => {
    const files = printState({ ...EMPTY, draws: { ircc: firstLook(shippedDraws()) } });

    expect(files.get('draws/ircc.json')?.length).toBeLessThan(540_000);
  });

  it('show everything that is in them, however hostile it is', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        for (const text of printState(state).values())
          expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('explain themselves in the same words for every state, without a link', () => {
    const words = fileOf('README.md');

    expect(words).toBe(fileOf('README.md', EMPTY));
    expect(words).not.toMatch(/https?:|\]\(/);
    for (const name of [...printState(EMPTY).keys()].slice(1)) expect(words).toContain(`\`${name}\``);
  });
});

describe('a file that cannot be used', () => {
  it.each<[string, string, (text: string) => string, string]>([
    [
      'a line that is cut off',
      'ledger.ndjson',
      (text) => text.slice(0, -30),
      'ledger.ndjson:2: expected one JSON object, found what is broken or cut off',
    ],
    [
      'a merge that was not finished',
      'ledger.ndjson',
      (text) => text.replace('\n', '\n<<<<<<< HEAD\n'),
      'ledger.ndjson:2: expected one JSON object, found the marks of a merge that was not finished',
    ],
    [
      'a merge that was not finished',
      'draws/ircc.json',
      (text) => text.replace('"earlier"', '=======\n"earlier"'),
      'draws/ircc.json:8: expected JSON, found the marks of a merge that was not finished',
    ],
    [
      'a file that is cut off',
      'draws/ircc.json',
      (text) => text.slice(0, text.indexOf('"revision"')),
      'draws/ircc.json:4: expected JSON, found what is broken or cut off',
    ],
    [
      'a comma that is missing',
      'draws/ircc.json',
      (text) => text.replace('},\n{', '}\n{'),
      'draws/ircc.json:5: expected JSON, found what is broken or cut off',
    ],
    ['nothing', 'watch.json', () => '', 'watch.json:1: expected JSON, found what is broken or cut off'],
    ['a list', 'watch.json', () => '[]\n', 'watch.json:1: expected an object, found []'],
    ['a list', 'recipients.ndjson', () => '\n[]\n', 'recipients.ndjson:2: expected an object, found a list'],
    [
      'a message twice',
      'ledger.ndjson',
      (text) => text.replace(hash(2), hash(1)),
      'ledger.ndjson:2: expected a line about something else than those before, found what line 1 is about',
    ],
    [
      'a message in an unknown state',
      'ledger.ndjson',
      (text) => text.replace('"sent"', '"lost"'),
      'ledger.ndjson:1 status: expected one of queued, held, sent, failed, dropped, found 4 characters that are not shown',
    ],
    [
      'an instant with an offset',
      'ledger.ndjson',
      (text) => text.replace('.000Z","settledAt', '.000-05:00","settledAt'),
      'ledger.ndjson:1 at: expected an instant in UTC as 2024-05-31T12:48:30Z, found 29 characters that are not shown',
    ],
    [
      'another field',
      'ledger.ndjson',
      (text) => text.replace('"channel"', '"note":"x","channel"'),
      'ledger.ndjson:1: expected no fields but event, channel, to, by, id, status, outcome, attempts, ambiguous, at, dueAt, settledAt, found 4 characters that are not shown',
    ],
    [
      'an unknown kind',
      'recipients.ndjson',
      (text) => text.replace('suppressed', 'friend'),
      'recipients.ndjson:1 kind: expected one of suppressed, endpoint, reminded, found 6 characters that are not shown',
    ],
    [
      'a cut-off that is none',
      'draws/ircc.json',
      (text) => text.replace(/"cutoff":\d+/, '"cutoff":0'),
      'draws/ircc.json:4 draws[0].draw.cutoff: expected a whole number from 1 on, found 0',
    ],
    [
      'a draw under the id of another',
      'draws/ircc.json',
      (text) => text.replace('"number":"424"', '"number":"423"'),
      'draws/ircc.json:4 draws[0].draw.id: expected ircc:423, found "ircc:424"',
    ],
    [
      'a draw that leads elsewhere',
      'draws/ircc.json',
      (text) => text.replace('"https:', '"javascript:'),
      'draws/ircc.json:4 draws[0].draw.url: expected an http or https URL, found "javascript://www.canada.ca/en/immigration-refugees-citizenship/corporate/mandat…"',
    ],
    [
      'a draw twice',
      'draws/ircc.json',
      (text) => text.replace(/(\{"draw":.*"ircc:424".*\n)/, '$1$1'),
      'draws/ircc.json:5 draws[1]: expected each of them once, found ircc:424 again',
    ],
    [
      'a draw of no document',
      'draws/ircc.json',
      (text) => text.replace(/"document":"\w+"/, '"document":"x"'),
      'draws/ircc.json:4 draws[0].document: expected the hash of a document in this file, found "x"',
    ],
    [
      'an earlier state that is none',
      'draws/ircc.json',
      (text) => text.replace('"revision":2', '"revision":1'),
      'draws/ircc.json:9 earlier[0].revision: expected one before 1, the present one, found 1',
    ],
    [
      'an event of a draw that somebody deleted',
      'draws/ircc.json',
      (text) => text.replace(/\{"draw":.*"ircc:424".*\n/, ''),
      'draws/ircc.json:14 events[0].data.draw: expected a draw, or a revision of ircc:424 in this file, found 1',
    ],
    [
      'an event twice',
      'draws/ircc.json',
      (text) => text.replace(/(\{"id":"draw.published\/ircc:424".*\n)/, '$1$1'),
      'draws/ircc.json:16 events[1]: expected each of them once, found draw.published/ircc:424 again',
    ],
    [
      'an event of a draw that never was',
      'draws/ircc.json',
      (text) =>
        text
          .replace(/("draw":"ircc:424","at".*"draw":)1,/, '$1{},')
          .replace('"draw":"ircc:424","at"', '"draw":"ircc:9","at"'),
      'draws/ircc.json:15 events[0].data.draw.number: expected a number such as 297 or 91a, found nothing',
    ],
    [
      'an earlier state of a draw that somebody deleted',
      'draws/ircc.json',
      (text) => text.replace(/,\n\{"draw":\{"id":"ircc:426".*"revision":2.*/, ''),
      'draws/ircc.json:8 earlier[0]: expected a state of one of the draws, found "ircc:426"',
    ],
    [
      'an unknown event',
      'draws/ircc.json',
      (text) => text.replace('"type":"draw.corrected"', '"type":"draw.eaten"'),
      'expected one of draw.published, draw.corrected, draw.withdrawn, draw_type.new, draw_type.returned, category.revised, record.set, found "draw.eaten"',
    ],
    [
      'the draws of another source',
      'draws/ircc.json',
      (text) => text.replace('"source": "ircc"', '"source": "abc"'),
      'draws/ircc.json:2 source: expected ircc, found "abc"',
    ],
    [
      'an address that is not hashed',
      'watch.json',
      (text) => text.replace(hash(7), 'https://feed.example/'),
      'watch.json:6 sources.ircc.look.asked: expected a keyed hash of 32 hexadecimal digits, found 21 characters that are not shown',
    ],
    [
      'no form',
      'watch.json',
      (text) => text.replace('"format": 1', '"format": 0'),
      'watch.json:2 format: expected 1, found 0',
    ],
    [
      'a source of a strange name',
      'watch.json',
      (text) => text.replace('"ircc"', '"__proto__"'),
      'watch.json:3 sources: expected the id of a source, found "__proto__"',
    ],
  ])('is told by its line: %s in %s', (_, name, change, fault) => {
    expect(faultsWith(name, change)).toContainEqual(expect.stringContaining(fault));
  });

  it('is told with all that is wrong in it, as far as anybody would read', () => {
    const wrong = faultsWith('ledger.ndjson', (text) =>
      text.replaceAll('"email"', '"pigeon"').replaceAll('"sent"', '1'),
    );
    const endless = faultsWith('ledger.ndjson', (text) => `${text}${'x\n'.repeat(100)}`);

    expect(wrong).toHaveLength(3);
    expect(endless).toHaveLength(21);
    expect(endless.at(-1)).toContain('80 more');
  });

  it('is refused as a whole where a newer drawbell wrote it, whatever else is in it', () => {
    const newer = changed(printState(smallState()), (text, name) =>
      name === 'watch.json'
        ? text.replace('"format": 1', '"format": 2').replace('"mail"', '"post"')
        : `?${text}`,
    );

    expect(faultsOf(() => parseState(newer))).toEqual([
      '  watch.json:2 format: expected 1, the newest that this drawbell knows, found 2, of a newer drawbell: update this one',
    ]);
  });

  it('is never shown where it is about people', () => {
    const spoilt = changed(printState(smallState()), (text, name) =>
      name.endsWith('.ndjson') ? text.replaceAll(/"(?=[^"]*")/g, `"${ADDRESS}`) : text,
    );
    const pasted = changed(printState(smallState()), (text, name) =>
      name.endsWith('.ndjson') ? `${ADDRESS}\n${text.replaceAll(/0{20}\w+/g, ADDRESS)}` : text,
    );

    for (const files of [spoilt, pasted]) {
      const faults = faultsOf(() => parseState(files));
      expect(faults.length).toBeGreaterThan(2);
      expect(faults.join()).not.toContain('amina');
    }
  });

  it('is one only with a fault that is told, however it was spoilt', () => {
    const files = printState(smallState());
    const anySpoil = fc.record({
      name: fc.constantFrom(...[...files.keys()].slice(1)),
      from: fc.nat(),
      length: fc.nat({ max: 60 }),
      by: fc.constantFrom('', '\n', '0', 'null', '"', '{', ']', '[]', '\u0000', '<<<<<<<', '-1', '"\u202E"'),
    });

    fc.assert(
      fc.property(anySpoil, ({ name, from, length, by }) => {
        const text = files.get(name) ?? '';
        const start = from % text.length;
        const spoilt = new Map([...files, [name, text.slice(0, start) + by + text.slice(start + length)]]);

        const faults = faultsOf(() => parseState(spoilt));

        const [where] = [`  ${name}`];
        expect(faults.filter((fault) => !fault.startsWith(where) && !fault.startsWith('  further'))).toEqual(
          [],
        );
        if (faults.length === 0) expect(() => printState(parseState(spoilt))).not.toThrow();
      }),
      { seed: SEED, numRuns: 1_500 },
    );
  });
});

describe('what must never be in a file', () => {
  const ID = 'ep_0123456789abcdef01234567';
  it.each<[string, Partial<State>, string]>([
    ['an address for a hash', { ledger: [line({ to: ADDRESS })] }, 'ledger.ndjson:1 to'],
    ['a score for a hash', { ledger: [line({ outcome: '522' })] }, 'ledger.ndjson:1 outcome'],
    ['an address in the id of a message', { ledger: [line({ id: ADDRESS })] }, 'ledger.ndjson:1 id'],
    [
      'an address in the name of an event',
      { ledger: [line({ event: `letter/${ADDRESS}` })] },
      'ledger.ndjson:1 event',
    ],
    [
      'what a mail server said',
      {
        recipients: [
          {
            kind: 'suppressed',
            who: hash(1),
            by: '0a1b2c3d',
            reason: `550 ${ADDRESS}?`,
            at: '2026-07-11T00:00:00Z',
          },
        ],
      },
      'recipients.ndjson:1 reason',
    ],
    [
      'where an endpoint is',
      {
        recipients: [
          { kind: 'endpoint', who: ID, by: '0a1b2c3d', failingSince: null, resumeAt: null, disabled: null },
          {
            kind: 'endpoint',
            who: 'https://hooks.example',
            by: '0a1b2c3d',
            failingSince: null,
            resumeAt: null,
            disabled: null,
          },
        ],
      },
      'recipients.ndjson:2 who',
    ],
  ])('is not written: %s', (_, parts, where) => {
    const faults = faultsOf(() => printState({ ...smallState(), ...parts }));

    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`  ${where}: expected`);
    expect(faults[0]).not.toMatch(/amina|522,|hooks/);
  });

  it('is neither written: what could not be read again', () => {
    const twice = { ...smallState(), ledger: [line({}), line({})] };
    const untied = smallState();
    untied.draws.ircc?.documents.pop();
    const strange = smallState();
    const [event] = strange.draws.ircc?.events ?? [];
    Object.assign(event ?? {}, { draw: 'ircc:9' });
    const nameless = { ...EMPTY, draws: { '../a': firstLook([]) } };

    expect(faultsOf(() => printState(twice))).toHaveLength(1);
    expect(faultsOf(() => printState(untied))).toHaveLength(4);
    expect(faultsOf(() => printState(strange))).toEqual([
      '  draws/ircc.json events[0].draw: expected one of the draws, found "ircc:9"',
    ]);
    expect(faultsOf(() => printState(nameless))).toHaveLength(1);
  });
});
