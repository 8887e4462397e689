// The environment of a job -> what it is to do. Every fault is reported at once, by the name of its input.

import type { Entry } from '../cli/subscribers/file.ts';
import { type Config, isMailto, readConfig } from '../config.ts';
import { type Fault, InputError, quote } from '../errors.ts';
import { BRANCH_NAME, isBranchName } from '../git/branch-name.ts';
import { SOURCES } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import { readSubscribers, readWebhooks } from './recipients.ts';
import type { RunnerFiles } from './runner.ts';
import { readUntil, UNTIL } from './until.ts';
import type { WebhookEntry } from './webhooks-file.ts';

export interface Inputs {
  config: Config;
  /** Those to look at. */
  sources: readonly Source[];
  subscribers: readonly Entry[];
  webhooks: readonly WebhookEntry[];
  /** Where the state is. */
  place: Place;
  /** Milliseconds: until when to look; `null`: look once. */
  until: number | null;
  dryRun: boolean;
  rehearse: boolean;
}

export interface Place {
  remote: string;
  branch: string;
  token: string | null;
  /** To be made, and used by this job alone. */
  folder: string;
  /** Where people can look at the branch; `null` where that is not known. */
  page: string | null;
  /** Where GitHub Pages publishes what is in this repository. */
  pages: string | null;
}

type Environment = Record<string, string | undefined>;

const WRONG = 'the inputs cannot be used';
/** Environment variables that stand for inputs of the action, which people know by those names. */
const VARIABLE = /^DRAWBELL_(SUBSCRIBERS|WEBHOOKS|SMTP_URL|MAIL_FROM|SENDER|SECRET|OPERATOR|SITE_URL)$/;

/** Throws `InputError` with everything that is wrong; nothing of what subscribers and webhooks say is in it. */
export async function readInputs(environment: Environment, now: Date): Promise<Inputs> {
  const faults: Fault[] = [];
  const attempt = async <Result>(
    read: () => Result,
    where?: string,
  ): Promise<Awaited<Result> | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      faults.push(...error.faults.map((fault) => ({ ...fault, where: named(fault.where, where) })));
      return undefined;
    }
  };
  const given = (name: string) => environment[name]?.trim() || null;
  const flag = (name: string, input: string) => {
    const text = given(name) ?? 'false';
    if (text !== 'true' && text !== 'false')
      faults.push({ where: input, expected: 'true or false', found: quote(text) });
    return text === 'true';
  };

  const browser = flag('DRAWBELL_BROWSER_ALLOWED', 'browser');
  const config = await attempt(() => readJobConfig(environment, browser));
  const sources = readSources(given('DRAWBELL_SOURCES'), faults);
  const place = readPlace(environment, faults);
  const until = given('DRAWBELL_WATCH_UNTIL');
  const end = until === null ? null : readUntil(until, now.getTime());
  if (until !== null && end === null)
    faults.push({ where: 'watch-until', expected: UNTIL, found: quote(until) });
  const people = given('DRAWBELL_SUBSCRIBERS');
  const subscribers = people === null ? [] : await attempt(() => readSubscribers(people, now), 'subscribers');
  const teams = given('DRAWBELL_WEBHOOKS');
  const webhooks =
    teams === null ? [] : await attempt(() => readWebhooks(teams, config?.allowPrivate ?? []), 'webhooks');
  const dryRun = flag('DRAWBELL_DRY_RUN', 'dry-run');
  const rehearse = flag('DRAWBELL_REHEARSE', 'rehearse');
  if (config) checkWhole(config, { people: people !== null, teams: teams !== null }, environment, faults);
  if (faults.length > 0 || !config || !subscribers || !webhooks) throw new InputError(WRONG, faults);
  return { config, sources, subscribers, webhooks, place, until: end, dryRun, rehearse };
}

/** What is remembered is on the branch, so the database is in memory and nothing of it is backed up. */
function readJobConfig(environment: Environment, browser: boolean): Config {
  const config = readConfig(environment, SOURCES);
  return {
    ...config,
    database: ':memory:',
    backups: 0,
    ...(browser ? {} : { browser: null, searchPath: '' }),
  };
}

/** Whoever is to be told must be reachable: a job that leaves mails in a folder tells nobody. */
function checkWhole(
  { smtpUrl, secret, operator }: Config,
  { people, teams }: { people: boolean; teams: boolean },
  environment: Environment,
  faults: Fault[],
): void {
  const missing = (where: string, expected: string) => faults.push({ where, expected, found: 'nothing' });
  if (secret === null && (people || teams || isMailto(operator)))
    missing(
      'secret',
      'at least 16 characters, kept secret and always the same, as there is somebody to tell',
    );
  if (!people) return;
  if (smtpUrl === null) missing('smtp-url', 'an smtp: or smtps: URL, as there are subscribers');
  if (!environment.DRAWBELL_MAIL_FROM)
    missing('mail-from', 'the address that mails are from, as there are subscribers');
}

function readSources(text: string | null, faults: Fault[]): readonly Source[] {
  if (text === null) return SOURCES;
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  const known = SOURCES.filter(({ id }) => names.includes(id));
  const strange = names.find((name) => !known.some(({ id }) => id === name));
  if (strange !== undefined || known.length === 0) {
    const expected = `some of ${SOURCES.map(({ id }) => id).join(', ')}`;
    faults.push({ where: 'sources', expected, found: quote(strange ?? text) });
  }
  return known;
}

/** The same for whoever needs nothing else. Throws `InputError`. */
export function readPlaceAlone(environment: Environment): Place {
  const faults: Fault[] = [];
  const place = readPlace(environment, faults);
  if (faults.length > 0) throw new InputError(WRONG, faults);
  return place;
}

/** The repository of the workflow, as the runner names it. */
function readPlace(environment: Environment, faults: Fault[]): Place {
  const server = environment.GITHUB_SERVER_URL || 'https://github.com';
  const repository = environment.GITHUB_REPOSITORY ?? '';
  const branch = environment.DRAWBELL_STATE_BRANCH?.trim() || 'drawbell-state';
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    const expected = 'a repository as OWNER/NAME, which GitHub Actions sets: a job runs there';
    faults.push({
      where: 'GITHUB_REPOSITORY',
      expected,
      found: repository === '' ? 'nothing' : quote(repository),
    });
  }
  if (!isBranchName(branch))
    faults.push({ where: 'state-branch', expected: BRANCH_NAME, found: quote(branch) });
  const onTheWeb = server.startsWith('https://');
  const [owner = '', name = ''] = repository.split('/');
  const host = `${owner.toLowerCase()}.github.io`;
  return {
    remote: `${server.replace(/\/+$/, '')}/${repository}`,
    branch,
    token: environment.DRAWBELL_TOKEN || null,
    folder: environment.RUNNER_TEMP ?? '',
    page: onTheWeb ? `${server}/${repository}/tree/${branch}` : null,
    pages: name.toLowerCase() === host ? `https://${host}` : `https://${host}/${name}`,
  };
}

export function runnerFiles(environment: Environment): RunnerFiles {
  return {
    outputs: environment.GITHUB_OUTPUT || null,
    summary: environment.GITHUB_STEP_SUMMARY || null,
  };
}

function named(where: string, within: string | undefined): string {
  if (within !== undefined) return `${within}: ${where}`;
  const name = VARIABLE.exec(where)?.[1];
  return name === undefined ? where : name.toLowerCase().replaceAll('_', '-');
}
