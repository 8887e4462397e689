// Whom a draw was for, how it compares with the last of its type, and where a score stands in its pool.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import { DRAW_TYPES } from '../../src/draw/draw-type.ts';
import { criteriaOf } from '../../src/match/criteria.ts';
import { audienceSentences, comparisonSentence, standingSentences } from '../../src/notify/text/describe.ts';
import { LANGUAGES } from '../../src/notify/text/languages.ts';
import type { Words } from '../../src/notify/text/words.ts';
import { shippedDraw } from '../draw/history.ts';
import { reference } from '../match/reference.ts';
import { DRAW } from './sample-notices.ts';

const { en, fr } = LANGUAGES;

function plain(sentences: string[]): string[] {
  return sentences.map((sentence) => sentence.replaceAll('\u00a0', ' '));
}

function audience(words: Words, draw: Draw): string[] {
  return plain(audienceSentences(words, criteriaOf(draw, reference)));
}

describe('whom a draw was for', () => {
  it.each([
    ['a programme', DRAW, ['This draw was for candidates of the Canadian Experience Class.']],
    [
      'nominees',
      { ...DRAW, type: 'pnp', programs: ['pnp'] },
      ['This draw was for provincial nominees only.'],
    ],
    [
      'everyone',
      { ...DRAW, type: 'general', programs: null },
      [
        'This draw was for candidates of the Federal Skilled Worker Program, the Canadian Experience Class or the Federal Skilled Trades Program, and for provincial nominees.',
      ],
    ],
    [
      'a type nobody taught us',
      { ...DRAW, type: 'other:cooks' },
      ['This kind of draw is new to drawbell, so whom it was for is not known to it.'],
    ],
    [
      'programmes that contradict the name',
      { ...DRAW, programs: ['fsw'] },
      [
        'This draw’s name and the programmes published with it (Federal Skilled Worker Program) contradict each other, so whom it was for is not certain.',
      ],
    ],
  ] satisfies [string, Draw, string[]][])('is said: %s', (_, draw, sentences) => {
    expect(audience(en, draw)).toEqual(sentences);
  });

  it('is said of a category with its own rule, in both languages', () => {
    expect(audience(en, shippedDraw(422))).toEqual([
      'This draw was for candidates of the Federal Skilled Worker Program, the Canadian Experience Class or the Federal Skilled Trades Program who meet what its category asks for.',
      'Its category asks for at least 12 months of work, not necessarily without a break, within the 3 years before the draw, in Canada or abroad, in one of 37 occupations.',
    ]);
    expect(audience(fr, shippedDraw(422))).toEqual([
      'Cette ronde visait les candidats du Programme des travailleurs qualifiés (fédéral), de la Catégorie de l’expérience canadienne ou du Programme des travailleurs de métiers spécialisés (fédéral) qui répondent à ce que demande sa catégorie.',
      'Sa catégorie demande au moins 12 mois de travail, pas nécessairement sans interruption, pendant les 3 ans précédant la ronde, au Canada ou à l’étranger, dans l’une de 37 professions.',
    ]);
    expect(audience(en, shippedDraw(252))[1]).toContain('6 months of work, without a break, within');
    expect(audience(en, shippedDraw(397))[1]).toContain(
      'before the draw, in Canada, in one of 3 occupations.',
    );
  });

  it('is said of French and of military recruits', () => {
    const french: Draw = { ...DRAW, type: 'french', version: '1', programs: null };
    const military: Draw = { ...DRAW, type: 'military', version: '2026-1', programs: null };

    expect(audience(en, french)[1]).toBe(
      'Its category asks for French at NCLC 7 or better in all four abilities.',
    );
    expect(audience(en, military)[1]).toBe(
      'Its category asks for three things: at least 10 years of service in the armed forces of another country, an offer by the Canadian Armed Forces of at least 3 years in one of 3 occupations, and at least 2 years of study after secondary school.',
    );
  });

  it('says what is not known of a category', () => {
    const unknown: Draw = { ...DRAW, type: 'stem', version: '9', programs: null };

    expect(audience(en, unknown)[1]).toBe(
      'This draw was held under version 9 of its category, and what that version asks for is not known to us.',
    );
    expect(audience(en, { ...unknown, version: null })[1]).toContain('does not say which version');
  });

  it('names the occupation where a category has only one', () => {
    const agriculture: Draw = { ...DRAW, type: 'agriculture', version: '2025-2', programs: null };

    expect(audience(en, agriculture)[1]).toMatch(/in NOC \d{5} \(.+\)\.$/);
  });

  it('is whole sentences for every type and version known, in both languages', () => {
    const versions = [null, ...new Set(reference.categories.flatMap(({ inNames }) => inNames))];
    for (const words of [en, fr]) {
      for (const type of DRAW_TYPES) {
        for (const version of versions) {
          for (const sentence of audience(words, { ...DRAW, type, version, programs: null })) {
            expect(sentence).toMatch(/^\p{Lu}.*[^.\s]\.$/u);
            expect(sentence).not.toMatch(/undefined|null|NaN|\[object| {2}|\(\)/);
          }
        }
      }
    }
  });
});

describe('a draw beside the last of its type', () => {
  const previous = { id: 'ircc:290', date: '2024-05-01', invitations: 3500, cutoff: 508 };

  it.each([
    [previous, ', with a cut-off 14 points higher and 500 fewer invitations.'],
    [
      { ...previous, cutoff: 523, invitations: 1999 },
      ', with a cut-off 1 point lower and 1,001 more invitations.',
    ],
    [{ ...previous, cutoff: 522, invitations: 3000 }, ', with the same cut-off and as many invitations.'],
    [{ ...previous, cutoff: null, invitations: 2999 }, ', with 1 more invitation.'],
    [{ ...previous, invitations: null }, ', with a cut-off 14 points higher.'],
    [{ ...previous, cutoff: null, invitations: null }, '.'],
  ])('says what differs, as far as it was published: %o', (before, rest) => {
    expect(comparisonSentence(en, DRAW, before)).toBe(
      `This draw was held 30 days after the last one of its type (May 1, 2024)${rest}`,
    );
  });

  it('speaks French', () => {
    expect(plain([comparisonSentence(fr, DRAW, previous)])).toEqual([
      'Cette ronde a eu lieu 30 jours après la précédente du même type (1er mai 2024), avec un seuil plus élevé de 14 points et 500 invitations de moins.',
    ]);
  });

  it('says so where both were on one day', () => {
    expect(
      comparisonSentence(en, DRAW, { ...previous, date: DRAW.date, cutoff: null, invitations: null }),
    ).toBe('This draw was held on the same day as the last one of its type.');
  });
});

describe('where a score stands', () => {
  const standing = { asOf: '2024-05-29', total: 224404, atOrAbove: 13008, invitationsNeeded: 13008 };

  it('is told to three digits, as an estimate of the whole pool', () => {
    expect(standingSentences(en, standing, 530)).toEqual([
      'As of May 29, 2024, about 13,000 of the 224,404 candidates in the whole pool had your score of 530 or a higher one (an estimate of the whole pool, not of one programme or category).',
      'A round for all programmes would have needed about 13,000 invitations to reach your score.',
    ]);
    expect(plain(standingSentences(fr, standing, 530))).toEqual([
      'Au 29 mai 2024, environ 13 000 des 224 404 candidats de tout le bassin avaient votre note de 530 ou une note plus élevée (une estimation pour tout le bassin, et non pour un programme ou une catégorie).',
      'Une ronde visant tous les programmes aurait dû compter environ 13 000 invitations pour atteindre votre note.',
    ]);
  });

  it.each([
    [224_404, '224,000'],
    [66_249, '66,200'],
    [999, '999'],
    [7, '7'],
  ])('rounds %i to %s', (atOrAbove, shown) => {
    expect(standingSentences(en, { ...standing, atOrAbove }, 530)[0]).toContain(`about ${shown} of`);
  });

  it('needs no day, and says hardly any where the estimate is nobody', () => {
    const top = { ...standing, asOf: null, atOrAbove: 0, invitationsNeeded: 0 };

    expect(standingSentences(en, top, 1200)).toEqual([
      'Hardly any of the 224,404 candidates in the whole pool had your score of 1,200 or a higher one (an estimate of the whole pool, not of one programme or category).',
    ]);
    expect(plain(standingSentences(fr, top, 1200))[0]).toMatch(/^Presque aucun des 224 404 candidats/);
  });
});
