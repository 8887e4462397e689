// `drawbell subscribers`: files with and without faults, and one person at a time.

import { describe, expect, it } from 'vitest';
import { signUnsubscribe } from '../../src/notify/tokens.ts';
import { signingKey } from '../../src/store/keys.ts';
import { type Ended, type Installation, jsonOf, openInstallation } from '../support/cli.ts';
import {
  addressees,
  DAY,
  dumpDatabase,
  feedAsOf,
  inSession,
  lookHere,
  MORNING,
  NEWS,
  openWorld,
  READERS,
  settleIn,
  settleWithMailPutOff,
  type World,
} from './world.ts';

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
    expect(jsonOf(first)).toEqual({ added: 2, changed: 0, suppressed: 0, leftOut: [] });
    expect(jsonOf(second)).toEqual({ added: 1, changed: 1, suppressed: 0, leftOut: [] });
    expect(subscribers).toEqual([
      {
        id: 1,
        email: 'AMINA@example.org',
        locale: 'en',
        crs: 530,
        notify: ['invited', 'cannot-tell', 'draw-type', 'correction'],
        consentAt: expect.stringMatching(/Z$/),
        consentHow: 'operator',
        consentWords: 'The operator attests that this person asked for these messages.',
        consentVersion: null,
        askedAt: null,
        pausedAt: null,
        status: 'active',
        suppressed: null,
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
  consent: { at: 2999-01-01T00:00:00Z, word: yes }
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
      expect.stringMatching(
        /^line 22, \[7\]\.consent\.at: expected an instant that has passed, .+, found "2999-.+"$/,
      ),
      'line 22, [7].consent.word: expected one of at, how, words, version, askedAt, found "word"',
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

    expect(jsonOf(added)).toEqual({ added: 1, changed: 0, suppressed: 0, leftOut: [] });
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
    expect(changed.stdout).toBe(
      '0 added, 1 changed. Where no consent is given, it is recorded as attested by you.\n',
    );
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
      '--consent-at',
      '2999-01-01T00:00:00Z',
      '--consent-words',
      ' ',
      '--locale',
      'de',
      '--notify',
      'always',
    );

    expect(ended.code).toBe(2);
    expect(ended.stdout).toBe('');
    expect(faultsOf(ended).sort()).toEqual([
      expect.stringMatching(
        /^--consent-at: expected an instant that has passed, .+, found "2999-01-01T00:00:00Z"$/,
      ),
      '--consent-words: expected what was agreed to, in 1 to 2,000 characters, found ""',
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

describe('consent', () => {
  it.concurrent('is given with a person, kept when they are exported, and the same after an import elsewhere', async ({
    onTestFinished,
  }) => {
    const [place, elsewhere] = [openInstallation(onTestFinished), openInstallation(onTestFinished)];
    for (const { env } of [place, elsewhere]) env.DRAWBELL_HISTORY = 'none';
    const proof = ['--consent-at', '2023-11-02T09:30:00+01:00', '--consent-words', 'Écrivez-moi'];

    await place.drawbell('subscribers', 'add', 'amina@example.org', '--crs', '522', ...proof);
    await place.drawbell('subscribers', 'add', 'bruno@example.org', '--locale', 'fr');
    await place.drawbell('subscribers', 'suppress', '2', '--reason', 'asked by telephone');
    const all = await place.drawbell('subscribers', 'export');
    await elsewhere.drawbellReading(all.stdout, 'subscribers', 'import', '-');
    const again = await elsewhere.drawbell('subscribers', 'export');
    const one = jsonOf(await elsewhere.drawbell('subscribers', 'export', 'AMINA@example.org'));
    const nobody = await elsewhere.drawbell('subscribers', 'export', 'dana@example.org');

    const consent = { at: '2023-11-02T08:30:00.000Z', how: 'operator', words: 'Écrivez-moi' };
    expect(jsonOf(all)).toMatchObject([
      { email: 'amina@example.org', crs: 522, consent, suppressed: null },
      { email: 'bruno@example.org', suppressed: { reason: 'operator', detail: 'asked by telephone' } },
    ]);
    expect(jsonOf(again)).toEqual(jsonOf(all));
    expect(one).toEqual([{ ...jsonOf(all)[0], kept: expect.anything(), sent: [] }]);
    expect(nobody).toMatchObject({ code: 2, stdout: '' });
    expect(nobody.stderr).toContain('found "(an address)"');
  });

  it.concurrent('is exported with what was sent, and without what would let anybody in', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);
    world.site.publish(feedAsOf(DAY));
    await lookHere(world, NEWS);

    const one = await world.drawbell('subscribers', 'export', '1');
    const all = await world.drawbell('subscribers', 'export');
    const imported = await world.drawbellReading(one.stdout, 'subscribers', 'import', '-', '--json');

    const { keys, subscribers } = dumpDatabase(world);
    const sent = [{ event: 'draw.published/ircc:297', outcome: 'invited', at: '2024-05-31T16:00:00.000Z' }];
    expect(jsonOf(one)).toMatchObject([{ email: 'amina@example.org', sent }]);
    expect(jsonOf(imported)).toMatchObject({ added: 0, changed: 1 });
    const secrets = [...(subscribers ?? []), ...(keys ?? [])].flatMap((row) => {
      const { key, value } = JSON.parse(row);
      return [key, value].filter((secret) => typeof secret === 'string');
    });
    expect(secrets.length).toBeGreaterThanOrEqual(5);
    expect(secrets.filter((secret) => `${one.stdout}${all.stdout}`.includes(secret))).toEqual([]);
  });
});

describe('somebody suppressed', () => {
  it.concurrent('gets nothing: not what waits, not a new round, not by retry, not when added again', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleWithMailPutOff(world);

    const suppressed = await world.drawbell('subscribers', 'suppress', 'AMINA@example.org', '--json');
    const stranger = await world.drawbell('subscribers', 'suppress', 'erin@example.org');
    const waiting = await lookHere(world, '2024-05-31T20:00:00Z');
    const retried = await world.drawbell(
      'deliveries',
      'retry',
      '--event',
      'draw.published/ircc:297',
      '--json',
    );
    await world.drawbell('subscribers', 'remove', 'amina@example.org');
    const again = await world.drawbellReading(
      `${READERS}\n- email: erin@example.org\n`,
      'subscribers',
      'import',
      '-',
    );
    world.site.publish(feedAsOf('2024-06-19'));
    await lookHere(world, '2024-06-19T20:00:00Z');
    const list = jsonOf(await world.drawbell('subscribers', 'suppressed', '--json')).suppressed;

    expect(jsonOf(suppressed)).toEqual({ suppressed: true, dropped: 1 });
    expect(stranger.stdout).toContain('nothing is sent there any more');
    expect(waiting.report.notices).toMatchObject({ sent: 2 });
    expect(jsonOf(retried)).toEqual({ queued: 0, held: 0, suppressed: 1, inHand: 0 });
    expect(again.stdout).toMatch(/^0 added, 3 changed\..*\n2 suppressed and left out \(\[0\], \[4\]\):/);
    expect(again.stderr).toBe('');
    expect(addressees(world)).toContain('bruno@example.org');
    expect(addressees(world)).not.toContain('amina@example.org');
    expect(list).toEqual(
      Array(2).fill({
        id: expect.stringMatching(/^[0-9a-f]{12}$/),
        reason: 'operator',
        detail: null,
        subscriber: null,
        since: expect.stringMatching(/Z$/),
      }),
    );
  });

  it.concurrent('by their own mail server hears nothing more, the others do, and lift brings them back', async ({
    onTestFinished,
  }) => {
    const world = await openWorld(onTestFinished);
    await settleIn(world);
    world.mail.decide(({ recipients }) =>
      recipients.includes('amina@example.org')
        ? { status: 550, text: '5.1.1 no such user amina@example.org' }
        : 'take',
    );

    world.site.publish(feedAsOf(DAY));
    const bounced = await world.run(NEWS);
    const told = [...addressees(world)];
    world.mail.decide(() => 'take');
    world.mail.received.length = 0;
    const table = await world.drawbell('subscribers', 'suppressed');
    const [amina] = await listOf(world);
    world.site.publish(feedAsOf('2024-06-19'));
    await lookHere(world, '2024-06-19T20:00:00Z');
    const notices = jsonOf(await world.drawbell('deliveries', '--recipient', 'subscriber 1', '--json'));
    const lifted = await world.drawbell('subscribers', 'lift', '1');
    const retried = await world.drawbell('deliveries', 'retry', '--all-failed');
    await lookHere(world, '2024-06-20T20:00:00Z');

    expect(bounced).toMatchObject({ code: 4 });
    expect(bounced.report.notices).toMatchObject({ failed: 1 });
    expect(told).toEqual(['amina@example.org', 'bruno@example.org', 'chen@example.org']);
    expect(table.stdout).toMatch(/bounced .* 1 {2}550 5\.1\.1/);
    expect(amina).toMatchObject({ status: 'suppressed', suppressed: { reason: 'bounced' } });
    expect(notices.deliveries.map(({ status }: { status: string }) => status)).toEqual(['failed']);
    expect(lifted.stdout).toBe('Lifted (bounced): subscriber 1 gets messages again.\n');
    expect(retried.stdout).toMatch(/^1 notice queued/);
    expect(addressees(world).filter((address) => address === 'amina@example.org')).toHaveLength(1);
    const said = [bounced, table, lifted, retried].flatMap(({ stdout, stderr }) => [stdout, stderr]);
    expect(said.join('\n')).not.toMatch(/@example/);
  });

  it.concurrent('is named as the list shows them: what is wrong is refused without an address', async ({
    onTestFinished,
  }) => {
    const place = openInstallation(onTestFinished, { DRAWBELL_HISTORY: 'none' });

    const ended = await Promise.all([
      place.drawbell('subscribers', 'suppress', '7'),
      place.drawbell('subscribers', 'suppress', 'amina'),
      place.drawbell('subscribers', 'suppress', 'a@example.org', '--reason', 'asked by b@example.org'),
      place.drawbell('subscribers', 'lift', 'amina@example.org'),
    ]);
    const none = await place.drawbell('subscribers', 'suppressed');

    expect(ended.map(({ code, stdout }) => [code, stdout])).toEqual(Array(4).fill([2, '']));
    expect(ended.map(({ stderr }) => stderr).join('')).not.toContain('@example');
    expect(none.stdout).toBe('Nobody is suppressed.\n');
  });
});

describe('unsubscribe', () => {
  const SECRET = 'a secret of sixteen letters';

  /** Reader 1 has a waiting notice; its token by the installation's key, and by a secret that is set. */
  async function openWaiting(onTestFinished: Parameters<typeof openWorld>[0]) {
    const world = await openWorld(onTestFinished);
    await settleIn(world);
    world.mail.refuseWith({ status: 451, text: '4.3.0 later' });
    world.site.publish(feedAsOf(DAY));
    await lookHere(world, NEWS);
    world.mail.refuseWith(null);
    const keys = dumpDatabase(world).subscribers?.map((row) => JSON.parse(row).key) ?? [];
    const tokens = (secret: string | null) =>
      inSession(world, MORNING, async ({ db }) => {
        const key = await signingKey(db, secret);
        return keys.map((reader) => signUnsubscribe(reader, key));
      });
    return { world, byKey: await tokens(null), tokens };
  }

  function mailWith(subject: string, body: string): string {
    return [
      'From: somebody@example.net',
      'To: bell@example.org',
      `Subject: ${subject}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      body,
    ].join('\r\n');
  }

  async function emailsOf(world: World): Promise<string[]> {
    return (await listOf(world)).map(({ email }: { email: string }) => email);
  }

  it.concurrent('by a token, a link or a mail ends the messages, whatever signed it, and forgets the reader', async ({
    onTestFinished,
  }) => {
    const { world, byKey, tokens } = await openWaiting(onTestFinished);
    const [amina = '', bruno = '', chen = ''] = byKey;
    // What was signed holds when the secret has become another.
    const bySecret = await tokens(SECRET);
    world.env.DRAWBELL_SECRET = `not ${SECRET}`;

    const byToken = await world.drawbell('subscribers', 'unsubscribe', amina, '--json');
    const again = await world.drawbell('subscribers', 'unsubscribe', amina);
    const link = `https://bell.example.org/unsubscribe/${bySecret[1]}`;
    const byLink = await world.drawbell('subscribers', 'unsubscribe', link);
    const gone = await world.drawbell('subscribers', 'unsubscribe', `unsubscribe ${bruno}`);
    const mail = mailWith(`Re: unsubscribe ${chen}`, `> unsubscribe ${bySecret[3]}\r\n`);
    const byMail = await world.drawbellReading(mail, 'subscribers', 'unsubscribe', '-');
    const left = await emailsOf(world);
    const later = await lookHere(world, '2024-06-03T16:00:00Z');

    expect(byToken).toMatchObject({ code: 0, stdout: '{"unsubscribed":true}\n', stderr: '' });
    expect(again.stdout).toBe('Nobody has this token any more: there is nothing to end.\n');
    expect([again, byLink, gone, byMail].map(({ code, stderr }) => [code, stderr])).toEqual(
      Array(4).fill([0, '']),
    );
    expect(byLink.stdout).toMatch(/^Unsubscribed/);
    expect(gone.stdout).toBe(again.stdout);
    expect(byMail.stdout).toMatch(/^Unsubscribed/);
    expect(left).toEqual(['dana@example.org']);
    expect(later.report.notices).toMatchObject({ sent: 0, retrying: 0 });
    expect(addressees(world)).toEqual([]);
    const { subscribers: _, documents: __, ...rest } = dumpDatabase(world);
    expect(JSON.stringify(rest)).not.toMatch(/amina|bruno|chen/);
  });

  it.concurrent('is not done by a mail that only quotes or passes on one of our messages', async ({
    onTestFinished,
  }) => {
    const { world, byKey } = await openWaiting(onTestFinished);
    const link = `https://bell.example.org/unsubscribe/${byKey[0]}`;
    const mails = [
      mailWith('Re: You would have been invited', `Thank you!\r\n\r\nOn Friday you wrote:\r\n> ${link}\r\n`),
      mailWith('Fwd: You would have been invited', `---- Forwarded ----\r\nSubject: x\r\n\r\n${link}\r\n`),
      mailWith('Re: You would have been invited', `> ${link}\r\n`),
      mailWith('Undelivered', `${'x'.repeat(200_000)}\r\n${link}\r\n`),
      '',
    ];

    const ended = await Promise.all(
      mails.map((mail) => world.drawbellReading(mail, 'subscribers', 'unsubscribe', '-')),
    );
    const left = await emailsOf(world);
    const written = await world.drawbellReading(
      mailWith('please', `\r\nunsubscribe ${byKey[0]}\r\n`),
      'subscribers',
      'unsubscribe',
      '-',
    );

    expect(ended.map(({ code, stdout }) => [code, stdout])).toEqual(Array(5).fill([2, '']));
    expect(left).toHaveLength(4);
    expect(written.stdout).toMatch(/^Unsubscribed/);
    expect(await emailsOf(world)).toHaveLength(3);
  });

  it.concurrent('by a token that is none of ours is refused, and nothing is said of anybody', async ({
    onTestFinished,
  }) => {
    const { world, byKey } = await openWaiting(onTestFinished);
    const [token = ''] = byKey;
    const otherName = `${token.startsWith('0') ? '1' : '0'}${token.slice(1)}`;
    const byAnother = signUnsubscribe(token.slice(0, 24), SECRET);
    const wrong = [byAnother, token.slice(0, -1), otherName];

    const ended = await Promise.all(wrong.map((text) => world.drawbell('subscribers', 'unsubscribe', text)));

    expect(ended.map(({ code, stdout }) => [code, stdout])).toEqual(Array(3).fill([2, '']));
    expect(new Set(ended.map(({ stderr }) => stderr)).size).toBe(1);
    expect(ended[0]?.stderr).not.toContain(token.slice(0, 24));
    expect(await emailsOf(world)).toHaveLength(4);
  });
});
