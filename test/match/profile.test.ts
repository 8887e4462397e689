// What a person may tell us, and what is told back when it is wrong.

import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CheckedProfile, Consent, Profile, possible, Subscription } from '../../src/match/profile.ts';

const NOC = 'a NOC 2021 code such as 31301 (five digits; the second is the TEER, 0 to 5)';

const FULL = {
  crs: 522,
  crsAsOf: '2024-05-01',
  profileSubmittedAt: '2024-03-19T18:58:58Z',
  programs: ['cec'],
  nominated: false,
  frenchNclc7: false,
  experience: [{ noc: '31301', months: 14, continuous: true, inCanada: true }],
};

function faults(value: unknown, schema: z.ZodType = Profile): string[] {
  const read = schema.safeParse(value);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('Profile', () => {
  it('takes everything a profile can hold', () => {
    expect(Profile.parse(FULL)).toEqual(FULL);
  });

  it('leaves unknown what is left out', () => {
    expect(Profile.parse({})).toEqual({});
  });

  it('tells no programme from no word about programmes', () => {
    expect(Profile.parse({ programs: [] })).toEqual({ programs: [] });
  });

  it.each(['2024-03-19', '2024-03-19T14:58:58-04:00', '2024-03-19T18:58:58.123Z'])(
    'takes %j for a time of submission',
    (profileSubmittedAt) => {
      expect(faults({ profileSubmittedAt })).toEqual([]);
    },
  );

  it.each([0, 1200])('takes a score of %i', (crs) => {
    expect(faults({ crs })).toEqual([]);
  });

  it.each([
    ['a score above 1200', { crs: 1201 }, 'crs: a whole number from 0 to 1200'],
    ['a negative score', { crs: -1 }, 'crs: a whole number from 0 to 1200'],
    ['half a point', { crs: 521.5 }, 'crs: a whole number from 0 to 1200'],
    ['a score in words', { crs: '522' }, 'crs: a whole number from 0 to 1200'],
    ['a score of null', { crs: null }, 'crs: a whole number from 0 to 1200'],
    ['30 February', { crsAsOf: '2024-02-30' }, 'crsAsOf: a date as YYYY-MM-DD'],
    ['a date the other way round', { crsAsOf: '01-05-2024' }, 'crsAsOf: a date as YYYY-MM-DD'],
    [
      'an instant without a zone',
      { profileSubmittedAt: '2024-03-19T18:58:58' },
      'profileSubmittedAt: an instant as 2024-03-19T18:58:58Z or a date as YYYY-MM-DD',
    ],
    [
      '25 o’clock',
      { profileSubmittedAt: '2024-03-19T25:00:00Z' },
      'profileSubmittedAt: an instant as 2024-03-19T18:58:58Z or a date as YYYY-MM-DD',
    ],
    ['an unknown programme', { programs: ['cec', 'pnp'] }, 'programs.1: cec, fsw or fst'],
    ['one programme that is no list', { programs: 'cec' }, 'programs: a list of cec, fsw, fst'],
    ['a yes in words', { nominated: 'yes' }, 'nominated: true or false'],
    ['a level of French', { frenchNclc7: 7 }, 'frenchNclc7: true or false'],
    [
      'negative months',
      { experience: [{ noc: '31301', months: -1 }] },
      'experience.0.months: a whole number from 0 to 720',
    ],
    [
      'a NOC code of four digits, which is one of an older classification',
      { experience: [{ noc: '3012', months: 14 }] },
      `experience.0.noc: ${NOC}; four digits are a code of the older NOC 2016`,
    ],
    ['a NOC code in words', { experience: [{ noc: 'nurse', months: 14 }] }, `experience.0.noc: ${NOC}`],
    [
      'a NOC code without quotes',
      { experience: [{ noc: 31301, months: 14 }] },
      'experience.0.noc: a NOC 2021 code, five digits in quotes',
    ],
  ])('refuses %s, saying where and what was expected', (_, value, fault) => {
    expect(faults(value)).toEqual([fault]);
  });

  it('refuses a field it does not know: a typing error must not read as "unknown"', () => {
    expect(faults({ crs: 522, program: ['cec'] })).toEqual([
      expect.stringMatching(/^: one of crs, .*programs/),
    ]);
    expect(faults({ experience: [{ noc: '31301', months: 14, month: 3 }] })).toHaveLength(1);
  });

  it('tells every fault at once', () => {
    const wrong = {
      crs: 1201,
      crsAsOf: 'May',
      programs: ['cec', 'x'],
      experience: [{ noc: 'x', months: -1 }],
    };

    expect(faults(wrong)).toHaveLength(5);
  });
});

describe('Subscription', () => {
  it('takes English and the usual notices where nothing else is said', () => {
    const read = Subscription.parse({ email: 'amina@example.org' });

    expect(read).toEqual({
      email: 'amina@example.org',
      locale: 'en',
      notify: ['invited', 'cannot-tell', 'draw-type', 'correction'],
    });
  });

  it('gives each reader a list of notices of their own', () => {
    const [one, two] = ['a@example.org', 'b@example.org'].map((email) => Subscription.parse({ email }));

    expect(one?.notify).not.toBe(two?.notify);
  });

  it.each(['every-draw', 'near-miss:1', 'near-miss:10', 'near-miss:999'])('takes the notice %j', (notice) => {
    const read = Subscription.safeParse({ email: 'amina@example.org', notify: [notice] });

    expect(read.success).toBe(true);
  });

  it.each(['near-miss', 'near-miss:0', 'near-miss:-3', 'near-miss:1000', 'everything', ''])(
    'refuses the notice %j',
    (notice) => {
      const read = Subscription.safeParse({ email: 'amina@example.org', notify: [notice] });

      expect(read.error?.issues.map(({ path }) => path)).toEqual([['notify', 0]]);
    },
  );

  it.each(['', 'amina', 'amina@', 'a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org'])(
    'refuses the address %j',
    (email) => {
      expect(Subscription.safeParse({ email }).error?.issues.map(({ path }) => path)).toEqual([['email']]);
    },
  );

  it('needs an address, which a profile to check does not', () => {
    expect(Subscription.safeParse(FULL).success).toBe(false);
    expect(CheckedProfile.safeParse(FULL).success).toBe(true);
  });
});

describe('a possible profile', () => {
  const present = { now: new Date('2024-06-01T00:00:00Z'), occupations: new Set(['31301', '00012']) };
  const told = (value: unknown) => faults(value, possible(Profile, present));

  it('is one of the past, with occupations that exist', () => {
    const work = [
      { noc: '31301', months: 0 },
      { noc: '00012', months: 720 },
    ];

    expect(told({ ...FULL, experience: work })).toEqual([]);
    expect(told({})).toEqual([]);
    expect(told({ experience: [] })).toEqual([]);
  });

  it.each([
    ['an instant that is now', { profileSubmittedAt: '2024-06-01T00:00:00Z' }],
    ['the same in another zone', { profileSubmittedAt: '2024-06-01T05:30:00+05:30' }],
    ['a day that has begun in the east', { profileSubmittedAt: '2024-06-01', crsAsOf: '2024-06-01' }],
  ])('may hold %s', (_, value) => {
    expect(told(value)).toEqual([]);
  });

  it.each([
    [
      'a second to come',
      { profileSubmittedAt: '2024-06-01T00:00:01Z' },
      'profileSubmittedAt: an instant that has passed, 2024-06-01T00:00:00Z at the latest',
    ],
    [
      'a day that has not begun anywhere',
      { profileSubmittedAt: '2024-06-02' },
      'profileSubmittedAt: a day that has begun, 2024-06-01 at the latest',
    ],
    [
      'a score noted on such a day',
      { crsAsOf: '2024-06-02' },
      'crsAsOf: a day that has begun, 2024-06-01 at the latest',
    ],
    [
      'an occupation that does not exist',
      { experience: [FULL.experience[0], { noc: '99999', months: 1 }] },
      `experience.1.noc: ${NOC}`,
    ],
  ])('does not hold %s', (_, value, fault) => {
    expect(told(value)).toEqual([fault]);
  });

  it('is asked for whatever else is wrong, and nothing is told twice', () => {
    const wrong = {
      crs: 521.5,
      crsAsOf: '2025-01-01',
      profileSubmittedAt: 'soon',
      programs: 'cec',
      experience: [{ noc: '99999', months: 6.5, month: 3 }, null, { noc: '3012', months: 1 }],
      other: 1,
    };

    const paths = told(wrong).map((fault) => fault.slice(0, fault.indexOf(':')));
    expect(paths.sort()).toEqual([
      '',
      'crs',
      'crsAsOf',
      'experience.0',
      'experience.0.months',
      'experience.0.noc',
      'experience.1',
      'experience.2.noc',
      'profileSubmittedAt',
      'programs',
    ]);
  });

  it.each([null, 'amina', 7, [], { experience: 'much' }])('is not looked for in %j', (value) => {
    expect(told(value)).toHaveLength(1);
  });

  it('is asked for in each entry of a list', () => {
    const list = z.array(possible(Subscription, present));
    const email = 'amina@example.org';

    expect(
      faults(
        [
          { email, crsAsOf: '2025-01-01' },
          { crs: 1201, crsAsOf: '2025-01-01' },
        ],
        list,
      ),
    ).toEqual([
      '0.crsAsOf: a day that has begun, 2024-06-01 at the latest',
      '1.email: an e-mail address',
      '1.crs: a whole number from 0 to 1200',
      '1.crsAsOf: a day that has begun, 2024-06-01 at the latest',
    ]);
  });
});

describe('consent', () => {
  const present = { now: new Date('2024-06-01T00:00:00Z'), occupations: new Set<string>() };
  const entry = z.strictObject({ ...Subscription.shape, consent: Consent.optional() });
  const email = 'amina@example.org';

  it('is when and in which words; its instant is written in UTC, and saving it twice changes nothing', () => {
    const consent = Consent.parse({ at: '2023-11-02T09:30:00+01:00', words: ' Write to me ' });

    expect(consent).toEqual({ at: '2023-11-02T08:30:00.000Z', how: 'operator', words: 'Write to me' });
    expect(Consent.parse(consent)).toEqual(consent);
    expect(Consent.parse({})).toEqual({ how: 'operator' });
  });

  it.each([
    [{ at: '2023-11-02' }, 'at: an instant as 2024-03-19T18:58:58Z'],
    [{ at: 'yesterday' }, 'at: an instant as 2024-03-19T18:58:58Z'],
    [{ at: 7 }, 'at: an instant as 2024-03-19T18:58:58Z'],
    [{ how: 'guessed' }, 'how: operator, list, sign-up'],
    [{ words: '  ' }, 'words: what was agreed to, in 1 to 2,000 characters'],
    [{ words: 'x'.repeat(2_001) }, 'words: what was agreed to, in 1 to 2,000 characters'],
    [{ when: 1 }, ': one of at, how, words, version, askedAt'],
    ['yes', ': { at, words }'],
  ])('is not %j', (value, fault) => {
    expect(faults(value, Consent)).toEqual([fault]);
  });

  it('is never one that is still to come', () => {
    const told = (at: string) => faults({ email, consent: { at } }, possible(entry, present));

    expect(told('2024-06-01T00:00:00Z')).toEqual([]);
    expect(told('2024-06-01T00:00:01Z')).toEqual([
      'consent.at: an instant that has passed, 2024-06-01T00:00:00Z at the latest',
    ]);
    expect(told('2024-06-02')).toEqual(['consent.at: an instant as 2024-03-19T18:58:58Z']);
    expect(faults({ email, consent: null }, possible(entry, present))).toEqual(['consent: { at, words }']);
  });

  it('may stand in a profile to check, which is not judged by it', () => {
    expect(CheckedProfile.safeParse({ crs: 522, consent: {} }).success).toBe(true);
    expect(Profile.safeParse({ crs: 522, consent: {} }).success).toBe(false);
  });
});
