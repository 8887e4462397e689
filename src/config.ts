// environment -> Config. Every fault is reported at once, with the variable's name.

import { isIP } from 'node:net';
import { type Cadence, DEFAULT_CADENCE, readCadence } from './cadence.ts';
import { type Fault, InputError, quote } from './errors.ts';
import { addressVariable } from './sources/site.ts';
import type { Source, SourceAddress } from './sources/source.ts';

export interface Config {
  /** A file. */
  database: string;
  history: 'bundled' | 'none';
  sources: Record<string, SourceAddress>;
  /** `null`: messages are written as files to `mailDir`. */
  smtpUrl: string | null;
  mailDir: string;
  /** Over all connections together; `perSecond: null`: as fast as the mail server takes them. */
  smtpLimits: { connections: number; perSecond: number | null };
  /** The file with the key that mails are signed with, and what DNS calls it. */
  dkim: { keyFile: string; selector: string } | null;
  mailFrom: string;
  /** Name, postal address and contact of whoever sends: the law wants them in each message. */
  sender: string | null;
  /** Where drawbell itself is reached: people sign up, change what they told and leave there. */
  publicUrl: string | null;
  /** Where the pages about draws are: files, if not `publicUrl`. */
  siteUrl: string | null;
  /** `mailto:` or `https:`. */
  operator: string | null;
  /** What links in mails are signed with; `null`: a key that is kept with the database. */
  secret: string | null;
  /** Hosts that webhooks may reach although they are private, also over http. */
  allowPrivate: string[];
  /** Proxies whose word on where a request comes from is taken: addresses or networks, beside those of this machine. */
  proxies: string[];
  /** What the doors are opened with by which mail providers tell of bounces; `null`: that one stays shut. */
  bounces: {
    /** Standard Webhooks. */
    secret: string | null;
    /** The ARN of the topic. */
    sesTopic: string | null;
    /** `name:password`. */
    postmark: string | null;
    mailgun: string | null;
  };
  /** A draw type that was away for more days than this has returned. */
  dormantDays: number;
  /** When `watch` looks. */
  cadence: Cadence;
  /** The operator is told of a source that failed so many times in a row, or for so many hours. */
  alarm: { failures: number; hours: number };
  /** The browser to find a moved document with; `null`: whichever is installed. */
  browser: string | null;
  /** `PATH`: where one may be installed. */
  searchPath: string;
  /** `LOG_LEVEL`, of `watch`. */
  logLevel: string;
  /** Daily copies of the database that are kept; 0 for none. */
  backups: number;
}

/** Shown in messages and kept with each document, so no place for a password (nor is one sent from there). */
export const WEB_ADDRESS = 'an http or https URL without a name or password in it';
const MAIL_ADDRESS = /^([^\r\n<>@,]*<\s*[^\s@<>,]+@[\w.-]+\s*>|[^\s@<>,]+@[\w.-]+)$/;

/** As Standard Webhooks has it. */
export const WEBHOOK_SECRET = 'whsec_ and base64, of at least 24 bytes';

const HOSTS = 'names or addresses of hosts, as hooks.example.lan,10.0.0.7';
const NETWORKS = 'addresses or networks, as 10.0.0.7,172.16.0.0/12';
const CADENCE = 'words such as "every minute Monday to Friday 09:30 to 18:45, every 30 minutes otherwise"';

/** The variables whose values no message may show. */
const SECRET = new Set([
  'DRAWBELL_SMTP_URL',
  'DRAWBELL_SECRET',
  'DRAWBELL_BOUNCE_SECRET',
  'DRAWBELL_POSTMARK_LOGIN',
  'DRAWBELL_MAILGUN_KEY',
]);

/** Throws `InputError` with every variable that is wrong. A variable set to nothing counts as not set. */
export function readConfig(
  environment: Record<string, string | undefined>,
  sources: readonly Source[],
): Config {
  const faults: Fault[] = [];
  const read: Read = (name, expected, isRight) => {
    const value = environment[name];
    if (value === undefined || value === '') return null;
    if (isRight(value)) return value;
    faults.push({ where: name, expected, found: describe(name, value) });
    return null;
  };

  const readCount = (name: string, of: string, from: number, to: number, otherwise: number) =>
    Number(
      read(
        name,
        `a number of ${of} from ${from} to ${to}`,
        (text) => /^\d{1,6}$/.test(text) && Number(text) >= from && Number(text) <= to,
      ) ?? otherwise,
    );

  const dkimKey = read('DRAWBELL_DKIM_KEY', 'the file of a private key', isFile);
  const dkimSelector = read('DRAWBELL_DKIM_SELECTOR', 'a name such as drawbell', (text) =>
    /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/i.test(text),
  );
  const publicUrl = read('DRAWBELL_PUBLIC_URL', WEB_ADDRESS, isWebAddress);
  const cadence = read('DRAWBELL_CADENCE', CADENCE, (text) => readCadence(text) !== null);
  const config: Config = {
    database:
      read('DRAWBELL_DATABASE', 'a file (PostgreSQL is not supported yet)', isFile) ?? 'data/drawbell.db',
    history: read('DRAWBELL_HISTORY', 'bundled or none', isHistory) === 'none' ? 'none' : 'bundled',
    sources: Object.fromEntries(sources.map((source) => [source.id, readAddress(source, read)])),
    smtpUrl: read('DRAWBELL_SMTP_URL', 'an smtp: or smtps: URL', (url) => isUrl(url, /^smtps?:$/)),
    mailDir: 'data/mail',
    smtpLimits: {
      connections: readCount('DRAWBELL_SMTP_CONNECTIONS', 'connections', 1, 50, 4),
      perSecond: readCount('DRAWBELL_SMTP_RATE', 'mails a second', 1, 1_000, 0) || null,
    },
    dkim: dkimKey === null ? null : { keyFile: dkimKey, selector: dkimSelector ?? 'drawbell' },
    mailFrom:
      read('DRAWBELL_MAIL_FROM', 'one e-mail address, alone or in angle brackets behind a name', (text) =>
        MAIL_ADDRESS.test(text),
      ) ?? 'drawbell <drawbell@localhost>',
    sender: read('DRAWBELL_SENDER', 'at most 500 characters', (text) => text.length <= 500),
    publicUrl,
    siteUrl: read('DRAWBELL_SITE_URL', WEB_ADDRESS, isWebAddress) ?? publicUrl,
    operator: read('DRAWBELL_OPERATOR', 'a mailto: or https: URL', isContact),
    secret: read('DRAWBELL_SECRET', 'at least 16 characters', (text) => text.length >= 16),
    allowPrivate: hostsIn(read('DRAWBELL_ALLOW_PRIVATE', HOSTS, isHostList) ?? ''),
    proxies: hostsIn(read('DRAWBELL_PROXIES', NETWORKS, isNetworkList) ?? ''),
    bounces: {
      secret: read('DRAWBELL_BOUNCE_SECRET', WEBHOOK_SECRET, isWebhookSecret),
      sesTopic: read('DRAWBELL_SES_TOPIC', 'the ARN of an SNS topic', (text) =>
        /^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(text),
      ),
      postmark: read(
        'DRAWBELL_POSTMARK_LOGIN',
        'name:password, the password of at least 16 characters',
        (text) => /^[^:\s]+:\S{16,}$/.test(text),
      ),
      mailgun: read('DRAWBELL_MAILGUN_KEY', 'at least 16 characters', (text) => text.length >= 16),
    },
    dormantDays: readCount('DRAWBELL_DORMANT_DAYS', 'days', 1, 99_999, 180),
    cadence: cadence === null ? DEFAULT_CADENCE : (readCadence(cadence) ?? DEFAULT_CADENCE),
    alarm: {
      failures: readCount('DRAWBELL_ALARM_FAILURES', 'failures', 1, 1_000, 3),
      hours: readCount('DRAWBELL_ALARM_HOURS', 'hours', 1, 720, 6),
    },
    browser: read('DRAWBELL_BROWSER', 'the path of a browser', isFile),
    searchPath: environment.PATH ?? '',
    logLevel: environment.LOG_LEVEL || 'info',
    backups: readCount('DRAWBELL_BACKUPS', 'backups', 0, 1_000, 7),
  };
  if (faults.length > 0) throw new InputError('the environment cannot be used', faults);
  return config;
}

/** A variable's value; `null` when it is not set, or wrong, which is noted. */
type Read = (name: string, expected: string, isRight: (text: string) => boolean) => string | null;

/** `DRAWBELL_<SOURCE>_URL`, `..._PAGE_URL`, and `..._FR_URL`, the second opinion. */
function readAddress(source: Source, read: Read): SourceAddress {
  const documentUrl = read(addressVariable(source.id), WEB_ADDRESS, isWebAddress);
  const pageUrl = read(addressVariable(source.id, 'PAGE_'), WEB_ADDRESS, isWebAddress);
  const opinionUrl = read(addressVariable(source.id, 'FR_'), WEB_ADDRESS, isWebAddress);
  return {
    // Where only the first document is another, the official second one would speak of something else.
    opinionUrl: opinionUrl ?? (documentUrl ? null : (source.secondOpinion?.documentUrl ?? null)),
    documentUrl: documentUrl ?? source.documentUrl,
    pageUrl: pageUrl ?? source.pageUrl,
    site: documentUrl ? new URL(documentUrl).hostname : source.site,
  };
}

function isFile(text: string): boolean {
  return !/^[a-z][a-z0-9+.-]+:\/\//i.test(text);
}

function hostsIn(text: string): string[] {
  return text.toLowerCase().match(/[^\s,]+/g) ?? [];
}

function isHostList(text: string): boolean {
  return hostsIn(text).every((host) => /^[\w.:[\]-]+$/.test(host));
}

function isNetworkList(text: string): boolean {
  return hostsIn(text).every((network) => {
    const [, address = '', bits = '0'] = /^([\da-f:.]+)(?:\/(\d{1,3}))?$/.exec(network) ?? [];
    const family = isIP(address);
    return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
  });
}

/** See `WEBHOOK_SECRET`. */
export function isWebhookSecret(text: string): boolean {
  const key = /^whsec_([\w+/]+={0,2})$/.exec(text)?.[1];
  return key !== undefined && Buffer.from(key, 'base64').length >= 24;
}

function isHistory(text: string): boolean {
  return text === 'bundled' || text === 'none';
}

function isUrl(text: string, protocol: RegExp): boolean {
  const url = URL.parse(text);
  return url !== null && protocol.test(url.protocol);
}

function isContact(text: string): boolean {
  return /^mailto:[^\s@<>,%?]+@[\w.-]+$/i.test(text) || (isUrl(text, /^https:$/) && isWebAddress(text));
}

/** Whether the operator can be written to. */
export function isMailto(operator: string | null): boolean {
  return operator !== null && /^mailto:/i.test(operator);
}

/** See `WEB_ADDRESS`. */
export function isWebAddress(text: string): boolean {
  return isUrl(text, /^https?:$/) && !holdsCredentials(text);
}

/** Also where the slashes are left out, which a URL's reader forgives. */
function holdsCredentials(text: string): boolean {
  const url = URL.parse(text);
  return /:\/\/[^/?#]*@/.test(text) || (url !== null && (url.username !== '' || url.password !== ''));
}

/** Nor is any other shown where a name and a password may stand in it, as in `postgres://name:password@host`. */
function describe(variable: string, value: string): string {
  return SECRET.has(variable) || /:\/\/.*@/s.test(value) || holdsCredentials(value)
    ? 'something else'
    : quote(value);
}
