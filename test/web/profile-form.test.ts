// A profile in a form: what comes out is held to the rules of a file, and what is wrong is told field by field.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Present, Profile } from '../../src/match/profile.ts';
import { profileFaults, profileFields } from '../../src/web/pages/profile-fields.ts';
import {
  MOST_WORK,
  type RawForm,
  rawFormOf,
  readProfileForm,
  writeProfileForm,
} from '../../src/web/profile-form.ts';
import { viewOf } from '../../src/web/site.ts';
import { PROFILE_WORDS } from '../../src/web/text/profile.ts';

const PRESENT: Present = {
  now: new Date('2024-06-01T00:00:00Z'),
  occupations: new Set(['31301', '31102', '72310', '00012']),
};
const SITE = { kind: 'served', origin: null, sender: null, operator: null } as const;

function formOf(query: string): RawForm {
  return rawFormOf(new URLSearchParams(query));
}

function read(query: string) {
  const { profile, faults } = readProfileForm(formOf(query), PRESENT);
  return { profile, faults: Object.fromEntries(faults) };
}

function profileOf(query: string): Profile {
  const { profile, faults } = read(query);
  expect(faults).toEqual({});
  return profile;
}

const yesOrNo = fc.boolean();
const instant = fc
  .date({ min: new Date('2015-01-01T00:00:00Z'), max: new Date('2024-05-30T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const day = instant.map((text) => text.slice(0, 10));
const work = fc.record(
  {
    noc: fc.constantFrom(...PRESENT.occupations),
    months: fc.integer({ min: 0, max: 720 }),
    continuous: yesOrNo,
    inCanada: yesOrNo,
  },
  { requiredKeys: ['noc', 'months'] },
);
const profiles: fc.Arbitrary<Profile> = fc.record(
  {
    crs: fc.integer({ min: 0, max: 1200 }),
    crsAsOf: day,
    profileSubmittedAt: fc.oneof(
      instant,
      day,
      instant.map((text) => text.replace(/\.\d+Z$/, '-05:00')),
    ),
    programs: fc.subarray(['cec', 'fsw', 'fst'] as const).map((list) => [...list]),
    nominated: yesOrNo,
    frenchNclc7: yesOrNo,
    experience: fc.array(work, { maxLength: 8 }),
    militaryRecruit: yesOrNo,
  },
  { requiredKeys: [] },
);

describe('a profile', () => {
  it('comes out of a form as it was put in, its keys in the order of the schema', () => {
    fc.assert(
      fc.property(profiles, (profile) => {
        const { profile: again, faults } = readProfileForm(writeProfileForm(profile), PRESENT);

        expect([...faults]).toEqual([]);
        expect(JSON.stringify(again)).toBe(JSON.stringify(profile));
      }),
    );
  });

  it('comes out of the page that shows it, as a browser would send it', () => {
    const view = viewOf(SITE, 'en', '/en/check/');
    fc.assert(
      fc.property(profiles, (profile) => {
        const page = String(profileFields(view, writeProfileForm(profile), new Map()));

        expect(readProfileForm(rawFormOf(sentFrom(page)), PRESENT).profile).toEqual(profile);
      }),
      { numRuns: 40 },
    );
  });

  it('is empty where nothing is said, however many fields were sent', () => {
    const sent = 'crs=&crsAsOf=+&profileSubmittedAt=&nominated=&noc-1=&months-1=&continuous-1=&inCanada-1=';

    expect(profileOf('')).toEqual({});
    expect(profileOf(sent)).toEqual({});
  });

  it('tells none from not said', () => {
    expect(profileOf('programs=none&experience=none&nominated=no')).toEqual({
      programs: [],
      nominated: false,
      experience: [],
    });
  });

  it('has each programme once, in one order', () => {
    expect(JSON.stringify(profileOf('programs=fst&programs=cec&programs=fst'))).toBe(
      '{"programs":["cec","fst"]}',
    );
  });

  it.each([
    ['2024-03-19 18:58:58', '2024-03-19T18:58:58Z'],
    ['  2024-03-19  18:58:58 UTC ', '2024-03-19T18:58:58Z'],
    ['2024-03-19T18:58:58', '2024-03-19T18:58:58Z'],
    ['2024-03-19 13:58:58 -05:00', '2024-03-19T13:58:58-05:00'],
    ['2024-03-19T18:58:58.250Z', '2024-03-19T18:58:58.250Z'],
    ['2024-03-19', '2024-03-19'],
  ])('takes %j for when it was submitted', (text, expected) => {
    const { profileSubmittedAt } = profileOf(new URLSearchParams({ profileSubmittedAt: text }).toString());

    expect(profileSubmittedAt).toBe(expected);
  });

  it('keeps the occupations in the order of their rows, also with empty rows between them', () => {
    const { experience } = profileOf(
      'noc-10=31102&months-10=3&noc-2=31301&months-2=14&continuous-2=yes&inCanada-2=no',
    );

    expect(experience).toEqual([
      { noc: '31301', months: 14, continuous: true, inCanada: false },
      { noc: '31102', months: 3 },
    ]);
  });
});

describe('what is wrong', () => {
  it.each([
    ['crs=1201', { crs: 'wrong' }],
    ['crs=5e2', { crs: 'wrong' }],
    ['crs=-1', { crs: 'wrong' }],
    ['crs=522.0', { crs: 'wrong' }],
    ['crs=522&crs=530', { crs: 'wrong' }],
    ['crsAsOf=2024-02-30', { crsAsOf: 'wrong' }],
    ['crsAsOf=2024-06-02', { crsAsOf: 'future' }],
    ['profileSubmittedAt=March+19', { profileSubmittedAt: 'wrong' }],
    // Without its seconds an instant would be a guess.
    ['profileSubmittedAt=2024-03-19+18:58', { profileSubmittedAt: 'wrong' }],
    ['profileSubmittedAt=2024-06-01+00:00:01', { profileSubmittedAt: 'future' }],
    ['programs=pnp', { programs: 'wrong' }],
    ['programs=none&programs=cec', { programs: 'contradiction' }],
    // Of two faults of one field the first is told.
    ['programs=none&programs=pnp', { programs: 'contradiction' }],
    ['nominated=perhaps', { nominated: 'wrong' }],
    ['frenchNclc7=true', { frenchNclc7: 'wrong' }],
    ['militaryRecruit=1', { militaryRecruit: 'wrong' }],
    ['experience=none&noc-1=31301&months-1=14', { experience: 'contradiction' }],
    ['experience=some', { experience: 'wrong' }],
    ['noc-2=3012&months-2=14', { 'noc-2': 'wrong' }],
    ['noc-2=99999&months-2=14', { 'noc-2': 'unknown' }],
    ['months-3=14', { 'noc-3': 'missing' }],
    ['noc-1=31301', { 'months-1': 'missing' }],
    ['noc-1=31301&months-1=1.5', { 'months-1': 'wrong' }],
    ['continuous-1=yes', { 'noc-1': 'missing', 'months-1': 'missing' }],
    [
      'noc-1=31301&months-1=1&continuous-1=maybe&inCanada-1=x',
      { 'continuous-1': 'wrong', 'inCanada-1': 'wrong' },
    ],
  ])('in %s is told by the field', (query, faults) => {
    expect(read(query)).toEqual({ profile: {}, faults });
  });

  it('is told all at once', () => {
    const { faults } = read('crs=x&crsAsOf=2030-01-01&programs=none&programs=fsw&noc-1=99999&months-1=-1');

    expect(faults).toEqual({
      crs: 'wrong',
      crsAsOf: 'future',
      programs: 'contradiction',
      'noc-1': 'unknown',
      'months-1': 'wrong',
    });
  });

  it('is more occupations than fit', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, index) => `noc-${index + 1}=31301&months-${index + 1}=1`).join('&');

    expect(profileOf(rows(MOST_WORK)).experience).toHaveLength(MOST_WORK);
    expect(read(rows(MOST_WORK + 1)).faults).toEqual({ experience: 'wrong' });
  });

  it('is never a file', () => {
    const raw = rawFormOf([
      ['crs', new File(['522'], 'crs')],
      ['crs', '530'],
    ]);

    expect(readProfileForm(raw, PRESENT).profile).toEqual({ crs: 530 });
  });
});

describe.each(['en', 'fr'] as const)('the fields in %s', (locale) => {
  const view = viewOf(SITE, locale, `/${locale}/check/`);

  it('stay as they were filled in, each fault beside its field and tied to it', () => {
    const raw = formOf('crs=x&crsAsOf=soon&noc-2=3012&months-2=14&programs=none&programs=cec');
    const { faults } = readProfileForm(raw, PRESENT);

    const page = String(profileFields(view, raw, faults));

    const words = PROFILE_WORDS[locale];
    expect(inputOf(page, 'crs')).toMatch(
      /value="x".* aria-invalid="true" aria-describedby="crs-hint crs-fault"/,
    );
    expect(inputOf(page, 'crsAsOf')).toMatch(/type="text" value="soon".* aria-invalid="true"/);
    expect(inputOf(page, 'noc-2')).toMatch(/value="3012".* aria-describedby="noc-2-hint noc-2-fault"/);
    expect(inputOf(page, 'months-2')).not.toContain('aria-invalid');
    expect(page).toContain(`<p class="fault" id="crs-fault">${words.faults.crs.wrong}</p>`);
    expect(page).toMatch(
      /<fieldset id="programs" tabindex="-1" aria-describedby="programs-hint programs-fault"/,
    );
    expect(inputOf(page, 'programs-none')).toContain(' checked');
  });

  it('show nothing of what was written as anything but text', () => {
    const evil = `"><script>alert(1)</script>'&`;
    const names = [
      'crs',
      'crsAsOf',
      'profileSubmittedAt',
      'programs',
      'nominated',
      'noc-1',
      'months-1',
      'experience',
    ];
    const raw = rawFormOf(names.map((name) => [name, evil]));

    const page = String(profileFields(view, raw, readProfileForm(raw, PRESENT).faults));

    expect(page).not.toContain('<script');
    expect(page).not.toMatch(/="[^"]*"[^\s>/]/);
  });

  it('have a label each, and ids of their own', () => {
    const page = String(profileFields(view, new Map(), new Map()));

    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const controls = [...page.matchAll(/<(?:input|select) id="([^"]+)"/g)].map(([, id]) => id);
    expect(controls).toHaveLength(23);
    for (const id of controls) expect(page.split(`<label for="${id}">`)).toHaveLength(2);
  });

  it('are followed by one more row when all are filled', () => {
    const rows = (profile: Profile) =>
      [...String(profileFields(view, writeProfileForm(profile), new Map())).matchAll(/ id="noc-(\d+)"/g)]
        .length;
    const filled = (count: number): Profile => ({
      experience: Array.from({ length: count }, () => ({ noc: '31301', months: 1 })),
    });

    expect([0, 1, 2, 3, 4, MOST_WORK].map((count) => rows(filled(count)))).toEqual([
      3,
      3,
      3,
      4,
      5,
      MOST_WORK,
    ]);
  });

  it('have their faults in their own order in the summary, with the row where there are several', () => {
    const raw = formOf('militaryRecruit=x&noc-2=3012&months-2=&noc-1=99999&months-1=1&crs=x');
    const { faults } = readProfileForm(raw, PRESENT);

    const told = profileFaults(view, new Map([['email', 'missing'], ...faults]));

    const words = PROFILE_WORDS[locale];
    expect(told.map(({ name }) => name)).toEqual(['crs', 'noc-1', 'noc-2', 'months-2', 'militaryRecruit']);
    expect(told[1]?.text).toBe(words.inRow(1, words.faults.noc.unknown ?? ''));
  });
});

/** The tag with this id. */
function inputOf(page: string, id: string): string {
  return new RegExp(`<[a-z]+ id="${id}"[^>]*>`).exec(page)?.[0] ?? '';
}

/** What a browser would send of a form as it stands. */
function sentFrom(page: string): [string, string][] {
  const sent: [string, string][] = [];
  const controls =
    /<input id="[^"]*" name="([^"]*)" type="([^"]*)" value="([^"]*)"([^>]*)>|<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)<\/select>/g;
  for (const [, name, type, value = '', more = '', select, options = ''] of page.matchAll(controls)) {
    if (select !== undefined) sent.push([select, /value="([^"]*)" selected/.exec(options)?.[1] ?? '']);
    else if (name !== undefined && (type !== 'checkbox' || more.includes(' checked')))
      sent.push([name, value]);
  }
  return sent;
}
