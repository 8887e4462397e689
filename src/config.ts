// environment -> Config. Every fault is reported at once, with the variable's name.

import * as z from 'zod';
import { type Fault, InputError, quote } from './errors.ts';
import type { Source } from './sources/source.ts';

/** Where a source is read from: its official address, or another place the operator named. */
export interface SourceAddress {
  documentUrl: string;
  pageUrl: string;
  /** Redirects are followed only to this host or below it. */
  site: string;
}

export interface Config {
  /** A file. */
  database: string;
  history: 'bundled' | 'none';
  sources: Record<string, SourceAddress>;
  /** `null`: messages are written as files to `mailDir`. */
  smtpUrl: string | null;
  mailDir: string;
  mailFrom: string;
  /** Name, postal address and contact of whoever sends: the law wants them in each message. */
  sender: string | null;
  publicUrl: string | null;
  /** `mailto:` or `https:`. */
  operator: string | null;
  /** A draw type that was away for more days than this has returned. */
  dormantDays: number;
}

const HTTP_URL = 'an http or https URL without a name or password in it';
/** Shown in messages and kept with each document, so no place for a password (nor is one sent from there). */
const httpUrl = z
  .url({ protocol: /^https?$/, error: HTTP_URL })
  .refine((url) => !/:\/\/[^/?#]*@/.test(url), { error: HTTP_URL });

const Environment = z.object({
  DRAWBELL_DATABASE: z
    .string()
    .refine((file) => !/^[a-z][a-z0-9+.-]+:\/\//i.test(file), {
      error: 'a file (PostgreSQL is not supported yet)',
    })
    .default('data/drawbell.db'),
  DRAWBELL_HISTORY: z.enum(['bundled', 'none'], { error: 'bundled or none' }).default('bundled'),
  DRAWBELL_SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'an smtp: or smtps: URL' }).optional(),
  DRAWBELL_MAIL_FROM: z
    .string()
    .regex(/^([^\r\n<>@,]*<\s*[^\s@<>,]+@[\w.-]+\s*>|[^\s@<>,]+@[\w.-]+)$/, {
      error: 'one e-mail address, as a@b.example or Name <a@b.example>',
    })
    .default('drawbell <drawbell@localhost>'),
  DRAWBELL_SENDER: z.string().max(500, { error: 'at most 500 characters' }).optional(),
  DRAWBELL_PUBLIC_URL: httpUrl.optional(),
  DRAWBELL_OPERATOR: z.url({ protocol: /^(mailto|https)$/, error: 'a mailto: or https: URL' }).optional(),
  DRAWBELL_DORMANT_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, { error: 'a number of days from 1 to 99999' })
    .default('180'),
});

/** The variables whose values no message may show. */
const SECRET = new Set(['DRAWBELL_SMTP_URL', 'DRAWBELL_SECRET']);

/** Nor is any other shown where a name and a password may stand in it, as in `postgres://name:password@host`. */
function describe(variable: string, value: string | undefined): string {
  return SECRET.has(variable) || /:\/\/.*@/s.test(value ?? '') ? 'something else' : quote(value);
}

/** Throws `InputError` with every variable that is wrong. A variable set to nothing counts as not set. */
export function readConfig(
  environment: Record<string, string | undefined>,
  sources: readonly Source[],
): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const faults: Fault[] = [];
  const read = Environment.safeParse(given);
  for (const issue of read.error?.issues ?? []) {
    const where = String(issue.path[0]);
    faults.push({ where, expected: issue.message, found: describe(where, given[where]) });
  }
  const addresses = sources.map((source) => [source.id, readAddress(source, given, faults)] as const);
  if (!read.success || faults.length > 0) throw new InputError('the environment cannot be used', faults);
  const env = read.data;
  return {
    database: env.DRAWBELL_DATABASE,
    history: env.DRAWBELL_HISTORY,
    sources: Object.fromEntries(addresses),
    smtpUrl: env.DRAWBELL_SMTP_URL ?? null,
    mailDir: 'data/mail',
    mailFrom: env.DRAWBELL_MAIL_FROM,
    sender: env.DRAWBELL_SENDER ?? null,
    publicUrl: env.DRAWBELL_PUBLIC_URL ?? null,
    operator: env.DRAWBELL_OPERATOR ?? null,
    dormantDays: Number(env.DRAWBELL_DORMANT_DAYS),
  };
}

/** `DRAWBELL_<SOURCE>_URL` and `DRAWBELL_<SOURCE>_PAGE_URL`. */
function readAddress(
  source: Source,
  given: Record<string, string | undefined>,
  faults: Fault[],
): SourceAddress {
  const name = `DRAWBELL_${source.id.toUpperCase().replaceAll('-', '_')}`;
  const readUrl = (variable: string): string | undefined => {
    const value = given[variable];
    if (value === undefined || httpUrl.safeParse(value).success) return value;
    faults.push({ where: variable, expected: HTTP_URL, found: describe(variable, value) });
    return undefined;
  };
  const documentUrl = readUrl(`${name}_URL`);
  const pageUrl = readUrl(`${name}_PAGE_URL`);
  return {
    documentUrl: documentUrl ?? source.documentUrl,
    pageUrl: pageUrl ?? source.pageUrl,
    site: documentUrl ? new URL(documentUrl).hostname : source.site,
  };
}
