// Where `drawbell job` is hit: an official site, a mail server, teams, and a bare repository with the state.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFeed } from '../../src/demo/feed.ts';
import { openOfficialSite } from '../../src/demo/official-site.ts';
import { nameOfEndpoint, nameOfReader, namesBy } from '../../src/journey/carry/names.ts';
import { parseState } from '../../src/state/files.ts';
import type { LedgerLine } from '../../src/state/state.ts';
import { openSeal } from '../../src/store/seal.ts';
import { shippedDraws } from '../draw/history.ts';
import type { Closing } from '../support/cli.ts';
import { openRepository } from '../support/repository.ts';
import { type Ledger, nameNotice, openLedger } from './ledger.ts';
import { BEFORE, type News } from './news.ts';
import { openPostOffice } from './post-office.ts';
import { type Program, startProgram } from './program.ts';
import { openTeams } from './teams.ts';

const SECRET = 'the secret of the crash test';
const BRANCH = 'drawbell-state';

/** The mail server takes up to so long for a mail, in milliseconds: else no other job would come in between two pushes. */
const SLOWEST = 150;

export interface JobStage {
  ledger: Ledger;
  publish(news: News): void;
  /** Starts a job on a machine with this clock. */
  start(clock: Date): Program;
  /** Resolves when everything has arrived that a process sent which is gone. */
  quiet(): Promise<void>;
  /** Notices that have arrived by now. */
  arrived(): number;
  /** What the branch says of the notices that are told, by the names that their recipients know them by. */
  told(): Map<string, LedgerLine>;
  /** Of all that has come out: the notices there are to be, by the events that the branch says are told. */
  expected(): Set<string>;
}

/** With so many readers, who are told of every draw, and teams; nothing has been looked at. */
export async function openJobStage(
  closing: Closing,
  { readers, teams: teamCount, random }: { readers: number; teams: number; random: () => number },
): Promise<JobStage> {
  const ledger = openLedger();
  const draws = shippedDraws();
  const feedOf = ({ day }: { day: string }) => buildFeed(draws, { asOf: day });
  const [site, postOffice, teams] = await Promise.all([
    openOfficialSite(feedOf(BEFORE)),
    openPostOffice(ledger, () => random() * SLOWEST),
    openTeams(ledger, random),
  ]);
  const repository = openRepository(closing, 'somebody/draws');
  const folder = mkdtempSync(join(tmpdir(), 'drawbell-crash-'));
  const running = new Set<Program>();
  closing(async () => {
    for (const program of running) hit(program);
    await Promise.all([site.close(), postOffice.close(), teams.close()]);
    rmSync(folder, { recursive: true, force: true });
  });
  // A score by which each knows their mail, of three figures: longer ones are written in groups.
  for (let index = 0; index < readers; index += 1)
    postOffice.residents.set(`reader-${index}@example.org`, { key: null, score: 100 + (index % 900) });
  for (let team = 1; team <= teamCount; team += 1)
    teams.secrets.set(
      `/teams/${team}`,
      `whsec_${Buffer.from(`team ${team}`.padEnd(24, '.')).toString('base64')}`,
    );
  const people = [...postOffice.residents].map(([email, { score: crs }]) => ({
    email,
    crs,
    notify: ['every-draw'],
  }));
  const endpoints = [...teams.secrets].map(([path, secret]) => ({ url: teams.origin + path, secret }));
  const env = {
    GITHUB_SERVER_URL: repository.url.replace(/\/somebody\/draws$/, ''),
    GITHUB_REPOSITORY: 'somebody/draws',
    RUNNER_TEMP: folder,
    DRAWBELL_HISTORY: 'none',
    DRAWBELL_IRCC_URL: site.feedUrl,
    DRAWBELL_IRCC_PAGE_URL: site.pageUrl,
    DRAWBELL_SUBSCRIBERS: JSON.stringify(people),
    DRAWBELL_WEBHOOKS: JSON.stringify(endpoints),
    DRAWBELL_SMTP_URL: postOffice.url,
    DRAWBELL_MAIL_FROM: 'drawbell <bell@example.org>',
    DRAWBELL_SECRET: SECRET,
    DRAWBELL_ALLOW_PRIVATE: '127.0.0.1',
  };
  const names = namesBy(openSeal(SECRET));
  const out = new Set<string>();
  const state = () => parseState(new Map(Object.entries(repository.files(BRANCH))));
  const toldEvents = () => (state().draws.ircc?.events ?? []).filter(({ told }) => told);

  return {
    ledger,
    publish(news) {
      for (const round of news.rounds) out.add(`ircc:${round}`);
      site.publish(feedOf(news));
    },
    start(clock) {
      const program = startProgram({ folder, env }, ['job'], { clock: clock.toISOString() });
      running.add(program);
      program.ended.then(() => running.delete(program));
      return program;
    },
    async quiet() {
      await Promise.all([postOffice.quiet(), teams.quiet()]);
    },
    arrived: () => new Set(ledger.arrivals.map(({ notice }) => notice)).size,
    told() {
      const lines = new Map(state().ledger.map((line) => [line.to, line]));
      const found = new Map<string, LedgerLine>();
      const note = (recipient: string, to: string, event: ReturnType<typeof toldEvents>[number]) => {
        const line = lines.get(names.to(event.id, recipient));
        if (line) found.set(nameNotice(to, event.type, event.draw), line);
      };
      for (const event of toldEvents()) {
        for (const { email } of people) note(nameOfReader(email), email, event);
        for (const { url } of endpoints) note(nameOfEndpoint(url, 0), new URL(url).pathname, event);
      }
      return found;
    },
    expected() {
      const toTeams = toldEvents().flatMap(({ type, draw }) =>
        [...teams.secrets.keys()].map((path) => nameNotice(path, type, draw)),
      );
      const toReaders = [...out].flatMap((draw) =>
        people.map(({ email }) => nameNotice(email, 'draw.published', draw)),
      );
      return new Set([...toTeams, ...toReaders]);
    },
  };
}

/**
 * As a machine that is switched off: the job, and with it the git that it has started, which is in a group of its own.
 * What that talks to is somewhere else: it goes on with what it has heard.
 */
export function hit(program: Program): void {
  const children = childrenOf(program.pid);
  program.signal('SIGKILL');
  for (const child of children) {
    try {
      process.kill(child, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    // It has ended, or this is another system: git ends by itself then.
    return [];
  }
}
