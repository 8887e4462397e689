// What many verdicts come to, in the words of both languages.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import type { Verdict } from '../../src/match/verdict.ts';
import {
  describeCautions,
  describeLatest,
  describeNearestMiss,
  describeRecord,
  type Judged,
  nearMisses,
} from '../../src/notify/text/judged.ts';
import { LANGUAGES } from '../../src/notify/text/languages.ts';
import { shippedDraw } from '../draw/history.ts';

const { en, fr } = LANGUAGES;

function judged(number: number, outcome: Verdict['outcome'], more: Partial<Verdict> = {}): Judged {
  const draw = shippedDraw(number);
  return { draw, verdict: { draw: draw.id, outcome, margin: null, reasons: [], cautions: [], ...more } };
}

function missed(number: number, margin: number): Judged {
  const reasons = [{ code: 'below-cutoff', score: 500, cutoff: 500 - margin } as const];
  return judged(number, 'not-invited', { margin, reasons });
}

const nameOf = ({ number }: Draw) => `#${number}`;

/** No-break spaces as plain ones. */
function plain(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/[\u00a0\u202f]/g, ' '));
}

describe('a record', () => {
  const three = [judged(298, 'not-invited'), judged(297, 'invited'), judged(296, 'cannot-tell')];

  it('counts what was invited, what cannot be told, and names the last one', () => {
    expect(plain(describeRecord(en, three, 20, nameOf))).toEqual([
      'Would have been invited in 1 of the last 3 draws (1 more cannot be told); last on May 31, 2024, #297, Canadian Experience Class.',
      'By type: Canadian Experience Class 1.',
    ]);
    expect(plain(describeRecord(fr, three, 20, nameOf))).toEqual([
      'Une invitation aurait été reçue dans 1 des 3 dernières rondes (pour 1 de plus, impossible de le dire); la dernière fois le 31 mai 2024, #297, Catégorie de l’expérience canadienne.',
      'Par type : Catégorie de l’expérience canadienne 1.',
    ]);
  });

  it('says that there was none, of how many', () => {
    expect(plain(describeRecord(en, [missed(297, -2)], 20, nameOf))).toEqual([
      'Would have been invited in 0 of the last 1 draws, nor in any of the 1 known.',
    ]);
    expect(plain(describeLatest(fr, [missed(297, -2)]))).toEqual([
      'Une invitation aurait été reçue dans la dernière ronde de 0 types sur 1.',
    ]);
  });
});

describe('near misses', () => {
  it('are the nearest first, and none from farther than fifty points', () => {
    const all = [missed(300, -51), missed(299, -50), missed(298, -3), missed(297, 0)];

    expect(nearMisses(all).map(({ draw }) => draw.number)).toEqual(['297', '298', '299']);
    expect(plain(describeNearestMiss(en, all.slice(0, 3), nameOf))).toEqual([
      'Nearest miss: #298, 3 points short (Provincial Nominee Program, June 19, 2024).',
    ]);
    expect(plain(describeNearestMiss(fr, all.slice(3), nameOf))).toEqual([
      'Ronde manquée de peu : #297, au seuil même, mais après le départage (Catégorie de l’expérience canadienne, 31 mai 2024).',
    ]);
  });

  it('are none where the newest draw invited, or something else stood against it', () => {
    const expired = { ...missed(297, -1) };
    expired.verdict = {
      ...expired.verdict,
      reasons: [...expired.verdict.reasons, { code: 'profile-expired', submittedAt: '2020-01-01' }],
    };

    expect(nearMisses([judged(298, 'invited'), missed(297, -1)])).toEqual([]);
    expect(nearMisses([expired])).toEqual([]);
  });
});

describe('cautions', () => {
  const caution = {
    code: 'category-rules-uncertain',
    certainty: 'medium',
    source: 'https://example.org/',
  } as const;
  const draws = [297, 298, 299, 300, 301, 302];

  it.each([
    [6, 'All of these draws: '],
    [5, '#297, #298, #299 and 2 other draws: '],
    [4, '#297, #298, #299 and #300: '],
  ])('of %i of six draws are said once, with which', (count, which) => {
    const six = draws.map((number, index) =>
      judged(number, 'not-invited', index < count ? { cautions: [caution] } : {}),
    );

    const said = describeCautions(en, six, nameOf);

    expect(said).toHaveLength(1);
    expect(said[0]?.startsWith(which)).toBe(true);
  });
});
