// States to print and read: a small one in full, and any that drawbell could have.

import fc from 'fast-check';
import type { Draw } from '../../src/draw/draw.ts';
import { detect } from '../../src/event/detect.ts';
import { type DrawEvent, OPERATOR_EVENT_TYPES, type OperatorEvent } from '../../src/event/event.ts';
import { NOTICE_STATUSES } from '../../src/match/notice.ts';
import type {
  EarlierDraw,
  LedgerLine,
  RecipientLine,
  SourceDraws,
  State,
  StateDraw,
} from '../../src/state/state.ts';
import { shippedDraws } from '../draw/history.ts';

export const EMPTY: State = {
  draws: {},
  watch: { sources: {}, mail: null, events: [] },
  ledger: [],
  recipients: [],
};

const AT = '2026-07-11T00:00:00.000Z';
const DOCUMENT = 'd0'.repeat(32);
const HISTORY = shippedDraws();

/** What is known of these draws after the first look at them. */
export function firstLook(draws: readonly Draw[]): SourceDraws {
  const options = { now: AT, baseline: true, tellCorrections: false, dormantDays: 180, newsDays: 10 };
  return {
    draws: draws.map((draw) => ({
      draw,
      revision: 1,
      firstSeenAt: AT,
      changedAt: null,
      withdrawnAt: null,
      document: DOCUMENT,
    })),
    earlier: [],
    documents: [{ hash: DOCUMENT, url: null, status: 200, fetchedAt: AT }],
    events: detect([], draws, options).events,
  };
}

/** Three draws, the last of them corrected once; somebody told of it, and somebody to be told. */
export function smallState(): State {
  const draws = HISTORY.slice(-3);
  const last = draws[2] as Draw;
  const said = firstLook(draws);
  const after = { ...last, cutoff: (last.cutoff ?? 0) + 1 };
  const known = draws.map((draw) => ({ draw, revision: 1 }));
  const options = { now: AT, baseline: false, tellCorrections: true, dormantDays: 180, newsDays: 10 };
  const { events } = detect(known, [...draws.slice(0, 2), after], options);
  const corrected = { ...(said.draws[2] as StateDraw), draw: after, revision: 2, changedAt: AT };
  return {
    draws: {
      ircc: {
        draws: [...said.draws.slice(0, 2), corrected],
        earlier: [{ draw: last, revision: 1, replacedAt: AT, document: DOCUMENT }],
        documents: said.documents,
        events: [...said.events, ...events],
      },
    },
    watch: {
      sources: {
        ircc: {
          look: { asked: hash(7), etag: '"1"', lastModified: null, hash: DOCUMENT, changedAt: AT },
          health: null,
          quarantine: [],
        },
      },
      mail: null,
      events: [],
    },
    ledger: [line({ to: hash(1) }), line({ to: hash(2), status: 'queued', dueAt: AT, settledAt: null })],
    recipients: [{ kind: 'suppressed', who: hash(3), by: '0a1b2c3d', reason: 'bounced', at: AT }],
  };
}

export function hash(number: number): string {
  return number.toString(16).padStart(32, '0');
}

export function line(parts: Partial<LedgerLine>): LedgerLine {
  return {
    event: 'draw.published/ircc:426',
    channel: 'email',
    to: hash(1),
    by: '0a1b2c3d',
    id: 'msg_1',
    status: 'sent',
    outcome: null,
    attempts: 1,
    ambiguous: 0,
    at: AT,
    dueAt: null,
    settledAt: AT,
    ...parts,
  };
}

/** Texts that break lines, mend them otherwise than they are, or look like marks. */
const HOSTILE = [
  '\u202Eneo si siht',
  '\u0000\u001b[31m\r\n',
  '\u2028\u2029\u0085',
  '\uFEFF\u200b\u{e0041}',
  '\ud800 half',
  '<<<<<<< ours',
  '"},{"\\',
  'é 日本 🇨🇦',
  '__proto__',
] as const;
export const anyText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 30 }));

export const anyInstant = fc
  .date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const anyHash = fc
  .bigInt({ min: 0n, max: 2n ** 128n - 1n })
  .map((value) => value.toString(16).padStart(32, '0'));
const anySecret = fc.constantFrom('0a1b2c3d', 'ffffffff');
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const anyObject = fc
  .dictionary(
    fc.oneof(anyText, fc.constantFrom('a', 'b')),
    fc.oneof(anyText, fc.jsonValue({ maxDepth: 2 })),
    {
      maxKeys: 4,
    },
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);

const anyDraw = fc
  .tuple(
    fc.constantFrom(...HISTORY),
    fc.constantFrom('', 'Génie 日本', 'R&D "quoted" <b>'),
    perhaps(fc.integer({ min: 1, max: 1200 })),
  )
  .map(([draw, label, cutoff]): Draw => ({ ...draw, label: label || draw.label, cutoff }));

/** Draws of a source, some of them corrected, with events about them as they are, were, or never were here. */
const anySaid: fc.Arbitrary<SourceDraws> = fc
  .uniqueArray(anyDraw, { selector: ({ id }) => id, maxLength: 6 })
  .chain((draws) =>
    fc.record({
      draws: fc.tuple(
        ...draws.map((draw) =>
          fc.record({
            draw: fc.constant(draw),
            cutoffs: fc.array(fc.integer({ min: 1, max: 1200 }), { maxLength: 2 }),
            firstSeenAt: anyInstant,
            changedAt: perhaps(anyInstant),
            withdrawnAt: perhaps(anyInstant),
            events: fc.array(
              fc.record({
                cutoff: perhaps(fc.integer({ min: 1, max: 1200 })),
                state: fc.nat({ max: 3 }),
                at: anyInstant,
                told: fc.boolean(),
                more: anyObject,
              }),
              { maxLength: 3 },
            ),
          }),
        ),
      ),
      url: perhaps(fc.constant('https://www.canada.ca/a.json')),
      at: anyInstant,
    }),
  )
  .map(({ draws, url, at }) => {
    const states = draws.map((entry) => [
      ...entry.cutoffs.map((cutoff): Draw => ({ ...entry.draw, cutoff })),
      entry.draw,
    ]);
    return {
      draws: draws.map(
        ({ draw, cutoffs, events: _, ...entry }): StateDraw => ({
          ...entry,
          draw,
          revision: cutoffs.length + 1,
          document: DOCUMENT,
        }),
      ),
      earlier: states.flatMap((of): EarlierDraw[] =>
        of
          .slice(0, -1)
          .map((draw, index) => ({ draw, revision: index + 1, replacedAt: at, document: DOCUMENT })),
      ),
      documents: [{ hash: DOCUMENT, url, status: 200, fetchedAt: at }],
      events: draws.flatMap(({ draw, events }, place) =>
        events.map(({ cutoff, state, more, ...event }, index) => {
          const about = states[place]?.[state] ?? { ...draw, cutoff };
          const id = `draw.published/${draw.id}/${index}`;
          const data = { ...more, draw: about };
          return {
            id,
            type: 'draw.published',
            source: 'ircc',
            draw: draw.id,
            ...event,
            data,
          } as unknown as DrawEvent;
        }),
      ),
    };
  });

const anyEvent = fc.record({
  id: fc.nat().map((number) => `source.failing/ircc/${number}`),
  type: fc.constantFrom(...OPERATOR_EVENT_TYPES),
  source: fc.constant('ircc'),
  draw: fc.constant(null),
  at: anyInstant,
  told: fc.boolean(),
  data: anyObject,
}) as unknown as fc.Arbitrary<OperatorEvent>;

const anySpell = { since: anyInstant, told: fc.nat(), toldAt: perhaps(anyInstant) };
const anyHealth = fc.record({
  triedAt: anyInstant,
  succeededAt: perhaps(anyInstant),
  failures: fc.nat(),
  failing: perhaps(
    fc.record({ ...anySpell, trouble: fc.constantFrom('busy' as const, 'silent' as const), reason: anyText }),
  ),
  quiet: perhaps(fc.record(anySpell)),
  retryAt: perhaps(anyInstant),
  browserAt: perhaps(anyInstant),
  unconditional: fc.boolean(),
  moved: perhaps(fc.record({ from: anyHash, to: fc.constant('https://www.canada.ca/b.json') })),
});
const anyWatch = fc.record({
  look: perhaps(
    fc.record({
      asked: anyHash,
      etag: perhaps(anyText),
      lastModified: perhaps(anyText),
      hash: fc.constantFrom('', DOCUMENT),
      changedAt: anyInstant,
    }),
  ),
  health: perhaps(anyHealth),
  quarantine: fc.array(
    fc.record({
      id: fc.constantFrom('ircc:427', 'ircc:?3'),
      reason: fc.constantFrom('unreadable' as const, 'mass-change' as const),
      faults: fc.array(fc.record({ where: anyText, expected: anyText, found: anyText }), { maxLength: 2 }),
      draw: perhaps(anyDraw),
      since: anyInstant,
      looks: fc.nat(),
      status: fc.constantFrom('held' as const, 'dropped' as const),
    }),
    { maxLength: 2 },
  ),
});
type Watched = typeof anyWatch extends fc.Arbitrary<infer Value> ? Value : never;

/** Of another source, whose draws those are not. */
function drawless({ quarantine, ...watch }: Watched): Watched {
  return { ...watch, quarantine: quarantine.map((round) => ({ ...round, draw: null })) };
}

export const anyLine: fc.Arbitrary<LedgerLine> = fc.record({
  event: fc.constantFrom('draw.published/ircc:426', 'letter/renew-score/2026-07-11T00:00:00.000Z'),
  channel: fc.constantFrom('email', 'operator', 'webhook', 'letter'),
  to: fc.oneof(anyHash, fc.nat({ max: 5 }).map(hash)),
  by: anySecret,
  id: fc.nat().map((number) => `msg_${number}`),
  status: fc.constantFrom(...NOTICE_STATUSES),
  outcome: perhaps(anyHash),
  attempts: fc.nat(),
  ambiguous: fc.nat(),
  at: anyInstant,
  dueAt: perhaps(anyInstant),
  settledAt: perhaps(anyInstant),
});
export const anyLedger = fc.uniqueArray(anyLine, { selector: ({ to, by }) => `${to} ${by}`, maxLength: 12 });

const anyRecipient: fc.Arbitrary<RecipientLine> = fc.oneof(
  fc.record({
    kind: fc.constant('suppressed' as const),
    who: anyHash,
    by: anySecret,
    reason: fc.constantFrom('bounced', 'operator'),
    at: anyInstant,
  }),
  fc.record({
    kind: fc.constant('endpoint' as const),
    who: anyHash.map((name) => `ep_${name.slice(0, 24)}`),
    by: anySecret,
    failingSince: perhaps(anyInstant),
    resumeAt: perhaps(anyInstant),
    disabled: perhaps(fc.record({ at: anyInstant, why: fc.constantFrom('gone', 'failing') })),
  }),
  fc.record({ kind: fc.constant('reminded' as const), who: anyHash, by: anySecret, at: anyInstant }),
);

export const anyState: fc.Arbitrary<State> = fc.record({
  draws: fc.oneof(
    fc.constant({}),
    anySaid.map((ircc) => ({ ircc })),
  ),
  watch: fc.record({
    // A source that this version does not have is kept as well.
    sources: fc.oneof(
      fc.dictionary(fc.constant('ircc'), anyWatch).map((sources) => ({ ...sources })),
      fc.record({ length: anyWatch.map(drawless), ircc: anyWatch, 'a-2': anyWatch.map(drawless) }),
    ),
    mail: perhaps(
      fc.record({
        since: anyInstant,
        cause: fc.constantFrom('policy' as const, 'unreachable' as const),
        reason: anyText,
        pauses: fc.nat(),
        resumeAt: anyInstant,
        told: perhaps(fc.constant('2026-07-11')),
      }),
    ),
    events: fc.array(anyEvent, { maxLength: 2 }),
  }),
  ledger: anyLedger,
  recipients: fc.uniqueArray(anyRecipient, {
    selector: ({ kind, who, by }) => `${kind} ${who} ${by}`,
    maxLength: 6,
  }),
});
