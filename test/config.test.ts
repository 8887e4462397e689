// environment -> Config.

import { describe, expect, it } from 'vitest';
import { DEFAULT_CADENCE, readCadence } from '../src/cadence.ts';
import { readConfig } from '../src/config.ts';
import { InputError } from '../src/errors.ts';
import { ircc } from '../src/sources/ircc.ts';

function faultsOf(environment: Record<string, string>): InputError {
  try {
    readConfig(environment, [ircc]);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('expected an InputError, found a configuration');
}

const BOUNCE_SECRET = `whsec_${Buffer.from('a secret of bytes for tests').toString('base64')}`;

const DEFAULTS = {
  database: 'data/drawbell.db',
  history: 'bundled',
  sources: {
    ircc: {
      documentUrl: ircc.documentUrl,
      pageUrl: ircc.pageUrl,
      opinionUrl: ircc.secondOpinion?.documentUrl,
      site: 'canada.ca',
    },
  },
  smtpUrl: null,
  mailDir: 'data/mail',
  smtpLimits: { connections: 4, perSecond: null },
  dkim: null,
  mailFrom: 'drawbell <drawbell@localhost>',
  sender: null,
  publicUrl: null,
  siteUrl: null,
  operator: null,
  secret: null,
  allowPrivate: [],
  proxies: [],
  bounces: { secret: null, sesTopic: null, postmark: null, mailgun: null },
  dormantDays: 180,
  cadence: DEFAULT_CADENCE,
  alarm: { failures: 3, hours: 6 },
  browser: null,
  searchPath: '',
  logLevel: 'info',
  backups: 7,
};

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(readConfig({}, [ircc])).toEqual(DEFAULTS);
  });

  it('takes a variable that is set to nothing as not set', () => {
    const names = [
      'DATABASE',
      'HISTORY',
      'IRCC_URL',
      'IRCC_PAGE_URL',
      'SMTP_URL',
      'MAIL_FROM',
      'SENDER',
      'PUBLIC_URL',
      'SITE_URL',
      'OPERATOR',
      'DORMANT_DAYS',
      'CADENCE',
      'ALARM_FAILURES',
      'ALARM_HOURS',
      'BROWSER',
      'BACKUPS',
      'IRCC_FR_URL',
      'SMTP_CONNECTIONS',
      'SMTP_RATE',
      'DKIM_KEY',
      'DKIM_SELECTOR',
      'SECRET',
      'ALLOW_PRIVATE',
      'PROXIES',
      'BOUNCE_SECRET',
      'SES_TOPIC',
      'POSTMARK_LOGIN',
      'MAILGUN_KEY',
    ];
    const empty = Object.fromEntries(names.map((name) => [`DRAWBELL_${name}`, '']));

    expect(readConfig(empty, [ircc])).toEqual(DEFAULTS);
  });

  it('is what the variables say', () => {
    const environment = {
      DRAWBELL_DATABASE: '/var/lib/drawbell/draws.db',
      DRAWBELL_HISTORY: 'none',
      DRAWBELL_SMTP_URL: 'smtps://user:hunter2@mail.example.org:465',
      DRAWBELL_MAIL_FROM: 'bell@example.org',
      DRAWBELL_SENDER: 'Drawbell, 1 Main Street',
      DRAWBELL_PUBLIC_URL: 'https://draws.example.org',
      DRAWBELL_SITE_URL: 'https://draws.example.github.io/drawbell/',
      DRAWBELL_OPERATOR: 'mailto:operator@example.org',
      DRAWBELL_SMTP_CONNECTIONS: '10',
      DRAWBELL_SMTP_RATE: '14',
      DRAWBELL_DKIM_KEY: '/etc/drawbell/dkim.pem',
      DRAWBELL_DKIM_SELECTOR: 'bell2026',
      DRAWBELL_SECRET: 'correct horse battery staple',
      DRAWBELL_ALLOW_PRIVATE: 'Hooks.example.lan, 10.0.0.7,[::1]',
      DRAWBELL_PROXIES: '10.0.0.7, 172.16.0.0/12,2001:DB8::/48',
      DRAWBELL_BOUNCE_SECRET: BOUNCE_SECRET,
      DRAWBELL_SES_TOPIC: 'arn:aws-cn:sns:cn-north-1:123456789012:draws_bounces.fifo',
      DRAWBELL_POSTMARK_LOGIN: 'drawbell:correct-horse-battery:staple',
      DRAWBELL_MAILGUN_KEY: 'key-0123456789abcdef',
      DRAWBELL_DORMANT_DAYS: '90',
      DRAWBELL_CADENCE: 'every 5 minutes',
      DRAWBELL_ALARM_FAILURES: '1',
      DRAWBELL_ALARM_HOURS: '12',
      DRAWBELL_BROWSER: '/usr/bin/chromium',
      DRAWBELL_BACKUPS: '0',
      PATH: '/usr/bin',
      LOG_LEVEL: 'debug',
    };

    expect(readConfig(environment, [ircc])).toEqual({
      ...DEFAULTS,
      database: '/var/lib/drawbell/draws.db',
      history: 'none',
      smtpUrl: 'smtps://user:hunter2@mail.example.org:465',
      mailFrom: 'bell@example.org',
      sender: 'Drawbell, 1 Main Street',
      publicUrl: 'https://draws.example.org',
      siteUrl: 'https://draws.example.github.io/drawbell/',
      operator: 'mailto:operator@example.org',
      smtpLimits: { connections: 10, perSecond: 14 },
      dkim: { keyFile: '/etc/drawbell/dkim.pem', selector: 'bell2026' },
      secret: 'correct horse battery staple',
      allowPrivate: ['hooks.example.lan', '10.0.0.7', '[::1]'],
      proxies: ['10.0.0.7', '172.16.0.0/12', '2001:db8::/48'],
      bounces: {
        secret: BOUNCE_SECRET,
        sesTopic: 'arn:aws-cn:sns:cn-north-1:123456789012:draws_bounces.fifo',
        postmark: 'drawbell:correct-horse-battery:staple',
        mailgun: 'key-0123456789abcdef',
      },
      cadence: readCadence('every 5 minutes'),
      alarm: { failures: 1, hours: 12 },
      browser: '/usr/bin/chromium',
      searchPath: '/usr/bin',
      logLevel: 'debug',
      backups: 0,
      dormantDays: 90,
    });
  });

  it('asks a second opinion of the official French feed, of another one, or of none where only the feed moved', () => {
    const opinionOf = (environment: Record<string, string>) =>
      readConfig(environment, [ircc]).sources.ircc?.opinionUrl;
    const DRAWBELL_IRCC_URL = 'http://127.0.0.1:8080/feed.json';
    const DRAWBELL_IRCC_FR_URL = 'http://127.0.0.1:8080/fr.json';

    expect(opinionOf({})).toMatch(/ee_rounds_123_fr\.json$/);
    expect(opinionOf({ DRAWBELL_IRCC_FR_URL })).toBe(DRAWBELL_IRCC_FR_URL);
    expect(opinionOf({ DRAWBELL_IRCC_URL })).toBe(null);
    expect(opinionOf({ DRAWBELL_IRCC_URL, DRAWBELL_IRCC_FR_URL })).toBe(DRAWBELL_IRCC_FR_URL);
  });

  it('believes redirects within the place the feed was moved to, and no longer within the official one', () => {
    const environment = {
      DRAWBELL_IRCC_URL: 'http://127.0.0.1:8080/feed.json',
      DRAWBELL_IRCC_PAGE_URL: 'http://127.0.0.1:8080/page.html',
    };

    expect(readConfig(environment, [ircc]).sources).toEqual({
      ircc: {
        documentUrl: 'http://127.0.0.1:8080/feed.json',
        opinionUrl: null,
        pageUrl: 'http://127.0.0.1:8080/page.html',
        site: '127.0.0.1',
      },
    });
  });

  it('keeps the official site where only the page was moved', () => {
    const { ircc: address } = readConfig({ DRAWBELL_IRCC_PAGE_URL: 'http://127.0.0.1/x' }, [ircc]).sources;

    expect(address).toMatchObject({ documentUrl: ircc.documentUrl, site: 'canada.ca' });
  });
});

describe('where the pages about draws are', () => {
  const PUBLIC = { DRAWBELL_PUBLIC_URL: 'https://draws.example.org' };
  const SITE = { DRAWBELL_SITE_URL: 'https://draws.example.github.io/drawbell' };

  it.each([
    [PUBLIC, 'https://draws.example.org', 'https://draws.example.org'],
    [SITE, null, 'https://draws.example.github.io/drawbell'],
    [{ ...PUBLIC, ...SITE }, 'https://draws.example.org', 'https://draws.example.github.io/drawbell'],
  ])('is where drawbell itself is, unless they are somewhere else: %j', (environment, publicUrl, siteUrl) => {
    expect(readConfig(environment, [ircc])).toMatchObject({ publicUrl, siteUrl });
  });
});

describe('what is wrong with the configuration', () => {
  it('is told all at once, each fault with its variable, what was expected and what was found', () => {
    const { message } = faultsOf({
      DRAWBELL_HISTORY: 'some',
      DRAWBELL_SMTP_URL: 'mail.example.org',
      DRAWBELL_MAIL_FROM: 'nobody',
      DRAWBELL_PUBLIC_URL: 'draws.example.org',
      DRAWBELL_OPERATOR: 'operator@example.org',
      DRAWBELL_DORMANT_DAYS: '-1',
      DRAWBELL_IRCC_URL: 'ftp://example.org/feed.json',
      DRAWBELL_IRCC_PAGE_URL: '/page.html',
    });

    expect(message.split('\n').sort()).toEqual([
      '  DRAWBELL_DORMANT_DAYS: expected a number of days from 1 to 99999, found "-1"',
      '  DRAWBELL_HISTORY: expected bundled or none, found "some"',
      '  DRAWBELL_IRCC_PAGE_URL: expected an http or https URL without a name or password in it, found "/page.html"',
      '  DRAWBELL_IRCC_URL: expected an http or https URL without a name or password in it, found "ftp://example.org/feed.json"',
      '  DRAWBELL_MAIL_FROM: expected one e-mail address, alone or in angle brackets behind a name, found "nobody"',
      '  DRAWBELL_OPERATOR: expected a mailto: or https: URL, found "operator@example.org"',
      '  DRAWBELL_PUBLIC_URL: expected an http or https URL without a name or password in it, found "draws.example.org"',
      '  DRAWBELL_SMTP_URL: expected an smtp: or smtps: URL, found something else',
      'the environment cannot be used:',
    ]);
  });

  it.each([
    ['DRAWBELL_SMTP_CONNECTIONS', '0', 'a number of connections from 1 to 50'],
    ['DRAWBELL_SMTP_RATE', '0.5', 'a number of mails a second from 1 to 1000'],
    ['DRAWBELL_DKIM_SELECTOR', 'not a name', 'a name such as drawbell'],
    [
      'DRAWBELL_ALLOW_PRIVATE',
      'https://10.0.0.7/',
      'names or addresses of hosts, as hooks.example.lan,10.0.0.7',
    ],
    ['DRAWBELL_SECRET', 'hunter2', 'at least 16 characters'],
    ['DRAWBELL_PROXIES', 'proxy.example.lan', 'addresses or networks, as 10.0.0.7,172.16.0.0/12'],
    ['DRAWBELL_PROXIES', '10.0.0.7,10.0.0.256', 'addresses or networks, as 10.0.0.7,172.16.0.0/12'],
    ['DRAWBELL_PROXIES', '172.16/12', 'addresses or networks, as 10.0.0.7,172.16.0.0/12'],
    ['DRAWBELL_PROXIES', '172.16.0.0/33', 'addresses or networks, as 10.0.0.7,172.16.0.0/12'],
    ['DRAWBELL_PROXIES', '2001:db8::/129', 'addresses or networks, as 10.0.0.7,172.16.0.0/12'],
    ['DRAWBELL_PROXIES', 'fe80::1%eth0', 'addresses or networks, as 10.0.0.7,172.16.0.0/12'],
    ['DRAWBELL_BOUNCE_SECRET', 'hunter2', 'whsec_ and base64, of at least 24 bytes'],
    ['DRAWBELL_BOUNCE_SECRET', 'whsec_aHVudGVyMg==hunter2', 'whsec_ and base64, of at least 24 bytes'],
    ['DRAWBELL_SES_TOPIC', 'arn:aws:sqs:us-east-1:123456789012:queue', 'the ARN of an SNS topic'],
    ['DRAWBELL_SES_TOPIC', 'arn:aws:sns:us-east-1/x:123456789012:topic', 'the ARN of an SNS topic'],
    ['DRAWBELL_POSTMARK_LOGIN', 'drawbell:hunter2', 'name:password, the password of at least 16 characters'],
    ['DRAWBELL_MAILGUN_KEY', 'hunter2', 'at least 16 characters'],
  ])('is said of delivery: %s', (name, value, expected) => {
    const { faults, message } = faultsOf({ [name]: value });

    expect(faults).toMatchObject([{ where: name, expected }]);
    expect(message).not.toContain('hunter2');
  });

  it('is told of a PostgreSQL database in words, as it is not supported yet', () => {
    const { faults } = faultsOf({ DRAWBELL_DATABASE: 'postgres://localhost/draws' });

    expect(faults).toEqual([
      {
        where: 'DRAWBELL_DATABASE',
        expected: 'a file (PostgreSQL is not supported yet)',
        found: '"postgres://localhost/draws"',
      },
    ]);
  });

  it.each([
    ['DRAWBELL_SMTP_URL', 'http://user:hunter2@mail.example.org'],
    ['DRAWBELL_SMTP_URL', 'hunter2'],
    ['DRAWBELL_DATABASE', 'postgres://user:hunter2@db.example.org/draws'],
    ['DRAWBELL_DATABASE', 'postgresql://user:hun/hunter2@db.example.org/draws'],
    ['DRAWBELL_IRCC_URL', 'ftp://user:hunter2@example.org/feed.json'],
    ['DRAWBELL_IRCC_URL', 'https://user:hunter2@example.org/feed.json'],
    ['DRAWBELL_IRCC_URL', 'https:user:hunter2@example.org/feed.json'],
    ['DRAWBELL_IRCC_PAGE_URL', 'https://user:hunter2@example.org/page.html'],
    ['DRAWBELL_OPERATOR', 'ftp://user:hunter2@example.org'],
    ['DRAWBELL_PUBLIC_URL', 'ftp://user:hunter2@example.org'],
    ['DRAWBELL_SITE_URL', 'https://user:hunter2@example.org'],
  ])('never shows a password: %s', (name, value) => {
    const { message } = faultsOf({ [name]: value });

    expect(message).toContain(name);
    expect(message).not.toContain('hunter2');
  });

  it('is shown on one line each, whatever control characters stand in it', () => {
    const { message } = faultsOf({ DRAWBELL_HISTORY: 'no\nne\u001b[31m\u202e' });

    expect(message.split('\n')).toHaveLength(2);
    expect(message).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });

  it.each(['mailto:%', 'mailto:', 'mailto:a@example.org?bcc=b@example.org', 'https://user:pw@example.org/'])(
    'is an operator that is no plain contact: %s',
    (value) => {
      expect(faultsOf({ DRAWBELL_OPERATOR: value }).faults.map(({ where }) => where)).toEqual([
        'DRAWBELL_OPERATOR',
      ]);
    },
  );

  it.each(['a@example.org\r\nBcc: b@example.org', 'a@example.org\nX: y'])(
    'is a sender with a line break in it',
    (value) => {
      expect(faultsOf({ DRAWBELL_MAIL_FROM: value }).faults.map(({ where }) => where)).toEqual([
        'DRAWBELL_MAIL_FROM',
      ]);
    },
  );
});
