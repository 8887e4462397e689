// Checking a profile by the API: the verdicts of the command, nothing stored, and nothing of a profile told back.

import { describe, expect, it } from 'vitest';
import { criteriaOf } from '../../src/match/criteria.ts';
import { Profile } from '../../src/match/profile.ts';
import { standingOf } from '../../src/match/standing.ts';
import { judge } from '../../src/match/verdict.ts';
import { shippedDraw } from '../draw/history.ts';
import { reference } from '../match/reference.ts';
import { countRows } from '../support/store.ts';
import { type ArchiveWorld, openArchiveWorld, shippedArchive } from './archive-world.ts';
import { drawLike } from './history-draws.ts';
import { exchange, serveApp } from './world.ts';

const AMINA = { crs: 522, profileSubmittedAt: '2024-03-19T18:58:58Z', programs: ['cec'] };
const JSON_HEADERS = { 'Content-Type': 'application/json' };

async function check(
  { app }: Pick<ArchiveWorld, 'app'>,
  body: unknown,
  headers: Record<string, string> = JSON_HEADERS,
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await app.request('/api/check', { method: 'POST', body: text, headers });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

describe('a profile', () => {
  it('is held against the draws named, in their order', async () => {
    const world = await openArchiveWorld();

    const { status, body } = await check(world, { ...AMINA, draws: ['298', 'ircc:297'] });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      verdicts: [
        { draw: 'ircc:298', outcome: 'not-invited' },
        {
          draw: 'ircc:297',
          outcome: 'invited',
          margin: 0,
          reasons: expect.arrayContaining([expect.objectContaining({ code: 'tie-break-met' })]),
          standing: { total: 224404 },
        },
      ],
    });
  });

  it('is held against every draw, as the command does it', async () => {
    const world = await openArchiveWorld();
    const profile = Profile.parse(AMINA);

    const { body } = await check(world, AMINA);

    expect(body).toEqual({
      verdicts: shippedArchive().draws.map((draw) => ({
        ...judge(criteriaOf(draw, reference), profile),
        standing: standingOf(draw, profile),
      })),
    });
  });

  it('is held against the latest draw of each type', async () => {
    const world = await openArchiveWorld();

    const { body } = await check(world, { ...AMINA, latest: true });

    expect((body as { verdicts: { draw: string }[] }).verdicts.map(({ draw }) => draw)).toEqual(
      [...shippedArchive().types.values()].map(({ draws: [latest] }) => latest.id),
    );
  });

  it('is not held against a draw that is still to come, unless that is named', async () => {
    const world = await openArchiveWorld([shippedDraw(297), drawLike('900', { date: '2030-01-01' })]);

    const all = await check(world, {});
    const named = await check(world, { draws: ['900'] });

    expect(all.body).toMatchObject({ verdicts: [{ draw: 'ircc:297', outcome: 'cannot-tell' }] });
    expect(named.body).toMatchObject({ verdicts: [{ draw: 'ircc:900' }] });
  });

  it('leaves no trace', async () => {
    const world = await openArchiveWorld();
    const before = await countRows(world.db);

    const { headers } = await check(world, AMINA);

    expect(await countRows(world.db)).toEqual(before);
    expect(world.warnings).toEqual([]);
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.has('ETag')).toBe(false);
  });

  it('may be sent by a page of any site, which carries no cookie', async () => {
    const world = await openArchiveWorld([shippedDraw(297)]);

    const { headers } = await check(world, AMINA, {
      ...JSON_HEADERS,
      Origin: 'https://elsewhere.example.org',
    });
    const before = await world.app.request('/api/check', {
      method: 'OPTIONS',
      headers: { Origin: 'https://elsewhere.example.org', 'Access-Control-Request-Method': 'POST' },
    });

    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(before.status).toBe(204);
    expect(before.headers.get('Access-Control-Allow-Methods')).toBe('POST');
    expect(before.headers.get('Access-Control-Allow-Headers')).toBe('Content-Type');
    expect(before.headers.has('Access-Control-Allow-Credentials')).toBe(false);
  });
});

describe('a body that cannot be used', () => {
  it.each<[string, unknown, string[]]>([
    ['a field that there is not', { csr: 500 }, ['csr']],
    ['an address', { crs: 500, email: 'amina@example.org' }, ['email']],
    ['a score that cannot be', { crs: 1201 }, ['crs']],
    ['a score as text', { crs: '522' }, ['crs']],
    ['a day that is still to come', { crsAsOf: '2031-01-01' }, ['crsAsOf']],
    [
      'an occupation that does not exist',
      { experience: [{ noc: '99999', months: 12 }] },
      ['experience[0].noc'],
    ],
    [
      'several faults',
      { crs: -1, programs: ['cec', 'pnp'], nominated: 'yes' },
      ['crs', 'programs[1]', 'nominated'],
    ],
    ['both kinds of choice', { draws: ['297'], latest: true }, ['latest']],
    ['a choice that is none', { latest: false }, ['latest']],
    ['draws that there are not', { draws: ['297', 'ircc:9999', 'x'] }, ['draws[1]', 'draws[2]']],
    ['too many draws', { draws: Array(501).fill('297') }, ['draws']],
    ['a list', [], ['the body']],
    ['nothing', 'null', ['the body']],
  ])('is refused for %s, each fault by its path', async (_, body, where) => {
    const world = await openArchiveWorld([shippedDraw(297)]);

    const answer = await check(world, body);

    expect(answer.status).toBe(422);
    const { error } = answer.body as { error: { message: string; faults: { where: string }[] } };
    expect(error.message).toBe('the body cannot be used');
    expect(error.faults.map((fault) => fault.where)).toEqual(where);
    expect(error.faults).toEqual(
      where.map(() => ({
        where: expect.any(String),
        expected: expect.stringMatching(/./),
        found: expect.any(String),
      })),
    );
  });

  it('is refused without telling its address or score back', async () => {
    const world = await openArchiveWorld([]);

    const { body } = await check(world, {
      crs: 1234,
      email: 'amina@example.org',
      profileSubmittedAt: 'amina@example.org',
      programs: '1199',
      'bruno@example.org': 1,
    });

    expect(JSON.stringify(body)).not.toMatch(/amina|1234|1199/);
  });

  it('has a few of its faults told, however many there are', async () => {
    const world = await openArchiveWorld([]);
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`a${index}`, 1]));

    const { status, body } = await check(world, many);

    expect(status).toBe(422);
    expect(JSON.stringify(body).length).toBeLessThan(20_000);
  });

  it.each([
    ['broken JSON', '{"crs":', JSON_HEADERS, 400],
    ['nothing at all', '', JSON_HEADERS, 400],
    ['bytes that are no text', '\ud800', { 'Content-Type': 'application/json' }, 400],
    ['a form', 'crs=522', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['no type', '{}', { 'Content-Type': '' }, 415],
    ['too much', JSON.stringify({ a: 'x'.repeat(65 * 1024) }), JSON_HEADERS, 413],
  ] as const)('is refused as %s', async (_, body, headers, status) => {
    const world = await openArchiveWorld([]);

    const answer = await check(world, body, headers);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(answer.body).toEqual({ error: { message: expect.any(String), faults: [] } });
  });

  it('is refused when it is too large without saying so first', async () => {
    const { app } = await openArchiveWorld([]);
    const origin = await serveApp(app);
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;

    const answer = await exchange(
      origin,
      `POST /api/check HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}0\r\n\r\n`,
    );

    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('may be nested as deep as fits', async () => {
    const world = await openArchiveWorld([]);
    const deep = `{"experience":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;

    const { status } = await check(world, deep);

    expect(status).toBe(422);
  });
});
