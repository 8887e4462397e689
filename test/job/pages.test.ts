// The pages of what a job remembers.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError, StateError } from '../../src/errors.ts';
import { openBranch } from '../../src/git/branch.ts';
import { readPlaceAlone } from '../../src/job/inputs.ts';
import { writePages } from '../../src/job/pages.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { makeFolder } from '../support/store.ts';
import { BRANCH, openPlace, type Place } from './place.ts';

/** Few: each of them is a page, and more than one. */
const BEFORE = [292, 293, 294, 295, 296].map((number) => shippedDraw(number));

/** A job that has told a draw, and has readers whom that could not be told yet. */
async function openTold(): Promise<Place> {
  const place = await openPlace(BEFORE, '2024-05-30T21:00:00Z');
  await place.run();
  place.publish([...BEFORE, shippedDraw(297)]);
  place.setClock('2024-05-31T17:00:00Z');
  place.mailServer.refuseWith({ status: 451, text: '4.3.0 later' });
  await place.run();
  return place;
}

async function writeInto(folder: string, { env, repository }: Place) {
  const place = readPlaceAlone(env);
  const { remote, branch, token } = place;
  const options = { remote, branch, token, folder: `${makeFolder()}/state`, environment: process.env };
  const tips = () => (existsSync(repository.folder) ? repository.git(['for-each-ref']) : null);
  const before = tips();
  const written = await writePages(folder, openBranch(options), place);
  expect(tips()).toBe(before);
  return written;
}

function textIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}

describe('the pages of a job', () => {
  it('show what the branch remembers, link to where they are published, and know nothing of people', async () => {
    const place = await openTold();
    const { ledger } = place.state();
    // However it is with the telling: that is no page's business.
    const stray = JSON.stringify({ ...ledger[0], event: 'draw.published/ircc:1' });
    place.repository.write(BRANCH, { 'ledger.ndjson': `${stray}\n` });
    const folder = makeFolder();

    const { files } = await writeInto(folder, place);

    expect(files).toBeGreaterThan(BEFORE.length);
    const text = textIn(folder);
    expect(text).toContain('ircc:297');
    expect(text).not.toContain('ircc:298');
    expect(readFileSync(join(folder, 'feeds/en/draws.atom'), 'utf8')).toContain(
      'href="https://somebody.github.io/draws/',
    );
    expect(text).not.toMatch(/amina|bruno|chen|operator@|hooks\/draws|whsec_|a secret of the tests/);
    for (const { to, id, by } of ledger) for (const hash of [to, id, by]) expect(text).not.toContain(hash);
  });

  it('are those of the shipped history as long as there is no branch', async () => {
    const place = await openPlace(BEFORE, '2024-05-30T21:00:00Z');
    const folder = makeFolder();

    await writeInto(folder, place);

    expect(textIn(folder)).toContain(shippedDraws().at(-1)?.id);
  });

  it('are not written where something else is, nor where the branch cannot be read', async () => {
    const place = await openPlace(BEFORE, '2024-05-30T21:00:00Z');
    place.repository.remove();
    const full = makeFolder();
    writeFileSync(join(full, 'of-somebody-else.txt'), '');

    await expect(writeInto(full, place)).rejects.toThrow(InputError);
    const folder = makeFolder();
    await expect(writeInto(folder, place)).rejects.toThrow(StateError);
    expect(readdirSync(folder)).toEqual([]);
  });
});
