// Bad answers from the official page between two good ones: told to the operator, and nothing else happens.

import { describe, expect, it } from 'vitest';
import { compareDraws } from '../../src/draw/draw.ts';
import { listDraws } from '../../src/store/draws.ts';
import { shippedDraws } from '../draw/history.ts';
import { DOCUMENT_FAULTS, ROUND_FAULTS } from '../support/faults.ts';
import {
  addressees,
  DAY,
  dumpDatabase,
  feedAsOf,
  inSession,
  lookHere,
  MORNING,
  openWorld,
  settleIn,
  tellings,
  type World,
} from './world.ts';

const OPERATOR = 'operator@example.org';
/** Three readers want to hear of either of the two rounds that come out; the fourth of none. */
const READERS_TOLD = ['amina@example.org', 'bruno@example.org', 'chen@example.org'];
const TOLD_OF_297 = ['draw.published/ircc:297', 'draw_type.returned/ircc:297'];
const TOLD_OF_296 = ['draw.published/ircc:296', 'draw_type.returned/ircc:296', 'record.set/ircc:296'];
/** The newest round, as it is named with its number and without. */
const NEWEST = ['ircc:297', 'ircc:?298'];
const NO_DRAWS = { new: [], corrected: [], withdrawn: [], quarantined: [] };

/** Ten minutes lie between one look and the next. */
const look = (number: number) => `${DAY}T16:${number}0:00Z`;

describe.concurrent('a document that is not to be used', () => {
  it.concurrent.for(DOCUMENT_FAULTS)(
    '$what: exit 3 with its own message, nothing changed, the operator told when due, nobody else',
    async ({ what, arrange, browser = false, patience = 3 }, { onTestFinished }) => {
      const world = await openWorld(onTestFinished);
      const { DRAWBELL_IRCC_URL = '' } = world.env;
      Object.assign(world.env, {
        DRAWBELL_OPERATOR: `mailto:${OPERATOR}`,
        DRAWBELL_ALARM_FAILURES: String(patience),
      });
      await settleIn(world);
      const before = dumpDatabase(world);

      await arrange(world, onTestFinished);
      const first = await world.run(look(0));
      const reports = [first.report];
      const operatorTold = [mailsToOperator(world).length];
      for (let number = 1; number <= patience; number += 1) {
        reports.push((await lookHere(world, look(number))).report);
        operatorTold.push(mailsToOperator(world).length);
      }
      const after = dumpDatabase(world);
      const othersTold = [...mailsToReaders(world), ...tellings(world)];
      world.env.DRAWBELL_IRCC_URL = DRAWBELL_IRCC_URL;
      world.site.publish(feedAsOf(DAY));
      const good = await lookHere(world, look(4));
      const again = await lookHere(world, look(5));

      const due = patience - 1;
      const reasons = reports.map(({ sources }) => String(sources[0].reason).replace(/^ircc: /, ''));
      const [plain = '', ...helpless] = (reasons[0] ?? '').split('. A browser did not help: ');
      expect(first.code).toBe(3);
      expect(DOCUMENT_FAULTS.filter(({ message }) => message.test(plain)).map((fault) => fault.what)).toEqual(
        [what],
      );
      // Within an hour, the browser is not tried again.
      expect(helpless).toHaveLength(browser ? 1 : 0);
      expect(reasons.slice(1).map(withoutUntil)).toEqual(reasons.slice(1).map(() => withoutUntil(plain)));
      expect(first.stderr.split('\n')[0]).toBe(
        `drawbell: ${first.report.sources[0].reason}. Nothing was changed and no subscriber was told.`,
      );
      expect(first.stderr.trimEnd().split('\n')).toHaveLength(due === 0 ? 2 : 1);
      for (const [number, report] of reports.entries()) {
        const told = number === due ? 1 : 0;
        expect(report).toEqual({
          sources: [{ id: 'ircc', status: 'failing', reason: expect.any(String), draws: NO_DRAWS }],
          events: told ? [{ id: expect.any(String), type: 'source.failing', draw: null }] : [],
          notices: { queued: told, sent: told, retrying: 0, failed: 0 },
        });
      }
      expect(operatorTold).toEqual(reports.map((_, number) => (number < due ? 0 : 1)));
      expect(mailsToOperator(world)[0]).toContain(`(${patience} in a row)`);
      expect(othersTold).toEqual([]);
      expect(differences(before, after, ['health', 'chores'])).toEqual({ lost: [], added: [] });

      expect(good.report.sources[0]).toMatchObject({ status: 'changed', draws: { new: ['ircc:297'] } });
      expect(good.report.notices).toMatchObject({ queued: 6, sent: 6 });
      expect(again.report).toMatchObject({ sources: [{ status: 'unchanged' }], events: [] });
      expect(mailsToReaders(world)).toEqual(READERS_TOLD);
      expect(tellings(world)).toEqual(TOLD_OF_297);
      expect(mailsToOperator(world)).toHaveLength(2);
      expect(mailsToOperator(world)[1]).toContain('ircc works again');
    },
  );
});

describe.concurrent('a round', () => {
  it.concurrent.for(ROUND_FAULTS)(
    'with $what is kept apart and told to the operator once; the others go on',
    async ({ what, arrange, held }, { onTestFinished }) => {
      // Two rounds come out at once, so that one of them can go on.
      const world = await openWorld(onTestFinished, feedAsOf('2024-05-29'));
      world.env.DRAWBELL_OPERATOR = `mailto:${OPERATOR}`;
      await settleIn(world);
      const before = dumpDatabase(world);

      const mend = await arrange(world, onTestFinished);
      const first = await world.run(look(0));
      const operatorTold = mailsToOperator(world);
      const second = await lookHere(world, look(1));
      const after = dumpDatabase(world);
      const toldMeanwhile = { mails: mailsToReaders(world), webhooks: tellings(world) };
      world.site.publish(feedAsOf(DAY));
      mend?.();
      const good = await lookHere(world, look(2));
      const again = await lookHere(world, look(3));

      const others = held.some((id) => NEWEST.includes(id)) ? ['ircc:296'] : ['ircc:296', 'ircc:297'];
      const complaints = complaintsOf(first.stderr);
      expect(first.code).toBe(3);
      expect(
        ROUND_FAULTS.filter(({ complaint }) => complaint.test(complaints.join('; '))).map(
          (fault) => fault.what,
        ),
      ).toEqual([what]);
      expect(first.report.sources[0]).toEqual({
        id: 'ircc',
        status: 'changed',
        reason: null,
        draws: { ...NO_DRAWS, new: others, quarantined: expect.any(Array) },
      });
      expect(second.report.sources[0]).toMatchObject({ status: 'unchanged', draws: { new: [] } });
      for (const { sources } of [first.report, second.report])
        expect([...sources[0].draws.quarantined].sort()).toEqual(held);
      expect(operatorTold).toHaveLength(1);
      for (const id of held) expect(operatorTold[0]).toContain(`${id}: `);
      expect(second.report.notices.queued).toBe(0);
      expect(toldMeanwhile).toEqual(toldOf(others));
      const { lost, added } = differences(before, after, [
        'health',
        'looks',
        'quarantine',
        'documents',
        'chores',
      ]);
      expect(lost).toEqual([]);
      expect(added.filter((row) => !others.some((id) => row.includes(id)))).toEqual([]);
      expect(after.documents).toEqual(expect.arrayContaining(before.documents ?? []));

      expect(good.report.sources[0]?.draws).toEqual({
        ...NO_DRAWS,
        new: ['ircc:296', 'ircc:297'].filter((id) => !others.includes(id)),
      });
      expect(again.report).toMatchObject({ sources: [{ status: 'unchanged' }], events: [] });
      expect(await inSession(world, MORNING, ({ db }) => listDraws(db))).toEqual(drawsAsOf(DAY));
      expect({ mails: mailsToReaders(world), webhooks: tellings(world) }).toEqual(
        toldOf(['ircc:296', 'ircc:297']),
      );
      expect(mailsToOperator(world)).toHaveLength(1);
    },
  );
});

describe.concurrent('a source that asks to be left alone', () => {
  it.concurrent('is not asked before then, which is no failure more, and nothing to tell anybody', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    world.env.DRAWBELL_OPERATOR = `mailto:${OPERATOR}`;
    await settleIn(world);
    world.site.answerWith((response) => response.writeHead(429, { 'retry-after': '1200' }).end());
    await lookHere(world, look(0));
    world.site.publish(feedAsOf(DAY));
    const asked = world.site.asked.length;

    const waiting = await world.run(look(1));
    const askedMeanwhile = world.site.asked.length;
    const [health = ''] = dumpDatabase(world).health ?? [];
    const after = await world.run(look(2));

    expect(waiting.code).toBe(3);
    expect(waiting.report.sources[0].reason).toBe(
      `ircc: asked to be left alone until ${DAY}T16:20:00.000Z, so it was not asked`,
    );
    expect(askedMeanwhile).toBe(asked);
    expect(JSON.parse(health)).toMatchObject({ failures: 1, failing_since: `${DAY}T16:00:00.000Z` });
    expect(after.code).toBe(0);
    expect(after.report.sources[0].draws.new).toEqual(['ircc:297']);
    expect(tellings(world)).toEqual(TOLD_OF_297);
    expect(mailsToOperator(world)).toEqual([]);
  });
});

/** Texts, with their subjects. */
function mailsToOperator({ mail }: World): string[] {
  return mail.received
    .filter(({ recipients }) => recipients.includes(OPERATOR))
    .map(({ subject, text }) => `${subject}\n${text}`);
}

function mailsToReaders(world: World): string[] {
  return addressees(world).filter((address) => address !== OPERATOR);
}

/** Who is told, and of what, when these rounds come out. */
function toldOf(draws: readonly string[]) {
  const webhooks = { 'ircc:296': TOLD_OF_296, 'ircc:297': TOLD_OF_297 } as Record<string, string[]>;
  return {
    mails: draws.flatMap(() => READERS_TOLD).sort(),
    webhooks: draws.flatMap((id) => webhooks[id] ?? []).sort(),
  };
}

/** What standard error says is wrong with each round that is kept apart. */
function complaintsOf(stderr: string): string[] {
  return [...stderr.matchAll(/^drawbell: \S+ is kept apart and told to nobody: (.+)$/gm)].map(
    ([, complaint = '']) => complaint,
  );
}

/** The rows that are gone or there anew, but for these tables and for what is said to the operator of the source. */
function differences(
  before: Record<string, string[]>,
  after: Record<string, string[]>,
  but: readonly string[],
): { lost: string[]; added: string[] } {
  const [earlier, later] = [before, after].map((dump) => new Set(rowsOfOthers(dump, but)));
  return {
    lost: [...(earlier ?? [])].filter((row) => !later?.has(row)),
    added: [...(later ?? [])].filter((row) => !earlier?.has(row)),
  };
}

/** Each with the name of its table, a delivery with its notice. */
function rowsOfOthers(dump: Record<string, string[]>, but: readonly string[]): string[] {
  const notices = new Map((dump.outbox ?? []).map((row) => [JSON.parse(row).id, row]));
  const rows = Object.entries(dump).flatMap(([table, texts]) =>
    // Only counts what was ever put into the others.
    but.includes(table) || table === 'sqlite_sequence' ? [] : texts.map((text) => `${table} ${text}`),
  );
  return rows
    .map((row) =>
      row.startsWith('deliveries ')
        ? `${row} of ${notices.get(JSON.parse(row.slice('deliveries '.length)).notice_id)}`
        : row,
    )
    .filter((row) => !/"(type|event_id)":"source\./.test(row));
}

/** Newest first, as they are listed. */
function drawsAsOf(day: string) {
  return shippedDraws()
    .filter(({ date }) => date <= day)
    .sort(compareDraws)
    .reverse();
}

/** Each time it is asked, the server asks for as long a pause from then on. */
function withoutUntil(reason: string): string {
  return reason.replace(/ until \S+$/, '');
}
