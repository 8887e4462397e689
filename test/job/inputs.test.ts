// The environment of a job, and what is wrong with it.

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { type Inputs, readInputs } from '../../src/job/inputs.ts';

const NOW = new Date('2024-05-31T16:00:00Z');
const SECRET = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz';
const RUNNER = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'amina/bell',
  RUNNER_TEMP: '/tmp',
};
const WHOLE = {
  ...RUNNER,
  DRAWBELL_SUBSCRIBERS: '- email: amina@example.org\n  crs: 522\n  programs: [cec]\n',
  DRAWBELL_WEBHOOKS: `- url: https://team.example.org/hooks\n  secret: ${SECRET}\n`,
  DRAWBELL_SMTP_URL: 'smtp://bell:hunter2@mail.example.org:587',
  DRAWBELL_MAIL_FROM: 'bell@example.org',
  DRAWBELL_SECRET: 'a secret of the tests',
  DRAWBELL_OPERATOR: 'mailto:operator@example.org',
};

const read = (environment: Record<string, string | undefined>): Promise<Inputs> =>
  readInputs(environment, NOW);

async function faultsOf(environment: Record<string, string | undefined>): Promise<string[]> {
  const error: unknown = await read(environment).catch((failure: unknown) => failure);
  if (!(error instanceof InputError)) throw new Error(`no fault but ${String(error)}`);
  return error.faults.map(({ where, expected, found }) => `${where}: ${expected} / ${found}`);
}

describe('the inputs of a job', () => {
  it('are read whole', async () => {
    const inputs = await read({
      ...WHOLE,
      DRAWBELL_WATCH_UNTIL: '18:45',
      DRAWBELL_DRY_RUN: 'true',
      DRAWBELL_TOKEN: 'token',
      DRAWBELL_SOURCES: 'ircc',
    });

    expect(inputs).toMatchObject({
      config: { database: ':memory:', backups: 0, browser: null, searchPath: '' },
      sources: [{ id: 'ircc' }],
      subscribers: [{ email: 'amina@example.org', crs: 522 }],
      webhooks: [{ url: 'https://team.example.org/hooks', kind: 'standard', events: null, secret: SECRET }],
      until: Date.parse('2024-05-31T22:45:00Z'),
      dryRun: true,
      rehearse: false,
      place: {
        remote: 'https://github.com/amina/bell',
        branch: 'drawbell-state',
        token: 'token',
        page: 'https://github.com/amina/bell/tree/drawbell-state',
        pages: 'https://amina.github.io/bell',
      },
    });
  });

  it('may be none: then there is nobody to tell, and nothing is secret', async () => {
    const inputs = await read({
      ...RUNNER,
      DRAWBELL_SUBSCRIBERS: ' \n',
      DRAWBELL_WEBHOOKS: '',
      DRAWBELL_SECRET: '',
    });

    expect(inputs).toMatchObject({ subscribers: [], webhooks: [], until: null, sources: [{ id: 'ircc' }] });
  });

  it('name the pages of a repository that is its owner’s site', async () => {
    const inputs = await read({ ...RUNNER, GITHUB_REPOSITORY: 'Amina/Amina.github.io' });

    expect(inputs.place.pages).toBe('https://amina.github.io');
  });

  it('let a browser be used only where that is asked for', async () => {
    const environment = { ...RUNNER, PATH: '/usr/bin', DRAWBELL_BROWSER: '/usr/bin/chromium' };

    expect((await read(environment)).config).toMatchObject({ browser: null, searchPath: '' });
    expect((await read({ ...environment, DRAWBELL_BROWSER_ALLOWED: 'true' })).config).toMatchObject({
      browser: '/usr/bin/chromium',
      searchPath: '/usr/bin',
    });
  });

  it('are all told of at once when they are wrong, by the names people gave them', async () => {
    const faults = await faultsOf({
      DRAWBELL_SUBSCRIBERS: '- email: amina@example.org\n  crs: lots\n',
      DRAWBELL_WEBHOOKS: '- url: https://team.example.org/hooks\n',
      DRAWBELL_SMTP_URL: 'mail.example.org',
      DRAWBELL_SECRET: 'short',
      DRAWBELL_SOURCES: 'ircc, quebec',
      DRAWBELL_STATE_BRANCH: '--force',
      DRAWBELL_WATCH_UNTIL: 'noon',
      DRAWBELL_DRY_RUN: 'maybe',
    });

    expect(faults.map((fault) => fault.split(': ')[0])).toEqual([
      'smtp-url',
      'secret',
      'sources',
      'GITHUB_REPOSITORY',
      'state-branch',
      'watch-until',
      'subscribers',
      'webhooks',
      'dry-run',
    ]);
  });

  it('need whatever it takes to reach those who are to be told', async () => {
    const { DRAWBELL_SUBSCRIBERS, DRAWBELL_WEBHOOKS } = WHOLE;

    expect((await faultsOf({ ...RUNNER, DRAWBELL_SUBSCRIBERS })).map((fault) => fault.split(':')[0])).toEqual(
      ['secret', 'smtp-url', 'mail-from'],
    );
    expect((await faultsOf({ ...RUNNER, DRAWBELL_WEBHOOKS })).map((fault) => fault.split(':')[0])).toEqual([
      'secret',
    ]);
    expect(await faultsOf({ ...RUNNER, DRAWBELL_OPERATOR: 'mailto:operator@example.org' })).toEqual([
      expect.stringMatching(/^secret: /),
    ]);
  });

  it('name some source, where they name any', async () => {
    expect(await faultsOf({ ...RUNNER, DRAWBELL_SOURCES: ' , ' })).toEqual([
      expect.stringMatching(/^sources: some of ircc/),
    ]);
  });

  it('name no page of the branch where the server is not on the web, and one slash after it where it is', async () => {
    const placeAt = async (GITHUB_SERVER_URL: string) => (await read({ ...RUNNER, GITHUB_SERVER_URL })).place;

    expect(await placeAt('http://127.0.0.1:3000')).toMatchObject({ page: null });
    expect(await placeAt('https://git.example.org/')).toMatchObject({
      remote: 'https://git.example.org/amina/bell',
    });
  });

  it.each([
    ['a score', '- email: amina@example.org\n  crs: "522 points"\n'],
    ['an address', '- email: amina at example.org\n'],
    ['an address as a name', '- amina@example.org: 522\n'],
    ['broken YAML', '- email: amina@example.org\n crs: [522\n'],
    ['a text', 'amina@example.org 522'],
    [
      'a date that is none',
      '- email: amina@example.org\n  profileSubmittedAt: 2024-05-22\n  crsAsOf: 522-522-522\n',
    ],
    ['an address twice', '- email: amina@example.org\n- email: Amina@example.org\n'],
    ['an alias', '- email: *amina\n'],
    ['an unknown name', '- email: amina@example.org\n  score522: 522\n'],
  ])('are not shown, as everybody may read the log: %s', async (_, DRAWBELL_SUBSCRIBERS) => {
    const faults = await faultsOf({ ...WHOLE, DRAWBELL_SUBSCRIBERS });

    expect(faults.join('\n')).toMatch(/^subscribers: /);
    expect(faults.join('\n')).not.toMatch(/amina|522/i);
  });

  it('are not shown by what reads them either, which warns of names that are no words', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    onTestFinished(() => warned.mockRestore());

    await faultsOf({ ...WHOLE, DRAWBELL_SUBSCRIBERS: '- {{ email: amina@example.org, crs: 522 }}\n' });

    expect(warned).not.toHaveBeenCalled();
  });

  it.each([
    ['a private host', '- url: https://10.0.0.7/secret-hook\n'],
    ['a password', `- { url: "https://bell:secret-hook@team.example.org/", secret: ${SECRET} }`],
    ['twice the same', `- &one { url: "https://team.example.org/secret-hook", secret: ${SECRET} }\n- *one\n`],
    ['a short secret', '- { url: "https://team.example.org/secret-hook", secret: whsec_c2VjcmV0LWhvb2s= }'],
    ['no secret', '- url: https://team.example.org/secret-hook\n'],
    ['no event', `- { url: "https://team.example.org/secret-hook", events: [], secret: ${SECRET} }`],
    ['a strange kind', '- { url: "https://team.example.org/secret-hook", kind: secret-hook }'],
    [
      'a strange event',
      `- { url: "https://team.example.org/secret-hook", events: [secret-hook], secret: ${SECRET} }`,
    ],
  ])('tell nothing of a webhook that cannot be used: %s', async (_, DRAWBELL_WEBHOOKS) => {
    const faults = await faultsOf({ ...WHOLE, DRAWBELL_WEBHOOKS });

    expect(faults.join('\n')).toMatch(/^webhooks: line [12]/);
    expect(faults.join('\n')).not.toMatch(/secret-hook|c2Vj|10\.0/);
  });

  it('give services where people read one message a draw, and the operator’s own webhooks any event', async () => {
    const { webhooks } = await read({
      ...WHOLE,
      DRAWBELL_WEBHOOKS: [
        '- { url: "https://hooks.slack.com/services/T/B/x", kind: slack, locale: fr }',
        `- { url: "https://team.example.org", secret: ${SECRET}, events: [source.failing], drawTypes: [cec] }`,
      ].join('\n'),
    });

    expect(webhooks).toEqual([
      {
        url: 'https://hooks.slack.com/services/T/B/x',
        kind: 'slack',
        locale: 'fr',
        events: ['draw.published', 'draw.corrected', 'draw.withdrawn'],
      },
      {
        url: 'https://team.example.org/',
        kind: 'standard',
        secret: SECRET,
        events: ['source.failing'],
        drawTypes: ['cec'],
      },
    ]);
  });
});
