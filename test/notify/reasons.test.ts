// A sentence for every reason, caution and missing field, in both languages: whole, one, and no advice.

import { describe, expect, it } from 'vitest';
import { type Caution, type MissingField, REASON_CODES, type Reason } from '../../src/match/reason.ts';
import { GRID_CHANGES } from '../../src/match/reference-files.ts';
import type { Verdict } from '../../src/match/verdict.ts';
import { cautionSentence, reasonSentence } from '../../src/notify/text/describe.ts';
import { LANGUAGES } from '../../src/notify/text/languages.ts';
import { missing } from '../../src/notify/text/sections.ts';
import type { Words } from '../../src/notify/text/words.ts';

const { en, fr } = LANGUAGES;
const WORDS: Words[] = [en, fr];

const nurses = { noc: '31301', en: 'Registered nurses', fr: 'Infirmiers autorisés/infirmières autorisées' };
const work = (months: number, required = 6) => ({ occupation: nurses, months, required });
const submittedAt = '2024-03-12T09:05:00Z';
const tieBreakAt = '2024-03-19T18:58:58Z';
const federal = ['fsw', 'cec', 'fst'] as const;

/** Each reason with values that change its sentence. */
const EXAMPLES: Reason[] = [
  { code: 'draw-type-unknown' },
  { code: 'programs-contradictory', published: ['cec', 'pnp'] },
  { code: 'programs-contradictory', published: [] },
  { code: 'category-rules-unknown', version: '2026-9' },
  { code: 'category-rules-unknown', version: null },
  { code: 'programs-not-eligible', programs: ['fst', 'fsw'], invited: ['cec'] },
  { code: 'programs-not-eligible', programs: [], invited: ['cec'] },
  { code: 'programs-not-eligible', programs: [], invited: [...federal, 'pnp'] },
  { code: 'programs-unknown', missing: 'programs', invited: ['cec'] },
  { code: 'programs-unknown', missing: 'programs', invited: [...federal, 'pnp'] },
  { code: 'not-nominated', nomineesOnly: true },
  { code: 'not-nominated', nomineesOnly: false },
  { code: 'nomination-unknown', missing: 'nominated' },
  { code: 'french-met' },
  { code: 'french-below-nclc7' },
  { code: 'french-unknown', missing: 'frenchNclc7' },
  { code: 'occupation-met', ...work(14) },
  { code: 'occupation-met', ...work(1, 1) },
  { code: 'occupation-met', ...work(14), occupation: { ...nurses, fr: null } },
  { code: 'occupation-not-listed', nocs: [] },
  { code: 'occupation-not-listed', nocs: ['21231'] },
  { code: 'occupation-not-listed', nocs: ['21231', '21232'] },
  { code: 'occupation-not-listed', nocs: Array.from({ length: 12 }, (_, index) => String(21200 + index)) },
  { code: 'experience-unknown', missing: 'experience', required: 12 },
  { code: 'months-short', ...work(3) },
  { code: 'months-short', ...work(0) },
  { code: 'months-not-continuous', ...work(14) },
  { code: 'continuity-unknown', ...work(14), missing: 'experience.continuous' },
  { code: 'work-not-in-canada', ...work(5, 12) },
  { code: 'work-not-in-canada', ...work(0, 12) },
  { code: 'work-not-in-canada', ...work(1, 12) },
  { code: 'work-place-unknown', ...work(14, 12), missing: 'experience.inCanada' },
  { code: 'military-met' },
  { code: 'military-not-met' },
  { code: 'military-unknown', missing: 'militaryRecruit' },
  { code: 'submitted-after-draw', submittedAt: '2024-06-01' },
  { code: 'profile-expired', submittedAt: '2022-06-01' },
  { code: 'submission-unknown', missing: 'profileSubmittedAt', tieBreakAt: null },
  { code: 'submission-unknown', missing: 'profileSubmittedAt', tieBreakAt },
  { code: 'submission-day-too-close', submittedAt: '2024-05-31', missing: 'profileSubmittedAt' },
  { code: 'submission-day-too-close', submittedAt },
  { code: 'cutoff-not-published' },
  { code: 'score-unknown', missing: 'crs' },
  { code: 'below-cutoff', score: 510, cutoff: 522 },
  { code: 'above-cutoff', score: 1122, cutoff: 522 },
  { code: 'tie-break-not-published', score: 522 },
  { code: 'tie-break-met', score: 522, submittedAt, tieBreakAt },
  { code: 'tie-break-met', score: 522, submittedAt: tieBreakAt, tieBreakAt },
  { code: 'tie-break-missed', score: 522, submittedAt: '2024-03-21', tieBreakAt },
  {
    code: 'tie-break-day-too-close',
    score: 522,
    submittedAt: '2024-03-19',
    tieBreakAt,
    missing: 'profileSubmittedAt',
  },
];

const CERTAINTIES = ['high', 'medium-high', 'medium', 'second-hand'] as const;
const CAUTIONS: Caution[] = CERTAINTIES.flatMap((certainty): Caution[] => [
  { code: 'category-rules-uncertain', certainty, source: 'https://www.canada.ca/' },
  ...GRID_CHANGES.map((what): Caution => {
    const days = { scoreAsOf: '2025-03-01', changedOn: '2025-03-25' };
    return { code: 'points-grid-changed', ...days, what, certainty, source: null };
  }),
]);

const FIELDS = Object.keys(en.fields) as MissingField[];

/** One whole sentence, without a hole where a value belongs. */
function expectSentence(sentence: string): void {
  expect(sentence).toMatch(/^\p{Lu}.*[^.\s]\.$/u);
  expect(sentence.match(/[.!?](\s|$)/g)).toHaveLength(1);
  expect(sentence).not.toMatch(/undefined|null|NaN|\[object| {2}|\(\)|\s[,.)]|\(\s/);
  expect(sentence).not.toMatch(/should|recommend|devriez|devrait|recommand|conseil/i);
}

function said(words: Words, reason: Reason): string {
  return reasonSentence(words, reason).replaceAll('\u00a0', ' ');
}

describe('every reason', () => {
  it('has an example here', () => {
    expect(new Set(EXAMPLES.map(({ code }) => code))).toEqual(new Set(REASON_CODES));
  });

  it.each(EXAMPLES)('is one sentence in each language: $code', (reason) => {
    const sentences = WORDS.map((words) => reasonSentence(words, reason));

    for (const sentence of sentences) expectSentence(sentence);
    expect(sentences[0]).not.toBe(sentences[1]);
  });

  it('has a sentence of its own in each language', () => {
    for (const words of WORDS) {
      const sentences = new Set(EXAMPLES.map((reason) => reasonSentence(words, reason)));
      // The one with a title in English only: in English it is the same.
      expect(sentences.size).toBe(words === en ? EXAMPLES.length - 1 : EXAMPLES.length);
    }
  });

  it('writes its values as the language does', () => {
    const missed: Reason = {
      code: 'tie-break-missed',
      score: 522,
      submittedAt: '2024-04-01',
      tieBreakAt,
    };

    expect(said(en, missed)).toBe(
      'Your score of 522 is exactly the cut-off, so the tie-break decided: your profile was submitted on April 1, 2024, after the tie-break of March 19, 2024 at 18:58:58 UTC.',
    );
    expect(said(fr, missed)).toBe(
      'Votre note de 522 est exactement celle du seuil, et le départage a donc décidé : votre profil a été soumis le 1er avril 2024, après le départage du 19 mars 2024 à 18 h 58 min 58 s UTC.',
    );
    expect(said(en, { code: 'above-cutoff', score: 1122, cutoff: 522 })).toContain(
      'score of 1,122 is 600 points',
    );
    expect(said(fr, { code: 'above-cutoff', score: 1122, cutoff: 522 })).toContain('note de 1 122');
  });

  it('names the occupation by its official title, in English where there is no other', () => {
    const met: Reason = { code: 'occupation-met', ...work(14) };

    expect(said(en, met)).toBe(
      'Your 14 months of work in NOC 31301 (Registered nurses) meet the 6 months asked for.',
    );
    expect(said(fr, met)).toContain('CNP 31301 (Infirmiers autorisés/infirmières autorisées)');
    expect(said(fr, { ...met, occupation: { ...nurses, fr: null } })).toContain(
      'CNP 31301 (Registered nurses)',
    );
  });

  it('says that a submission at the very instant of the tie-break is in time, in whatever zone it was given', () => {
    const met: Reason = {
      code: 'tie-break-met',
      score: 522,
      submittedAt: '2024-03-19T14:58:58-04:00',
      tieBreakAt,
    };

    expect(said(en, met)).toContain('at the very instant of the tie-break, which is in time.');
    expect(said(fr, met)).toContain('à l’instant même du départage, donc à temps.');
  });

  it('names no more than five occupations of a profile', () => {
    const nocs = ['1', '2', '3', '4', '5', '6', '7'].map((digit) => `2123${digit}`);

    expect(said(en, { code: 'occupation-not-listed', nocs })).toBe(
      'None of the occupations in your profile (NOC 21231, 21232, 21233, 21234, 21235 and 2 others) is on the list of this draw.',
    );
    expect(said(fr, { code: 'occupation-not-listed', nocs: nocs.slice(0, 6) })).toContain(
      '21235 et 1 autre)',
    );
  });

  it('makes a version from a page harmless', () => {
    const version = `9\r\nBcc: x@example.net\u202e${'y'.repeat(10_000)}`;

    for (const words of WORDS) {
      const sentence = reasonSentence(words, { code: 'category-rules-unknown', version });
      expect(sentence).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(sentence.length).toBeLessThan(200);
    }
  });
});

describe('every caution', () => {
  it.each(CAUTIONS)('is one sentence in each language: $code $what $certainty', (caution) => {
    for (const words of WORDS) expectSentence(cautionSentence(words, caution));
  });

  it('about the points says when, what, how sure this is, and asks for the new score', () => {
    const caution: Caution = {
      code: 'points-grid-changed',
      scoreAsOf: '2026-10-01',
      changedOn: '2026-11-03',
      what: 'points-not-known-here',
      certainty: 'second-hand',
      source: null,
    };

    const [english, french] = WORDS.map((words) => cautionSentence(words, caution).replaceAll('\u00a0', ' '));

    expect(english).toBe(
      'Your score was noted on October 1, 2026, before the points were changed on November 3, 2026 (the new points are not known to us; we know of this change only second-hand), so it may not be the one that counted in this draw: please look it up in your IRCC account and tell us what it is now.',
    );
    expect(french).toBe(
      'Votre note a été relevée le 1er octobre 2026, avant le changement des points du 3 novembre 2026 (nous ne connaissons pas les nouveaux points; nous connaissons ce changement de seconde main seulement), et n’est donc peut-être pas celle qui comptait pour cette ronde : veuillez la consulter dans votre compte d’IRCC et nous indiquer ce qu’elle est maintenant.',
    );
  });

  it('says nothing of how sure it is where it is sure', () => {
    for (const words of WORDS) {
      const [sure, unsure] = (['high', 'medium'] as const).map((certainty) =>
        cautionSentence(words, {
          code: 'points-grid-changed',
          scoreAsOf: '2025-03-01',
          changedOn: '2025-03-25',
          what: 'job-offer-points-removed',
          certainty,
          source: null,
        }),
      );
      expect(sure).not.toMatch(/certain|certitude|;/);
      expect(unsure).toMatch(/certainty|certitude/);
    }
  });
});

describe('what is missing', () => {
  it.each(FIELDS)('is named, and how to give it, in each language: %s', (field) => {
    const [english, french] = WORDS.map((words) => `${words.fields[field]}.`);

    for (const words of [english, french]) expectSentence(`X ${words}`);
    expect(english).not.toBe(french);
  });

  it('stands in the order of the reasons, each field once, and how to give it last', () => {
    const reasons: Reason[] = [
      { code: 'programs-unknown', missing: 'programs', invited: ['cec'] },
      { code: 'continuity-unknown', ...work(14), missing: 'experience.continuous' },
      { code: 'submission-unknown', missing: 'profileSubmittedAt', tieBreakAt },
      { code: 'tie-break-day-too-close', score: 1, submittedAt, tieBreakAt, missing: 'profileSubmittedAt' },
    ];

    const verdict: Verdict = { draw: 'x:1', outcome: 'cannot-tell', margin: 0, reasons, cautions: [] };
    const manage = 'https://draws.example.org/manage/x';
    const [section] = missing(en, verdict, { manage: null });
    const [withPage] = missing(en, verdict, { manage });

    const lines = section?.kind === 'lines' ? section.lines : [];
    expect(withPage?.kind === 'lines' ? withPage.lines : []).toEqual([
      ...lines.slice(0, -1),
      { text: 'Add it on your page', href: manage },
    ]);
    expect(lines.map((line) => /^[\w.]+:|answer/.exec(String(line))?.[0])).toEqual([
      'programs:',
      'experience.continuous:',
      'profileSubmittedAt:',
      'answer',
    ]);
  });
});
