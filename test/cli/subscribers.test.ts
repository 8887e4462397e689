// `drawbell subscribers`: files with and without faults, and one person at a time.

import { describe, expect, it } from 'vitest';
import { type Ended, type Installation, jsonOf, openInstallation } from '../support/cli.ts';

async function listOf(place: Installation) {
  return jsonOf(await place.drawbell('subscribers', 'list', '--json')).subscribers;
}

/** The faults a command told, a line each, without the indentation. */
function faultsOf({ stderr }: Ended): string[] {
  return stderr
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

describe('subscribers import', () => {
  it.concurrent('adds everyone in a YAML or JSON list, and replaces what is imported again', async ({
    onTestFinished,
  }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });
    const yaml = `
- email: amina@example.org
  crs: 522
  crsAsOf: 2024-05-01
  profileSubmittedAt: 2024-03-19T18:58:58Z
  programs: [cec]
  nominated: false
  frenchNclc7: false
  experience: [{ noc: "31301", months: 14, continuous: true, inCanada: true }]
  notify: [invited, near-miss:10]
- email: bruno@example.org
  locale: fr
`;
    const json = JSON.stringify([
      { email: 'AMINA@example.org', crs: 530 },
      { email: 'chen@example.org', programs: [] },
    ]);

    const first = await place.drawbell('subscribers', 'import', place.write('readers.yaml', yaml), '--json');
    const second = await place.drawbellReading(json, 'subscribers', 'import', '-', '--json');
    const subscribers = await listOf(place);

    expect(first.stderr).toBe('');
    expect(jsonOf(first)).toEqual({ added: 2, changed: 0 });
    expect(jsonOf(second)).toEqual({ added: 1, changed: 1 });
    expect(subscribers).toEqual([
      {
        id: 1,
        email: 'AMINA@example.org',
        locale: 'en',
        crs: 530,
        notify: ['invited', 'cannot-tell', 'draw-type', 'correction'],
        consentAt: expect.stringMatching(/Z$/),
        consentHow: 'operator',
      },
      expect.objectContaining({ id: 2, email: 'bruno@example.org', locale: 'fr' }),
      expect.objectContaining({ id: 3, email: 'chen@example.org', programs: [] }),
    ]);
  });

  it.concurrent('tells every fault of a file with its line and path, and imports nothing of it', async ({
    onTestFinished,
  }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });
    const file = place.write(
      'readers.yaml',
      `- email: amina@example.org
  crs: 522
- email: bruno@example.org
  crs: "541"
  profileSubmittedAt: yesterday
  programs: [cec, xyz]
- email: not-an-address-at-all
  crs: 1501
  notify: [always]
- email: Amina@example.org
  nominated: perhaps
- crs: 533
  emial: dana@example.org
- eve@example.org
- email: frank@example.org
  experience: [{ noc: 31301, months: 14 }]
  frank@home.example: yes
- email: gita@example.org
  crsAsOf: 2999-01-01
  profileSubmittedAt: "533"
  experience: [{ noc: "99999", months: 14 }, { noc: "3012", months: -1 }]
`,
    );

    const ended = await place.drawbell('subscribers', 'import', file, '--json');
    const subscribers = await listOf(place);

    expect(ended.code).toBe(2);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toMatch(/^drawbell: "readers\.yaml" cannot be used:\n/);
    expect(faultsOf(ended)).toEqual([
      'line 4, [1].crs: expected a whole number from 0 to 1200, found text',
      'line 5, [1].profileSubmittedAt: expected an instant as 2024-03-19T18:58:58Z or a date as YYYY-MM-DD, found "yesterday"',
      'line 6, [1].programs[1]: expected cec, fsw or fst, found "xyz"',
      'line 7, [2].email: expected an e-mail address, found something else',
      'line 8, [2].crs: expected a whole number from 0 to 1200, found another number',
      expect.stringMatching(/^line 9, \[2\]\.notify\[0\]: expected one of invited, .+, found "always"$/),
      'line 10, [3].email: expected each address once (entry [0] has it too), found something else',
      'line 11, [3].nominated: expected true or false, found "perhaps"',
      'line 12, [4].email: expected an e-mail address, found nothing',
      expect.stringMatching(/^line 13, \[4\]\.emial: expected one of crs, .+, found "emial"$/),
      'line 14, [5]: expected a profile: names and values, found "(an address)"',
      'line 16, [6].experience[0].noc: expected a NOC 2021 code, five digits in quotes, found another number',
      expect.stringMatching(/^line 17, \[6\]\."\(an address\)": expected one of .+, found "\(an address\)"$/),
      expect.stringMatching(
        /^line 19, \[7\]\.crsAsOf: expected a day that has begun, .+, found "2999-01-01"$/,
      ),
      'line 20, [7].profileSubmittedAt: expected an instant as 2024-03-19T18:58:58Z or a date as YYYY-MM-DD, found a number',
      'line 21, [7].experience[0].noc: expected a NOC 2021 code such as 31301 (five digits; the second is the TEER, 0 to 5), found "99999"',
      'line 21, [7].experience[1].noc: expected a NOC 2021 code such as 31301 (five digits; the second is the TEER, 0 to 5); four digits are a code of the older NOC 2016, found "3012"',
      'line 21, [7].experience[1].months: expected a whole number from 0 to 720, found another number',
    ]);
    expect(ended.stderr).not.toMatch(/@|not-an-address|522|541|533|1501/);
    expect(subscribers).toEqual([]);
  });

  it.concurrent.for([
    ['a file that is not there', null, 'the file: expected a text file that can be read, found ENOENT'],
    ['an empty file', '', 'line 1, the whole file: expected a list of subscribers, found nothing'],
    [
      'no list',
      'subscribers:\n  - email: amina@example.org\n    crs: 522\n',
      'line 1, the whole file: expected a list of subscribers, found names and values',
    ],
    [
      'an alias of nothing',
      '- email: *somebody\n',
      'the file: expected aliases (*name) of anchors (&name) that stand before them, and few of them, found others',
    ],
    [
      'YAML that is none',
      '- email: amina@example.org\n  crs: [522\n',
      /^line 3: expected YAML or JSON, found ".+"$/,
    ],
    [
      'an address where YAML allows none',
      '- email: @amina@example.org\n',
      /^line 1: expected YAML or JSON, found ".+"$/,
    ],
    [
      'one name twice',
      '- email: a@example.org\n  crs: 1\n  crs: 2\n',
      /^line 3: expected YAML or JSON, found ".+"$/,
    ],
    [
      'JSON cut off',
      '[{"email": "amina@example.org", "crs": 522',
      /^line 1: expected YAML or JSON, found ".+"$/,
    ],
  ] as const)('of %s is refused with exit 2', async ([, text, fault], { onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished);
    if (text !== null) place.write('readers.yaml', text);

    const ended = await place.drawbell('subscribers', 'import', 'readers.yaml');

    expect(ended.code).toBe(2);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toMatch(/^drawbell: "readers\.yaml" cannot be used:\n/);
    expect(faultsOf(ended)[0]).toMatch(fault);
    expect(ended.stderr).not.toMatch(/amina|522/);
  });

  it.concurrent('refuses bytes that are no text, and a bomb of aliases', async ({ onTestFinished }) => {
    const place = openInstallation(onTestFinished);
    const bomb = [
      '- &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((name, index) => {
        const inner = `*${'abcdefgh'[index]}`;
        return `- &${name} [${Array(9).fill(inner).join(', ')}]`;
      }),
    ].join('\n');

    const bytes = await place.drawbellReading(
      new Uint8Array([0x2d, 0x20, 0xff]),
      'subscribers',
      'import',
      '-',
    );
    const bombed = await place.drawbell('subscribers', 'import', place.write('bomb.yaml', bomb));

    expect([bytes.code, bombed.code]).toEqual([2, 2]);
    expect(bytes.stderr).toContain('bytes that are not UTF-8');
    expect(bombed.stderr).toContain('aliases');
  });
});

describe('subscribers add, list and remove', () => {
  it.concurrent('keep one person up to date, and forget them', async ({ onTestFinished }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });

    const added = await place.drawbell(
      'subscribers',
      'add',
      'amina@example.org',
      '--crs',
      '522',
      '--crs-as-of',
      '2024-05-01',
      '--submitted-at',
      '2024-03-19T18:58:58Z',
      '--program',
      'cec',
      '--program',
      'fsw',
      '--nominated',
      'no',
      '--french',
      'yes',
      '--experience',
      '31301:14:continuous:canada',
      '--experience',
      '21231:6:abroad',
      '--military',
      'no',
      '--locale',
      'fr',
      '--notify',
      'invited',
      '--json',
    );
    const [amina] = await listOf(place);
    const changed = await place.drawbell(
      'subscribers',
      'add',
      'Amina@Example.org',
      '--no-program',
      '--no-experience',
    );
    const [unknown, ...others] = await listOf(place);
    const table = await place.drawbell('subscribers', 'list');
    const removed = await place.drawbell('subscribers', 'remove', 'AMINA@example.org', '--json');
    const again = await place.drawbell('subscribers', 'remove', '1');
    const empty = await place.drawbell('subscribers', 'list');

    expect(jsonOf(added)).toEqual({ added: 1, changed: 0 });
    expect(amina).toMatchObject({
      id: 1,
      email: 'amina@example.org',
      crs: 522,
      crsAsOf: '2024-05-01',
      profileSubmittedAt: '2024-03-19T18:58:58Z',
      programs: ['cec', 'fsw'],
      nominated: false,
      frenchNclc7: true,
      experience: [
        { noc: '31301', months: 14, continuous: true, inCanada: true },
        { noc: '21231', months: 6, inCanada: false },
      ],
      militaryRecruit: false,
      locale: 'fr',
      notify: ['invited'],
    });
    expect(changed.stdout).toBe('0 added, 1 changed. Their consent is recorded as attested by you.\n');
    expect(others).toEqual([]);
    expect(unknown).toMatchObject({ programs: [], experience: [] });
    expect(unknown).not.toHaveProperty('crs');
    expect(table.stdout).toMatch(/^No\. {2}E-mail/);
    expect(jsonOf(removed)).toEqual({ removed: true });
    expect(again.code).toBe(2);
    expect(again.stdout).toBe('');
    expect(again.stderr).toBe('drawbell: no such subscriber\n');
    expect(empty.stdout).toBe('No subscribers yet.\n');
  });

  it.concurrent('refuse what no profile can hold, all of it at once and without the address', async ({
    onTestFinished,
  }) => {
    const place = openInstallation(onTestFinished);

    const ended = await place.drawbell(
      'subscribers',
      'add',
      'amina.example.org',
      '--crs',
      'many',
      '--crs-as-of',
      'today',
      '--program',
      'pnp',
      '--submitted-at',
      '2999-01-01',
      '--nominated',
      'perhaps',
      '--experience',
      '99999:-1',
      '--locale',
      'de',
      '--notify',
      'always',
    );

    expect(ended.code).toBe(2);
    expect(ended.stdout).toBe('');
    expect(faultsOf(ended).sort()).toEqual([
      '--crs-as-of: expected a date as YYYY-MM-DD, found "today"',
      '--crs: expected a whole number from 0 to 1200, found no number',
      '--experience "99999:-1": expected a NOC 2021 code such as 31301 (five digits; the second is the TEER, 0 to 5), found "99999"',
      '--experience "99999:-1": expected months as a whole number from 0 to 720, found another number',
      '--locale: expected en or fr, found "de"',
      '--nominated: expected yes or no, found "perhaps"',
      expect.stringMatching(/^--notify: expected one of invited, .+, found "always"$/),
      '--program: expected cec, fsw or fst, found "pnp"',
      expect.stringMatching(/^--submitted-at: expected a day that has begun, .+, found "2999-01-01"$/),
      'email: expected an e-mail address, found something else',
    ]);
    expect(ended.stderr).not.toContain('amina');
  });
});
