// Profiles as their forms send them, and the archive that they are compared with.

import { compareDraws, type Draw } from '../../src/draw/draw.ts';
import type { Profile } from '../../src/match/profile.ts';
import { type Archive, archiveOf } from '../../src/web/archive.ts';
import { type RawForm, writeProfileForm } from '../../src/web/profile-form.ts';
import { emptyDocument, shippedDraws } from '../draw/history.ts';
import { reference } from '../match/reference.ts';

/** After every draw that is shipped. */
export const TODAY = '2026-12-01T12:00:00Z';

/** Would have been invited in 297 exactly: at the cut-off, submitted by the tie-break. */
export const AMINA: Profile = {
  crs: 522,
  crsAsOf: '2024-05-01',
  profileSubmittedAt: '2024-03-19T18:58:58Z',
  programs: ['cec'],
  nominated: false,
  frenchNclc7: true,
  experience: [{ noc: '31301', months: 14, continuous: true, inCanada: true }],
  militaryRecruit: false,
};

/** Tells a score alone: nothing but what is below a cut-off can be told. */
export const SCORE_ONLY: Profile = { crs: 500 };

/** In the pool of the newest draws, with a score from before a change of the grid. */
export const RECENT: Profile = { ...AMINA, profileSubmittedAt: '2026-01-15' };

/** A profile filled in, and which draws it asks about. */
export function formWith(profile: Profile, draw?: string): RawForm {
  const form = writeProfileForm(profile);
  return draw === undefined ? form : new Map([...form, ['draw', [draw]]]);
}

/** What pages are made of, without a database. */
export function archiveWith(draws: readonly Draw[] = shippedDraws()): Archive {
  const firstSeenAt = TODAY;
  const records = draws
    .toSorted((a, b) => compareDraws(b, a))
    .map((draw) => ({
      draw,
      revision: 1,
      firstSeenAt,
      withdrawnAt: null,
      document: emptyDocument(firstSeenAt),
    }));
  return archiveOf(records, [], reference);
}
