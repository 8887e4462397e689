// The doctor's look at a source: what its addresses answer, how it has been going, and what time it is there.

import type { Config } from '../../config.ts';
import { FetchError, PageError, type Trouble } from '../../errors.ts';
import { fetchDocument } from '../../fetch/http.ts';
import { addressVariable, isWithinSite } from '../../sources/site.ts';
import type { Document, Source, SourceAddress } from '../../sources/source.ts';
import type { Inspection } from '../../store/inspect.ts';
import { userAgent } from '../version.ts';
import { type Finding, formatSpan, guarded, ok, warning, wrong } from './finding.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Milliseconds. A quarter of an hour would already break leases and signatures; two minutes are never chance. */
const CLOCK_TOLERANCE = 120_000;

export interface SourceDeps {
  config: Config;
  now(): Date;
  random(): number;
}

/** What a server's clock said when ours said something. */
export interface ClockReading {
  host: string;
  theirs: Date;
  ours: Date;
}

/** The health of a source as the database has it. */
type Health = Extract<Inspection, { state: 'sound' }>['health'][number];

/** Asks for each document once, one after the other. */
export async function examineSource(
  source: Source,
  health: Health | undefined,
  deps: SourceDeps,
): Promise<{ findings: Finding[]; clocks: ClockReading[] }> {
  const { id } = source;
  const address = deps.config.sources[id] as SourceAddress;
  const clocks: ClockReading[] = [];
  const get = async (url: string): Promise<Document> => {
    const site = siteOf(url, address.site);
    const request = {
      source: id,
      url,
      site,
      userAgent: userAgent(deps.config),
    };
    const document = await fetchDocument(request, deps);
    // Only what is asked conditionally can be answered so.
    if (document === 'unchanged')
      throw new PageError('shape', `${id}: ${url} says "unchanged", though nothing is known of it`);
    const theirs = Date.parse(document.headers.date ?? '');
    if (!Number.isNaN(theirs)) {
      const ours = new Date(document.fetchedAt);
      clocks.push({ host: new URL(document.url).hostname, theirs: new Date(theirs), ours });
    }
    return document;
  };
  const findings = [
    await guarded(`source ${id}`, () => examineDocument(source, address, health, get)),
    await guarded(`page ${id}`, () => examinePage(source, address, get), warning),
    await guarded(`second opinion ${id}`, () => examineOpinion(source, address, get), warning),
  ];
  return { findings, clocks };
}

type Get = (url: string) => Promise<Document>;

async function examineDocument(
  source: Source,
  { documentUrl }: SourceAddress,
  health: Health | undefined,
  get: Get,
): Promise<Finding> {
  const name = `source ${source.id}`;
  const trouble = await attempt(async () => describeRounds(source, await get(documentUrl)));
  if ('found' in trouble) {
    return trouble.unreadable === 0
      ? ok(name, trouble.found)
      : warning(
          name,
          `${trouble.found}; ${trouble.unreadable} cannot be read`,
          'See "drawbell quarantine list".',
        );
  }
  if (health?.moved_to && health.moved_from === documentUrl) {
    const { moved_to: elsewhere } = health;
    const moved = await attempt(async () => describeRounds(source, await get(elsewhere)));
    if ('found' in moved) {
      const mend = `Set ${addressVariable(source.id)} to ${elsewhere}, where a browser found it, if it stays there.`;
      return warning(name, `${trouble.message}; read from elsewhere: ${moved.found}`, mend);
    }
  }
  return wrong(name, trouble.message, adviseOn(trouble.kind, source, documentUrl));
}

function describeRounds(source: Source, document: Document): { found: string; unreadable: number } {
  const { draws, unreadable } = source.parse(document);
  const newest = draws.at(-1);
  const last = newest ? `, the newest ${newest.id} of ${newest.date}` : '';
  return { found: `${draws.length} rounds${last}`, unreadable: unreadable.length };
}

async function examinePage(source: Source, { pageUrl }: SourceAddress, get: Get): Promise<Finding> {
  const name = `page ${source.id}`;
  const trouble = await attempt(async () => {
    const { bytes } = await get(pageUrl);
    return { found: `answers (${bytes.length} bytes)` };
  });
  if ('found' in trouble) return ok(name, trouble.found);
  const mend = `Open ${pageUrl} in a browser: it is what a moved feed is found again with, and nothing else needs it.`;
  return warning(name, trouble.message, mend);
}

async function examineOpinion(source: Source, { opinionUrl }: SourceAddress, get: Get): Promise<Finding> {
  const name = `second opinion ${source.id}`;
  const { secondOpinion } = source;
  if (!secondOpinion || opinionUrl === null) return ok(name, 'none is asked');
  const trouble = await attempt(async () => {
    const opinions = secondOpinion.parse(await get(opinionUrl));
    return { found: `${opinions.length} rounds` };
  });
  if ('found' in trouble) return ok(name, trouble.found);
  return warning(
    name,
    trouble.message,
    'Nothing needs to be done: without it each round is taken as first published.',
  );
}

/** The answer, or the trouble with the source; what is neither is thrown. */
async function attempt<Answer extends { found: string }>(
  work: () => Promise<Answer>,
): Promise<Answer | { kind: Trouble; message: string }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FetchError || error instanceof PageError)) throw error;
    return { kind: error.trouble, message: error.message };
  }
}

function adviseOn(kind: Trouble, source: Source, url: string): string {
  if (url !== source.documentUrl) {
    return `Correct ${addressVariable(source.id)}, or see why ${new URL(url).host} does not answer as it should.`;
  }
  if (kind === 'unreachable' || kind === 'silent') {
    return `See whether this machine reaches ${new URL(url).host} (network, name service, proxy); else it passes by itself.`;
  }
  if (kind === 'busy' || kind === 'maintenance') return 'Wait: it is asked again at each look.';
  return `Open ${source.pageUrl}: if the draws are there, a browser finds the feed at the next look, or set ${addressVariable(source.id)}.`;
}

export function examineHealth(
  source: Source,
  seen: Inspection,
  { alarm }: Pick<Config, 'alarm'>,
  now: Date,
): Finding {
  const name = `health ${source.id}`;
  if (seen.state !== 'sound') return ok(name, 'nothing is known yet');
  const health = seen.health.find((row) => row.source === source.id);
  if (!health) return ok(name, 'not looked at yet');
  const ago = (instant: string) => `${formatSpan(now.getTime() - Date.parse(instant))} ago`;
  const success =
    health.succeeded_at === null ? 'never' : `${health.succeeded_at} (${ago(health.succeeded_at)})`;
  const found = `last success ${success}, failures in a row: ${health.failures}`;
  if (health.failures > 0) {
    const long =
      health.failing_since !== null && now.getTime() - Date.parse(health.failing_since) >= alarm.hours * HOUR;
    const judge = health.failures >= alarm.failures || long ? wrong : warning;
    return judge(
      name,
      `${found} (${health.reason ?? 'for a reason not kept'})`,
      `See what "source ${source.id}" says above.`,
    );
  }
  if (now.getTime() - Date.parse(health.tried_at) > DAY) {
    return warning(
      name,
      `${found}, and no look since`,
      'Start "drawbell watch", or see why "drawbell run" is no longer called.',
    );
  }
  if (health.quiet_since !== null) {
    const mend = `Compare with ${source.pageUrl}: it has been quiet for longer than in two years.`;
    return warning(name, `${found}, quiet since ${health.quiet_since}`, mend);
  }
  return ok(name, found);
}

export function examineQuarantine(seen: Inspection): Finding {
  const held = seen.state === 'sound' ? seen.held : 0;
  if (held === 0) return ok('quarantine', 'nothing is kept apart');
  const mend = 'See "drawbell quarantine list", then release or drop them, unless a later feed does.';
  return warning('quarantine', `${held} kept apart and told to nobody`, mend);
}

/** A cached answer tells the time it was made at, so the latest of all counts. */
export function examineClock(clocks: readonly ClockReading[]): Finding {
  const name = 'clock';
  const [closest] = [...clocks].sort((a, b) => aheadOf(a) - aheadOf(b));
  if (!closest) {
    return warning(name, 'no source told the time to compare with', 'Ask again when a source answers.');
  }
  const ahead = aheadOf(closest);
  if (Math.abs(ahead) <= CLOCK_TOLERANCE) return ok(name, `agrees with ${closest.host}`);
  return wrong(
    name,
    `${formatSpan(ahead)} ${ahead > 0 ? 'ahead of' : 'behind'} ${closest.host}`,
    'Set the clock of this machine from the network ("sudo timedatectl set-ntp true").',
  );
}

/** Milliseconds; less than nothing when ours is behind. */
function aheadOf({ ours, theirs }: ClockReading): number {
  return ours.getTime() - theirs.getTime();
}

/** Redirects stay within the source's site, and within their own host where the operator named another. */
function siteOf(url: string, site: string): string {
  const { hostname } = new URL(url);
  return isWithinSite(hostname, site) ? site : hostname;
}
