// A job: what it tells, what it remembers, and what becomes of both when it goes wrong.

import { describe, expect, it } from 'vitest';
import { buildFeed } from '../../src/demo/feed.ts';
import { InputError, StateError } from '../../src/errors.ts';
import type { Branch } from '../../src/git/branch.ts';
import { openBranch } from '../../src/git/branch.ts';
import { exitCodeOf, outputsOf } from '../../src/job/outcome.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { makeFolder } from '../support/store.ts';
import { BRANCH, openPlace, type Place, TEAM_SECRET } from './place.ts';

/** Back to the last draw of the type that returned with #297. */
const BEFORE = shippedDraws().filter(({ number }) => Number(number) >= 204 && Number(number) < 297);
const WITH_297 = [...BEFORE, shippedDraw(297)];
/** A line of the ledger. */
const TOLD_297 = 'email draw.published/ircc:297 sent';
const DAY_BEFORE = '2024-05-30T21:00:00Z';
const THAT_DAY = '2024-05-31T17:00:00Z';

/** A job that has run once, the day before the draw. */
async function openSettled(): Promise<Place> {
  const place = await openPlace(BEFORE, DAY_BEFORE);
  await place.run();
  place.setClock(THAT_DAY);
  return place;
}

const statuses = (place: Place) =>
  place.state().ledger.map(({ event, channel, status }) => `${channel} ${event} ${status}`);

describe('a first run', () => {
  it('remembers the draws, tells nobody, and says that it is the first', async () => {
    const place = await openPlace(BEFORE, DAY_BEFORE);

    const ended = await place.run();

    expect(ended.faults).toEqual([]);
    expect(ended.report).toMatchObject({ firstRun: true, events: [], draws: expect.any(Array) });
    expect(await outputsOf(ended)).toMatchObject({ changed: 'true', 'new-draws': '[]' });
    expect(place.mailed()).toEqual([]);
    expect(place.team.received).toEqual([]);
    const state = place.state();
    expect(state.draws.ircc?.draws).toHaveLength(BEFORE.length);
    expect(state.ledger).toEqual([]);
  });

  it('starts from the shipped history, and tells of what is new since', async () => {
    const place = await openPlace([...shippedDraws()], '2026-07-11T16:00:00Z');
    place.env.DRAWBELL_HISTORY = 'bundled';

    const { report, changed } = await place.run();

    expect(report).toMatchObject({ sources: [{ status: 'unchanged' }], draws: [], events: [] });
    // Before there was nothing, and pages can be made of it now.
    expect(changed).toBe(true);
    expect(place.state().draws.ircc?.draws).toHaveLength(shippedDraws().length);
  });
});

describe('a run with nothing new', () => {
  it('asks one conditional question and leaves the branch as it is', async () => {
    const place = await openSettled();
    const tip = place.repository.tip(BRANCH);

    const ended = await place.run();

    expect(place.site.asked.map(({ status }) => status)).toEqual([200, 304]);
    expect(ended.report).toMatchObject({ firstRun: false, sources: [{ id: 'ircc', status: 'unchanged' }] });
    expect(await outputsOf(ended)).toMatchObject({ changed: 'false', 'new-draws': '[]', events: '[]' });
    expect(place.repository.tip(BRANCH)).toBe(tip);
  });

  it('notes once a day that the source was read', async () => {
    const place = await openSettled();
    const commits = () => place.repository.messages(BRANCH).length;
    const before = commits();

    await place.run();
    place.setClock('2024-06-01T17:00:00Z');
    await place.run();

    expect(commits()).toBe(before + 1);
    expect(place.state().watch.sources.ircc?.health?.succeededAt).toBe('2024-06-01T17:00:00.000Z');
  });
});

describe('a new draw', () => {
  it('is told to everybody it is meant for, once, and written down before and after', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    const before = place.repository.messages(BRANCH).length;
    const seen: string[][] = [];
    place.mailServer.decide(() => {
      seen.push(statuses(place));
      return 'take';
    });

    const ended = await place.run();
    await place.run();

    const { report, faults } = ended;
    expect(faults).toEqual([]);
    expect(report.draws.map(({ id }) => id)).toEqual(['ircc:297']);
    expect(
      place
        .mailed()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['amina@example.org', 'bruno@example.org']);
    expect(place.team.received.map(({ verified }) => verified)).toEqual([true, true]);
    // Whoever was told, the branch said before that they would be.
    expect(seen).toHaveLength(2);
    for (const lines of seen) {
      expect(lines).toHaveLength(4);
      expect(lines.filter((line) => line.startsWith('email'))).toEqual(
        Array(2).fill('email draw.published/ircc:297 queued'),
      );
    }
    expect(statuses(place).every((line) => line.endsWith(' sent'))).toBe(true);
    expect(place.repository.messages(BRANCH).length).toBeLessThanOrEqual(before + 3);
    expect(report.told).toMatchObject({
      email: { queued: 2, sent: 2, retrying: 0, failed: 0 },
      webhook: { queued: 2, sent: 2, retrying: 0, failed: 0 },
    });
    const outputs = await outputsOf(ended);
    expect(outputs).toMatchObject({ changed: 'true', 'new-draws': '["ircc:297"]' });
    expect(JSON.parse(outputs.events).map(({ type }: { type: string }) => type)).toEqual([
      'draw.published',
      'draw_type.returned',
    ]);
    expect(exitCodeOf(report, faults)).toBe(0);
  });

  it('leaves nothing of anybody on the branch', async () => {
    const place = await openSettled();
    place.publish(WITH_297);

    await place.run();

    const { git } = place.repository;
    const everything = git(['log', '-p', '--format=fuller', BRANCH]);
    expect(everything).toContain('draw.published/ircc:297');
    expect(everything).not.toMatch(/amina|bruno|chen|operator@|\b1163\b|hooks\/draws|whsec_/);
    expect(everything).not.toContain(TEAM_SECRET);
    expect(everything).not.toContain('a secret of the tests');
    const lines = place.state().ledger;
    expect(new Set(lines.map(({ to }) => to)).size).toBe(lines.length);
    for (const line of lines) expect(Object.values(line)).not.toContain('invited');
  });

  it('is not told in a dry run, and nothing is written', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    const tip = place.repository.tip(BRANCH);
    place.env.DRAWBELL_DRY_RUN = 'true';

    const { report } = await place.run();

    expect(report).toMatchObject({ dryRun: true, told: { email: { queued: 2, sent: 0 } } });
    expect(place.mailed()).toEqual([]);
    expect(place.repository.tip(BRANCH)).toBe(tip);
  });

  it('stands after those before it where several have come', async () => {
    const place = await openPlace(BEFORE.slice(0, -1), DAY_BEFORE);
    await place.run();
    place.setClock(THAT_DAY);
    place.publish(WITH_297);

    const { report } = await place.run({}, { dryRun: true });

    expect(report.draws.map(({ id }) => id)).toEqual(['ircc:296', 'ircc:297']);
  });

  it('has the same ids in each run, also where what was written down is lost', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    const tip = place.repository.tip(BRANCH) as string;
    const ids = () => [
      ...place.mailed().map(({ id }) => id),
      ...place.team.received.map(({ headers }) => String(headers['webhook-id'])),
    ];
    await place.run();
    const first = ids();
    place.repository.git(['update-ref', `refs/heads/${BRANCH}`, tip]);

    await place.run();

    expect(new Set(first).size).toBe(4);
    expect(ids()).toHaveLength(8);
    expect(new Set(ids())).toEqual(new Set(first));
  });

  it('disables an endpoint that is gone for good, and the report says so', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.team.answerWith((response) => response.writeHead(410).end());
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T17:05:00Z';
    const clock = minutes(place, THAT_DAY);

    const { report } = await place.run({
      pause: async () => {
        place.site.answerWith((response) => response.writeHead(404).end());
        clock.tick();
      },
    });

    expect(report.events.map(({ type }) => type)).toEqual([
      'draw.published',
      'draw_type.returned',
      'endpoint.disabled',
      'source.failing',
    ]);

    const { length } = place.team.received;
    place.setClock('2024-06-01T17:00:00Z');
    await place.run();

    expect(place.team.received).toHaveLength(length);
  });
});

describe('which draws are known', () => {
  it('the state says, whatever history is shipped with the program', async () => {
    const [last, ...others] = shippedDraws().toReversed();
    if (!last) throw new Error('there is no history');
    const corrected = { ...last, invitations: (last.invitations ?? 0) + 1 };
    const place = await openPlace([...others.reverse(), corrected], '2026-07-11T16:00:00Z');
    await place.run();
    const tip = place.repository.tip(BRANCH);
    place.env.DRAWBELL_HISTORY = 'bundled';

    const { report } = await place.run();

    expect(report).toMatchObject({ sources: [{ status: 'unchanged' }], events: [] });
    expect(place.repository.tip(BRANCH)).toBe(tip);
  });
});

describe('the sources that are looked at', () => {
  it('are those that are named', async () => {
    const place = await openSettled();
    const asked = place.site.asked.length;

    const { report } = await place.run({}, { sources: [] });

    expect(report.sources).toEqual([]);
    expect(place.site.asked).toHaveLength(asked);
  });
});

describe('many readers', () => {
  it('are each told once, though a push in the middle is not taken', async () => {
    const place = await openSettled();
    place.env.DRAWBELL_SUBSCRIBERS = readers(40);
    place.publish(WITH_297);
    let pushes = 0;
    const branch = racing(place, () => {
      pushes += 1;
      if (pushes === 2) place.repository.write(BRANCH, { 'note.txt': 'by another run' });
    });

    const { report, faults } = await place.run({ branch });

    const first = place.mailed();
    expect(faults).toEqual([]);
    expect(report.raceLost).toBe(true);
    // Whatever the first push said, and nothing more.
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThanOrEqual(16);
    expect(report.told.email).toEqual({ queued: 40, sent: first.length, retrying: 0, failed: 0 });
    expect(statuses(place).filter((line) => line === TOLD_297)).toHaveLength(first.length);

    // What the first push said is in hand may for all one knows be so until then.
    place.setClock('2024-05-31T17:05:00Z');
    await place.run();

    const mails = place.mailed();
    expect(mails).toHaveLength(40);
    expect(new Set(mails.map(({ to }) => to)).size).toBe(40);
  });

  it('are each told once, though the run is told to end while mails are on their way', async () => {
    const place = await openSettled();
    place.env.DRAWBELL_SUBSCRIBERS = readers(40);
    place.publish(WITH_297);
    const stopping = new AbortController();
    place.mailServer.decide(() => {
      stopping.abort();
      return 'take';
    });

    const { faults } = await place.run({ signal: stopping.signal });

    const first = place.mailed();
    expect(faults).toEqual([]);
    expect(first.length).toBeLessThan(40);
    expect(statuses(place).filter((line) => line === TOLD_297)).toHaveLength(first.length);

    await place.run();

    const mails = place.mailed();
    expect(mails).toHaveLength(40);
    expect(new Set(mails.map(({ to }) => to)).size).toBe(40);
  });
});

describe('a push that is not taken', () => {
  it('because another run was quicker: nothing is sent, and it is no fault', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    const quicker: Branch = racing(place, () =>
      place.repository.write(BRANCH, { 'note.txt': 'by another run' }),
    );

    const { report, faults } = await place.run({ branch: quicker });

    expect(report.raceLost).toBe(true);
    expect(exitCodeOf(report, faults)).toBe(0);
    expect(place.mailed()).toEqual([]);
    expect(place.team.received).toEqual([]);
    expect(place.state().ledger).toEqual([]);

    await place.run();

    expect(place.mailed()).toHaveLength(2);
  });

  it('because we may not: nothing is sent, and the run is red until we may', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.repository.hook('pre-receive', 'echo "no writing here" >&2; exit 1');

    const { report, faults } = await place.run();

    expect(faults).toEqual([expect.any(StateError)]);
    expect(exitCodeOf(report, faults)).toBe(2);
    expect(place.mailed()).toEqual([]);

    place.repository.hook('pre-receive', null);
    await place.run();

    expect(place.mailed()).toHaveLength(2);
  });

  it('of what was done, as others have written meanwhile, is merged with what they wrote', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    let mails = 0;
    place.mailServer.decide(() => {
      mails += 1;
      if (mails === 1) place.repository.write(BRANCH, { 'note.txt': 'by another run' });
      return 'take';
    });

    const { faults } = await place.run();

    expect(faults).toEqual([]);
    expect(place.repository.files(BRANCH)).toHaveProperty(['note.txt'], 'by another run');
    expect(statuses(place).every((line) => line.endsWith(' sent'))).toBe(true);

    place.setClock('2024-05-31T18:00:00Z');
    await place.run();

    expect(place.mailed()).toHaveLength(2);
  });

  it('of what was done is tried again, and told when it cannot be: then the same ids may come once more', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.mailServer.decide(() => {
      place.repository.hook('pre-receive', 'exit 1');
      return 'take';
    });
    const pauses: number[] = [];

    const { faults, report } = await place.run({
      pause: async (length) => {
        pauses.push(length);
      },
    });

    expect(pauses).toHaveLength(4);
    expect(faults).toEqual([expect.any(StateError)]);
    expect(exitCodeOf(report, faults)).toBe(2);
    place.repository.hook('pre-receive', null);
    place.mailServer.decide(() => 'take');
    const first = place.mailed();
    place.setClock('2024-05-31T17:03:00Z');
    await place.run();
    expect(place.mailed()).toEqual(first);

    place.setClock('2024-05-31T17:05:00Z');
    await place.run();

    const ids = (mails: typeof first) => mails.map(({ id }) => id).sort();
    expect(ids(place.mailed().slice(first.length))).toEqual(ids(first));
    expect(statuses(place).every((line) => line.endsWith(' sent'))).toBe(true);
  });
});

describe('a state', () => {
  it('that cannot be reached tells nobody anything, and the run is red', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.repository.remove();

    const ended = await place.run();

    expect(ended.faults).toEqual([expect.any(StateError)]);
    expect(exitCodeOf(ended.report, ended.faults)).toBe(1);
    expect(place.mailed()).toEqual([]);
    expect(place.team.received).toEqual([]);
    const outputs = await outputsOf(ended);
    expect(outputs).toMatchObject({ changed: 'false', 'new-draws': '[]', events: '[]' });
    expect(outputs.summary).toMatch(/^### What went wrong\n\n- .*drawbell-state/);
    expect(outputs.summary).not.toContain('Nothing new');
  });

  it.each([
    ['watch.json', '{'],
    ['ledger.ndjson', 'lines\n'],
  ])('that cannot be read is for somebody to mend, and ends a patrol at once: %s', async (file, text) => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.repository.write(BRANCH, { [file]: text });
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T22:45:00Z';

    const { report, faults } = await place.run();

    expect(faults).toEqual([expect.any(InputError)]);
    expect(String(faults[0])).toContain(file);
    expect(exitCodeOf(report, faults)).toBe(2);
    expect(place.mailed()).toEqual([]);
    expect(place.repository.files(BRANCH)).toHaveProperty([file], text);
  });
});

describe('a run that is told to end while it looks', () => {
  it('leaves all that it found to the next one', async () => {
    const place = await openSettled();
    const tip = place.repository.tip(BRANCH);
    place.site.answerWith((response) => response.writeHead(404).end());
    const stopping = new AbortController();

    await place.run({ signal: stopping.signal, warn: () => stopping.abort() });

    expect(stopping.signal.aborted).toBe(true);
    expect(place.repository.tip(BRANCH)).toBe(tip);
  });
});

describe('a fault of ours', () => {
  it('stops nothing else, and turns the run red, whatever comes after it', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.mailServer.refuseWith({ status: 451, text: '4.3.0 later' });
    await place.run();
    place.mailServer.refuseWith(null);
    place.setClock('2024-05-31T18:00:00Z');
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T18:02:00Z';
    place.site.answerWith((response) => response.writeHead(404).end());
    const clock = minutes(place, '2024-05-31T18:00:00Z');
    const told: number[] = [];

    const { report, faults } = await place.run({
      warn: () => {
        throw new TypeError('a fault of ours');
      },
      pause: async () => {
        told.push(place.mailed().length);
        place.publish(WITH_297);
        clock.tick();
      },
    });

    expect(told[0]).toBe(2);
    expect(faults.map(String)).toEqual(['TypeError: a fault of ours']);
    expect(exitCodeOf(report, faults)).toBe(1);
  });
});

describe('a reader whose score is old', () => {
  it('is asked for a newer one, once', async () => {
    const place = await openSettled();
    place.env.DRAWBELL_SUBSCRIBERS = '- { email: amina@example.org, crs: 480, crsAsOf: 2024-01-31 }\n';

    const { report } = await place.run();
    await place.run();

    expect(report.told.letter).toMatchObject({ queued: 1, sent: 1 });
    expect(place.mailed().map(({ to }) => to)).toEqual(['amina@example.org']);
  });
});

describe('mail that waits', () => {
  it('is in the report, is no fault yet, and goes out when it can', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.env.DRAWBELL_SMTP_URL = 'smtp://127.0.0.1:9';

    const { report, faults } = await place.run();

    expect(report.mailStopped).toMatchObject({ told: null });
    expect(exitCodeOf(report, faults)).toBe(0);

    place.env.DRAWBELL_SMTP_URL = place.mailServer.url;
    place.setClock('2024-05-31T17:30:00Z');
    const later = await place.run();

    expect(later.report.mailStopped).toBeNull();
    expect(place.mailed()).toHaveLength(2);
  });
});

describe('an operator who can be reached by mail', () => {
  it('gets none where there is no mail server, and nothing waits for that', async () => {
    const place = await openSettled();
    for (const name of ['DRAWBELL_SUBSCRIBERS', 'DRAWBELL_SMTP_URL', 'DRAWBELL_MAIL_FROM'])
      delete place.env[name];
    place.site.answerWith((response) => response.writeHead(404).end());

    for (const minute of ['00', '15', '30', '45']) {
      place.setClock(`2024-05-31T17:${minute}:00Z`);
      const { report } = await place.run();
      expect(report.told.operator).toEqual({ queued: 0, sent: 0, retrying: 0, failed: 0 });
    }

    expect(place.state().watch.events.map(({ type }) => type)).toContain('source.failing');
    expect(place.state().ledger.filter(({ channel }) => channel === 'operator')).toEqual([]);
  });

  it('gets what waited for the mail server, in whatever letters "mailto:" is written', async () => {
    const place = await openSettled();
    place.env.DRAWBELL_OPERATOR = 'MAILTO:operator@example.org';
    place.site.answerWith((response) => response.writeHead(404).end());
    place.mailServer.refuseWith({ status: 451, text: '4.3.0 later' });
    for (const minute of ['00', '15', '30']) {
      place.setClock(`2024-05-31T17:${minute}:00Z`);
      await place.run();
    }
    expect(place.mailed()).toEqual([]);

    place.mailServer.refuseWith(null);
    place.setClock('2024-05-31T20:00:00Z');
    const { report } = await place.run();

    expect(report.told.operator).toMatchObject({ sent: 1 });
    expect(place.mailed().map(({ to }) => to)).toEqual(['operator@example.org']);
  });
});

describe('a rehearsal', () => {
  it('is held once in a patrol, as soon as there is a state, and nothing of it is written down', async () => {
    const place = await openSettled();
    Object.assign(place.env, { DRAWBELL_REHEARSE: 'true', DRAWBELL_WATCH_UNTIL: '2024-05-31T17:05:00Z' });
    const tip = place.repository.tip(BRANCH);
    const clock = minutes(place, THAT_DAY);
    const branch = unreachableOnce(place);

    const { report } = await place.run({ branch, pause: async () => clock.tick() });

    expect(report.rehearsed).toMatchObject({ sent: 3, failed: 0 });
    expect(place.mailed()).toHaveLength(3);
    expect(place.repository.tip(BRANCH)).toBe(tip);
  });

  it('is not held in a dry run', async () => {
    const place = await openSettled();
    Object.assign(place.env, { DRAWBELL_REHEARSE: 'true', DRAWBELL_DRY_RUN: 'true' });

    const { report } = await place.run();

    expect(report.rehearsed).toBeNull();
    expect(place.mailed()).toEqual([]);
  });
});

describe('a branch that is out of reach for a moment', () => {
  it('is written as soon as it is there again', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    const mine = racing(place, () => undefined);
    const down = new StateError('unreachable', 'no answer');
    let [pushes, reads] = [0, 0];
    const branch: Branch = {
      async read() {
        reads += 1;
        if (reads === 2) throw down;
        return mine.read();
      },
      async publish(files, message) {
        pushes += 1;
        if (pushes === 2 || pushes === 3) throw down;
        return mine.publish(files, message);
      },
    };

    const { faults } = await place.run({ branch });

    expect(faults).toEqual([]);
    expect(pushes).toBe(4);
    expect(statuses(place).every((line) => line.endsWith(' sent'))).toBe(true);
  });
});

describe('a patrol', () => {
  it('looks every minute until it is over, and tells what comes in between at once', async () => {
    const place = await openSettled();
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T17:05:00Z';
    const clock = minutes(place, THAT_DAY);

    const { report, faults } = await place.run({
      pause: async (length) => {
        expect(length).toBe(60_000);
        if (clock.passed() === 2) place.publish(WITH_297);
        clock.tick();
      },
    });

    expect(faults).toEqual([]);
    // The first run; then a look at 17:00, 17:01, ... 17:04.
    expect(place.site.asked.map(({ status }) => status)).toEqual([200, 304, 304, 304, 200, 304]);
    expect(place.mailed()).toHaveLength(2);
    expect(report).toMatchObject({ sources: [{ status: 'changed', draws: { new: ['ircc:297'] } }] });
  });

  it('goes on from what another run has written when that was quicker', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T17:03:00Z';
    const clock = minutes(place, THAT_DAY);
    let races = 0;
    const branch = racing(place, () => {
      races += 1;
      if (races === 1) place.repository.write(BRANCH, { 'note.txt': 'by another run' });
    });

    const { report, faults } = await place.run({ branch, pause: async () => clock.tick() });

    expect(faults).toEqual([]);
    expect(report.raceLost).toBe(true);
    expect(place.mailed()).toHaveLength(2);
    expect(statuses(place).every((line) => line.endsWith(' sent'))).toBe(true);
  });

  it('goes on when the state could not be reached for a while, and is green when it can', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T17:02:00Z';
    const clock = minutes(place, THAT_DAY);
    const branch = unreachableOnce(place);

    const { report, faults, warnings } = await place.run({ branch, pause: async () => clock.tick() });

    expect(exitCodeOf(report, faults)).toBe(0);
    expect(warnings).toEqual([expect.stringContaining('no answer')]);
    expect(place.mailed()).toHaveLength(2);
  });

  it('is red when it ends while the state cannot be reached', async () => {
    const place = await openSettled();
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T17:02:00Z';
    const clock = minutes(place, THAT_DAY);

    const { report, faults } = await place.run({
      pause: async () => {
        clock.tick();
        place.publish(WITH_297);
        place.repository.remove();
      },
    });

    expect(faults).not.toEqual([]);
    expect(exitCodeOf(report, faults)).toBe(1);
    expect(place.mailed()).toEqual([]);
  });

  it('writes down what it has done as soon as it can, before it goes on', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T17:20:00Z';
    const clock = minutes(place, THAT_DAY);
    place.mailServer.decide(() => {
      place.repository.hook('pre-receive', 'exit 1');
      return 'take';
    });

    const { report, faults } = await place.run({
      pause: async (length) => {
        if (length < 60_000) return;
        clock.tick();
        if (clock.passed() === 2) place.repository.hook('pre-receive', null);
      },
    });

    expect(exitCodeOf(report, faults)).toBe(0);
    expect(place.mailed()).toHaveLength(2);
    expect(place.team.received).toHaveLength(2);
    expect(statuses(place).every((line) => line.endsWith(' sent'))).toBe(true);
  });

  it('counts each message once, also when it has read the state anew in between', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T17:30:00Z';
    const clock = minutes(place, THAT_DAY);
    let mails = 0;
    place.mailServer.decide(() => {
      mails += 1;
      if (mails > 1) return 'take';
      place.repository.write(BRANCH, { 'note.txt': 'by another run' });
      return { status: 451, text: '4.3.0 later' };
    });

    const { report, faults } = await place.run({ pause: async () => clock.tick() });

    expect(faults).toEqual([]);
    expect(place.repository.files(BRANCH)).toHaveProperty(['note.txt']);
    expect(report.told).toMatchObject({
      email: { queued: 2, sent: 2, retrying: 0, failed: 0 },
      webhook: { queued: 2, sent: 2, retrying: 0, failed: 0 },
    });
  });

  it('repeats nothing of what another run has told meanwhile', async () => {
    const place = await openPlace(BEFORE.slice(0, -1), DAY_BEFORE);
    await place.run();
    place.setClock(THAT_DAY);
    place.publish(BEFORE);
    const clock = minutes(place, THAT_DAY);
    const mine = racing(place, () => undefined);
    let pushes = 0;
    const branch: Branch = {
      ...mine,
      async publish(files, message) {
        pushes += 1;
        // Between what it will do and what it has done.
        if (pushes === 2) {
          place.publish(WITH_297);
          await place.run();
        }
        return mine.publish(files, message);
      },
    };

    await place.run(
      { branch, pause: async () => clock.tick() },
      { until: Date.parse('2024-05-31T17:10:00Z') },
    );

    const ids = [
      ...place.mailed().map(({ id }) => id),
      ...place.team.received.map(({ headers }) => String(headers['webhook-id'])),
    ];
    expect(ids.length).toBeGreaterThan(4);
    expect(new Set(ids).size).toBe(ids.length);
    expect(statuses(place).every((line) => line.endsWith(' sent'))).toBe(true);
  });

  it('is as its source is at the end, and what it found stays found', async () => {
    const place = await openSettled();
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T17:03:00Z';
    place.publish(WITH_297);
    const fail = () => place.site.answerWith((response) => response.writeHead(404).end());

    const clock = minutes(place, THAT_DAY);
    const failing = await place.run({
      pause: async () => {
        fail();
        clock.tick();
      },
    });

    expect(exitCodeOf(failing.report, failing.faults)).toBe(3);
    expect(failing.report).toMatchObject({ sources: [{ status: 'failing', draws: { new: ['ircc:297'] } }] });
    expect(await outputsOf(failing)).toMatchObject({ changed: 'true', 'new-draws': '["ircc:297"]' });

    place.setClock('2024-05-31T18:00:00Z');
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T18:04:00Z';
    const later = minutes(place, '2024-05-31T18:00:00Z');
    const recovered = await place.run({
      pause: async () => {
        later.tick();
        if (later.passed() === 2) place.publish(WITH_297);
      },
    });

    expect(exitCodeOf(recovered.report, recovered.faults)).toBe(0);
    expect(recovered.report).toMatchObject({ sources: [{ status: 'unchanged' }] });
  });

  it('looks less often at a server that answers in full each time', async () => {
    const place = await openSettled();
    place.site.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(buildFeed(BEFORE));
    });
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T17:11:00Z';
    const clock = minutes(place, THAT_DAY);
    const pauses: number[] = [];

    await place.run({
      pause: async (length) => {
        pauses.push(length / 60_000);
        for (let minute = 0; minute < length / 60_000; minute += 1) clock.tick();
      },
    });

    expect(pauses.at(-1)).toBe(5);
    expect(place.site.asked.length).toBeLessThan(6);
  });

  it('looks at its own second of each minute', async () => {
    const place = await openSettled();
    place.setClock('2024-05-31T17:00:20.250Z');
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T17:01:00Z';
    const pauses: number[] = [];

    for (const second of [30, 20, 10]) {
      const stopping = new AbortController();
      const pause = async (length: number) => {
        pauses.push(length);
        stopping.abort();
      };
      await place.run({ second, pause, signal: stopping.signal });
    }

    expect(pauses).toEqual([9_750, 59_750, 49_750]);
  });

  it('ends when it is told to, with everything written down', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.env.DRAWBELL_WATCH_UNTIL = '2024-05-31T22:45:00Z';
    const stopping = new AbortController();

    await place.run({ signal: stopping.signal, pause: async () => stopping.abort() });

    expect(statuses(place).every((line) => line.endsWith(' sent'))).toBe(true);
    expect(place.site.asked).toHaveLength(2);
  });
});

describe('a source that fails', () => {
  it('changes nothing in a dry run, which is red all the same', async () => {
    const place = await openSettled();
    place.env.DRAWBELL_DRY_RUN = 'true';
    place.site.answerWith((response) => response.writeHead(404).end());
    const tip = place.repository.tip(BRANCH);

    const { report, faults } = await place.run();

    expect(exitCodeOf(report, faults)).toBe(3);
    expect(place.mailed()).toEqual([]);
    expect(place.repository.tip(BRANCH)).toBe(tip);
  });

  it('turns the run red, is counted from run to run, and told to the operator once', async () => {
    const place = await openSettled();
    // Found to be gone at the first try; a browser that may be asked there is none.
    place.site.answerWith((response) => response.writeHead(404).end());

    for (const minute of [0, 15, 30, 45]) {
      place.setClock(`2024-05-31T17:${String(minute).padStart(2, '0')}:00Z`);
      const { report, faults } = await place.run();
      expect(exitCodeOf(report, faults)).toBe(3);
      expect(report.failingSince).toEqual({ ircc: '2024-05-31T17:00:00.000Z' });
    }

    expect(place.mailed().map(({ to }) => to)).toEqual(['operator@example.org']);
    expect(place.state().watch.sources.ircc?.health).toMatchObject({ failures: 4 });

    place.publish(BEFORE);
    place.setClock('2024-05-31T18:00:00Z');
    const { report, faults } = await place.run();

    expect(exitCodeOf(report, faults)).toBe(0);
    expect(place.mailed().map(({ to }) => to)).toEqual(Array(2).fill('operator@example.org'));
  });
});

describe('another secret', () => {
  it('tells nobody twice of what was told before', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    await place.run();
    place.env.DRAWBELL_SECRET = 'another secret of the tests';

    const { report, faults } = await place.run();

    expect(exitCodeOf(report, faults)).toBe(0);
    expect(place.mailed()).toHaveLength(2);
    expect(report.waiting).toEqual({ unknown: 0, otherSecret: 0 });
  });

  it('leaves what waits for the old one, says so, and finds it again with that', async () => {
    const place = await openSettled();
    place.publish(WITH_297);
    place.mailServer.refuseWith({ status: 451, text: '4.3.0 later' });
    await place.run();
    place.mailServer.refuseWith(null);
    place.setClock('2024-05-31T18:00:00Z');
    const secret = place.env.DRAWBELL_SECRET as string;
    const sent = () =>
      place.state().ledger.filter(({ channel, status }) => channel === 'email' && status === 'sent');
    expect(sent()).toEqual([]);

    place.env.DRAWBELL_SECRET = 'another secret of the tests';
    const { report, faults } = await place.run();

    expect(report.waiting.otherSecret).toBe(2);
    expect(exitCodeOf(report, faults)).toBe(4);
    expect(sent()).toEqual([]);

    place.env.DRAWBELL_SECRET = secret;
    await place.run();

    expect(sent()).toHaveLength(2);
  });
});

/** So many who were all invited by draw #297. */
function readers(count: number): string {
  const one = (index: number) =>
    `- { email: reader${index}@example.org, crs: 530, programs: [cec], profileSubmittedAt: 2023-12-01 }\n`;
  return Array.from({ length: count }, (_, index) => one(index)).join('');
}

/** A branch that does not answer when it is read for the first time. */
function unreachableOnce(place: Place): Branch {
  const branch = racing(place, () => undefined);
  let reads = 0;
  return {
    ...branch,
    async read() {
      reads += 1;
      if (reads === 1) throw new StateError('unreachable', 'no answer');
      return branch.read();
    },
  };
}

/** A branch on which somebody else does something just before each thing that is published. */
function racing(place: Place, before: () => void): Branch {
  const { remote } = { remote: place.repository.url };
  const branch = openBranch({
    remote,
    branch: BRANCH,
    token: null,
    folder: `${makeFolder()}/branch`,
    environment: process.env,
  });
  return {
    read: branch.read,
    publish(files, message) {
      before();
      return branch.publish(files, message);
    },
  };
}

/** The clock of a place, a minute at a time. */
function minutes(place: Place, from: string) {
  let passed = 0;
  return {
    passed: () => passed,
    tick() {
      passed += 1;
      place.setClock(new Date(Date.parse(from) + passed * 60_000).toISOString());
    },
  };
}
