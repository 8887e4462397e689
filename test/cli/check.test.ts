// `drawbell check`: a profile from flags or a file, against one draw, the latest of each type, or all of them.

import { describe, expect, it } from 'vitest';
import { shippedDraws } from '../draw/history.ts';
import { type Ended, type Installation, jsonOf, openInstallation } from '../support/cli.ts';

const AMINA = `
email: amina@example.org
crs: 522
crsAsOf: 2024-05-01
profileSubmittedAt: 2024-03-19T18:58:58Z
programs: [cec]
nominated: false
frenchNclc7: true
experience: [{ noc: "31301", months: 14, continuous: true, inCanada: true }]
militaryRecruit: false
`;

/** The same in flags. */
const FLAGS = [
  ...['--crs', '522', '--crs-as-of', '2024-05-01', '--submitted-at', '2024-03-19T18:58:58Z'],
  ...['--program', 'cec', '--nominated', 'no', '--french', 'yes', '--military', 'no'],
  ...['--experience', '31301:14:continuous:canada'],
];

/** The faults a command told, a line each, without the indentation. */
function faultsOf({ stderr }: Ended): string[] {
  return stderr
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

async function verdictOn297(place: Installation, ...args: string[]) {
  const ended = await place.drawbell('check', '--draw', 'ircc:297', '--json', ...args);
  expect(ended.stderr).toBe('');
  return jsonOf(ended).verdicts[0];
}

describe('the profile to check', () => {
  it.concurrent('is the same from flags as from a file, on every draw there is', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);
    const file = place.write('amina.yaml', AMINA);

    const told = await place.drawbell('check', '--profile', file, '--json');
    const given = await place.drawbell('check', ...FLAGS, '--json');

    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(given).toEqual(told);
    expect(jsonOf(told).verdicts).toHaveLength(shippedDraws().length);
  });

  it.concurrent('is that of the file with what a flag says in its place', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);
    const file = place.write('amina.yaml', AMINA);

    const told = await verdictOn297(place, '--profile', file);
    const replaced = await verdictOn297(place, '--profile', file, '--no-program', '--crs', '530');

    expect(told).toMatchObject({ outcome: 'invited', margin: 0 });
    expect(replaced).toMatchObject({
      outcome: 'not-invited',
      margin: 8,
      reasons: [{ code: 'programs-not-eligible', programs: [] }],
    });
  });

  it.concurrent('may say of work how long, whether without a break, and where', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);
    const profile = ['--crs', '522', '--program', 'cec', '--submitted-at', '2026-01-15', '--json'];
    const healthcare = ['check', '--draw', 'ircc:422', ...profile];
    // Physicians with Canadian work experience: twelve months in Canada.
    const physicians = ['check', '--draw', 'ircc:397', ...profile];

    const ends = await Promise.all([
      place.drawbell(...healthcare, '--experience', '31301:12:broken'),
      place.drawbell(...healthcare, '--experience', '31301:5', '--experience', '31301:6:abroad'),
      place.drawbell(...healthcare, '--no-experience'),
      place.drawbell(...physicians, '--experience', '31102:12:canada'),
      place.drawbell(...physicians, '--experience', '31102:12:abroad'),
      place.drawbell(...physicians, '--experience', '31102:12'),
    ]);

    const codes = ends.map((ended) => jsonOf(ended).verdicts[0].reasons[0].code);
    expect(codes).toEqual([
      'occupation-met',
      'months-short',
      'occupation-not-listed',
      'occupation-met',
      'work-not-in-canada',
      'work-place-unknown',
    ]);
  });

  it.concurrent('takes the last word about programmes: none of them, or one after all', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);
    const profile = ['--crs', '530', '--submitted-at', '2024-03-19'];

    const none = await verdictOn297(place, ...profile, '--program', 'cec', '--no-program');
    const one = await verdictOn297(place, ...profile, '--no-program', '--program', 'cec');

    expect([none.outcome, one.outcome]).toEqual(['not-invited', 'invited']);
  });

  it.concurrent('must be there: exit 2, saying how to give one', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished);

    const ended = await place.drawbell('check', '--draw', 'ircc:297', '--json');

    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toBe(
      'drawbell: there is no profile to check:\n  check: expected --profile FILE, or flags such as --crs 522 --program cec, or both, found neither\n',
    );
  });
});

describe('check --json', () => {
  it.concurrent('has outcome, margin, reasons, cautions and standing, in this order', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);

    const known = await verdictOn297(place, ...FLAGS);
    const unscored = await verdictOn297(place, '--program', 'cec');

    expect(Object.keys(known)).toEqual(['draw', 'outcome', 'margin', 'reasons', 'cautions', 'standing']);
    expect(known).toMatchObject({
      draw: 'ircc:297',
      cautions: [],
      standing: { asOf: '2024-05-29', total: 224404, atOrAbove: expect.any(Number) },
    });
    expect(unscored.standing).toBeNull();
  });

  it.concurrent.for([
    ['a second before the tie-break', '2024-03-19T18:58:57Z', 'invited', 'tie-break-met'],
    ['at the very tie-break', '2024-03-19T18:58:58Z', 'invited', 'tie-break-met'],
    ['a second after the tie-break', '2024-03-19T18:58:59Z', 'not-invited', 'tie-break-missed'],
    ['on the day of the tie-break', '2024-03-19', 'cannot-tell', 'tie-break-day-too-close'],
  ] as const)(
    'of #297 with the cut-off score and a profile submitted %s',
    async ([, at, outcome, code], { onTestFinished, expect }) => {
      const place = openInstallation(onTestFinished);

      const verdict = await verdictOn297(place, '--crs', '522', '--program', 'cec', '--submitted-at', at);

      expect(verdict).toMatchObject({ draw: 'ircc:297', outcome, margin: 0, reasons: [{ code }] });
    },
  );

  it.concurrent('has a row for the latest draw of each type, also of types long gone, with --latest', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);

    const now = await place.drawbell('check', ...FLAGS, '--latest', '--json');
    const then = await place.drawbell(
      ...['check', ...FLAGS, '--latest', '--json', '--now', '2024-06-01T00:00:00Z'],
    );

    const latest = new Map(shippedDraws().map(({ type, id }) => [type, id]));
    const ids = (ended: Ended) => jsonOf(ended).verdicts.map(({ draw }: { draw: string }) => draw);
    expect(ids(now).sort()).toEqual([...latest.values()].sort());
    expect(ids(now)).toContain(latest.get('fst'));
    expect(ids(then)[0]).toBe('ircc:297');
  });
});

describe('check for people', () => {
  it.concurrent('answers of one draw first what came of it, then on what that rests', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);

    const { code, stdout } = await place.drawbell('check', ...FLAGS, '--draw', '297');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^You would have been invited\.\n\nThe draw\n/);
    expect(stdout).toMatch(/^Cut-off +522\nYour score +522\nMargin +0$/m);
    expect(stdout).toMatch(/^Why\nYour score of 522 is exactly the cut-off, .*the very instant/m);
    expect(stdout).toMatch(/^Where you stand\nAs of May 29, 2024, about [\d,]+ of the 224,404 candidates/m);
    expect(stdout).toMatch(/information, not advice\. Your IRCC account decides\.\n$/);
    expect(stdout).not.toContain('What is missing');
  });

  it.concurrent('says once what is missing, and by which flag or field to give it', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);

    const one = await place.drawbell('check', '--crs', '530', '--draw', '297');
    const all = await place.drawbell('check', '--crs', '530');

    for (const { stdout } of [one, all]) {
      expect(stdout).toMatch(/^programs: .+ \(--program cec, or programs: in the profile\)$/m);
      expect(stdout).toMatch(/^profileSubmittedAt: .+ \(--submitted-at 20.+Z, or profileSubmittedAt: in/m);
      expect(stdout.match(/^programs: /gm)).toHaveLength(1);
    }
    expect(one.stdout).toMatch(/^We cannot tell whether you would have been invited\.$/m);
    expect(all.stdout).toMatch(/^experience: .+ \(--experience 31301:14, or experience: in the profile\)$/m);
  });

  it.concurrent('sums the history up: how often, of which types, how near, and with what care', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);
    const profile = ['--crs', '480', '--crs-as-of', '2025-01-02', '--submitted-at', '2026-01-15'];

    const { stdout } = await place.drawbell(
      ...['check', ...profile, '--program', 'cec', '--nominated', 'no', '--french', 'yes'],
      ...['--experience', '31301:14', '--now', '2026-06-30T00:00:00Z'],
    );

    expect(stdout).toMatch(
      /^Would have been invited in \d+ of the last 20 draws.*; last on June 25, 2026, ircc:422, Healthcare and social services occupations\.$/m,
    );
    expect(stdout).toMatch(/^By type: French.* 4, Healthcare.* 1\.$/m);
    expect(stdout).toMatch(/as if it had been the same then\.$/m);
    expect(stdout.match(/points were changed on March 25, 2025/g)).toHaveLength(1);
    expect(stdout).not.toContain('ircc:423');
    // It would have been invited in the newest: there is nothing to miss.
    expect(stdout).not.toContain('Nearest miss');
  });

  it.concurrent('names the nearest miss where the newest draw did not invite', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);
    const profile = [
      '--program',
      'cec',
      '--submitted-at',
      '2024-03-20',
      '--nominated',
      'no',
      '--no-experience',
    ];
    const check = (...args: string[]) => place.drawbell('check', ...profile, '--french', 'no', ...args);

    const points = await check('--crs', '517', '--now', '2024-06-01T00:00:00Z');
    const tied = await check('--crs', '522', '--now', '2024-06-01T00:00:00Z');
    const older = await check(
      ...['--crs', '500', '--submitted-at', '2026-01-15', '--now', '2026-06-30T00:00:00Z'],
    );
    const far = await check('--crs', '300', '--now', '2024-06-01T00:00:00Z');

    expect(points.stdout).toMatch(
      /^Nearest miss: ircc:297, 5 points short \(Canadian Experience Class, May 31/m,
    );
    // Canadian Experience Class, newest first: 516, 518, 514, 515, 509, 507.
    expect(older.stdout).toMatch(/^Nearest miss: ircc:404, 7 points short /m);
    expect(far.stdout).not.toContain('Nearest miss');
    expect(tied.stdout).toMatch(/^Nearest miss: ircc:297, at the cut-off, but after the tie-break \(/m);
    expect(tied.stdout).toMatch(
      /^Would have been invited in 0 of the last 20 draws.*, nor in any of the \d+ known\.$/m,
    );
  });

  it.concurrent('has a line for each type and a sentence for all with --latest', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);

    const { stdout } = await place.drawbell('check', ...FLAGS, '--submitted-at', '2026-01-15', '--latest');

    const types = new Set(shippedDraws().map(({ type }) => type));
    expect(stdout.match(/^ *ircc:\S+ +20/gm)).toHaveLength(types.size);
    expect(stdout).toMatch(
      new RegExp(
        `^Would have been invited in the latest draw of \\d+ of ${types.size} types.*: .*Healthcare`,
        'm',
      ),
    );
  });
});

describe('what no profile can hold', () => {
  it.concurrent('is told of a file and of flags at once, each with what is allowed: exit 2', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);
    const file = place.write(
      'profile.yaml',
      `email: amina@example.org
crs: 1201
crsAsOf: 2024-06-03
profileSubmittedAt: 2024-06-01T00:00:01Z
nominated: perhaps
experience:
  - { noc: "99999", months: 14 }
  - { noc: "3012", months: -1 }
  - { noc: 31301, months: 6.5 }
`,
    );

    const ended = await place.drawbell(
      ...['check', '--profile', file, '--now', '2024-06-01T00:00:00Z', '--json'],
      ...[
        '--crs',
        'amina@example.org',
        '--crs-as-of',
        '522',
        '--submitted-at',
        '2024-06-02',
        '--french',
        'oui',
      ],
      ...['--experience', '99999:14', '--experience', '3012:-1', '--experience', '31301:14:sometimes'],
      ...['--experience', '31301:14:canada:abroad', '--experience', '31301', '--program', 'pnp'],
    );

    const noc = 'a NOC 2021 code such as 31301 (five digits; the second is the TEER, 0 to 5)';
    const work = 'NOC:MONTHS[:continuous|:broken][:canada|:abroad]';
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^drawbell: "profile\.yaml" and the flags cannot be used:\n/);
    expect(faultsOf(ended)).toEqual([
      'line 2, crs: expected a whole number from 0 to 1200, found another number',
      'line 3, crsAsOf: expected a day that has begun, 2024-06-01 at the latest, found "2024-06-03"',
      'line 4, profileSubmittedAt: expected an instant that has passed, 2024-06-01T00:00:00Z at the latest, found "2024-06-01T00:00:01Z"',
      'line 5, nominated: expected true or false, found "perhaps"',
      `line 7, experience[0].noc: expected ${noc}, found "99999"`,
      `line 8, experience[1].noc: expected ${noc}; four digits are a code of the older NOC 2016, found "3012"`,
      'line 8, experience[1].months: expected a whole number from 0 to 720, found another number',
      'line 9, experience[2].noc: expected a NOC 2021 code, five digits in quotes, found another number',
      'line 9, experience[2].months: expected a whole number from 0 to 720, found another number',
      '--crs: expected a whole number from 0 to 1200, found no number',
      '--crs-as-of: expected a date as YYYY-MM-DD, found a number',
      '--program: expected cec, fsw or fst, found "pnp"',
      '--french: expected yes or no, found "oui"',
      `--experience "3012:-1": expected ${noc}; four digits are a code of the older NOC 2016, found "3012"`,
      '--experience "3012:-1": expected months as a whole number from 0 to 720, found another number',
      `--experience: expected ${work}, found "31301:14:sometimes"`,
      `--experience: expected ${work}, found "31301:14:canada:abroad"`,
      '--experience "31301": expected months as a whole number from 0 to 720, found nothing',
      '--submitted-at: expected a day that has begun, 2024-06-01 at the latest, found "2024-06-02"',
      `--experience "99999:14": expected ${noc}, found "99999"`,
    ]);
    expect(ended.stderr).not.toMatch(/@|amina|1201|\b522\b/);
  });

  it.concurrent('is no day that has begun somewhere on Earth', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished);
    const check = (now: string) =>
      place.drawbell('check', '--crs', '522', '--crs-as-of', '2024-06-02', '--draw', '297', '--now', now);

    const before = await check('2024-06-01T09:59:59Z');
    const after = await check('2024-06-01T10:00:00Z');

    expect([before.code, after.code]).toEqual([2, 0]);
  });

  it.concurrent('is not --draw and --latest together: exit 2', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished);

    const ended = await place.drawbell('check', ...FLAGS, '--draw', '297', '--latest');

    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/--draw.*cannot be used with.*--latest/);
  });
});
