// `drawbell job` killed at random moments, and run twice at once, until everything is told.

import { setTimeout as after } from 'node:timers/promises';
import { seededRandom } from '../bench/latency.ts';
import type { Closing } from '../support/cli.ts';
import { hit, type JobStage, openJobStage } from './job-stage.ts';
import type { Outcome } from './lives.ts';
import { BEFORE, FIRST_NEWS, SECOND_NEWS } from './news.ts';
import type { Program } from './program.ts';
import { holdToPromises, type Remains } from './promises.ts';
import type { Size } from './stage.ts';

/** From one life to the next, on the machine's clock, in milliseconds: longer than a job may have anything in hand. */
const BETWEEN = 300_000;
/** Of so many kills one comes by the time since the start, wherever the job is then. */
const BLIND = 3;
/** A start, a look and the first push take about so long, in milliseconds. */
const START = 1_500;
/** A kill that waits for messages comes so long after the last of them at most, in milliseconds. */
const LATER = 60;
/** Milliseconds after which a life in which nothing arrives any more is ended. */
const PATIENCE = 10_000;

/**
 * News comes out twice. For each of them jobs are killed, alone or while another runs; then they end undisturbed, two at
 * once.
 */
export async function killJobs(
  closing: Closing,
  { notices, endpoints, seed }: Size,
  kills: number,
): Promise<Outcome> {
  const random = seededRandom(seed);
  const news = [FIRST_NEWS, SECOND_NEWS];
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
  const toTeams = endpoints * sum(news.map(({ events }) => events));
  const readers = Math.ceil(Math.max(1, notices - toTeams) / sum(news.map(({ rounds }) => rounds.length)));
  const stage = await openJobStage(closing, { readers, teams: endpoints, random });
  const lives = openJobLives(stage, random);
  let meant = 0;
  let now = Date.parse(BEFORE.at);
  await lives.live(now, 1);
  for (const [index, one] of news.entries()) {
    stage.publish(one);
    now = Date.parse(one.at);
    meant += readers * one.rounds.length + endpoints * one.events;
    const until = Math.round((kills * (index + 1)) / news.length);
    // Some end before they can be killed.
    for (let tries = 2 * kills; lives.killed() < until && tries > 0; tries -= 1, now += BETWEEN) {
      const share = (meant - stage.arrived()) / (until - lives.killed() + 1);
      const jobs = random() < 1 / 3 ? 2 : 1;
      await lives.live(now, jobs, (program) => killAtRandom(program, stage, random, share));
    }
    await lives.live(now, 2);
    // What two took from each other is left to the next.
    await lives.live(now + BETWEEN, 1);
  }
  return lives.judge(meant, kills);
}

function openJobLives(stage: JobStage, random: () => number) {
  const remains = new Map<number, Remains>();
  const faults: string[] = [];
  let killed = 0;

  /** One or two jobs at once, on machines with this clock; `during` may kill the first. */
  async function live(
    now: number,
    jobs: 1 | 2,
    during?: (program: Program) => Promise<unknown>,
  ): Promise<void> {
    stage.ledger.nextLife();
    const first = stage.start(new Date(now));
    const ended = [first.ended];
    // The second finds the first at anything: before it has read the branch, telling, or gone.
    if (jobs === 2) ended.push(after(random() * 2 * START).then(() => stage.start(new Date(now)).ended));
    if (during) await Promise.race([during(first), first.ended]);
    const ends = await Promise.all(ended);
    await stage.quiet();
    const isKilled = ends.some(({ code }) => code === null);
    if (isKilled) killed += 1;
    for (const { code, stderr } of ends)
      if (code !== null && code !== 0) faults.push(`ended with ${code}: ${stderr.trim().slice(0, 300)}`);
    // Whoever is not killed leaves nothing in hand.
    const inFlight = new Set(isKilled ? inHand(stage) : []);
    remains.set(stage.ledger.life(), { inFlight, integrity: 'ok' });
  }

  /** By now so many notices must have been told, and jobs killed. */
  function judge(meant: number, kills: number): Outcome {
    const expected = stage.expected();
    const lines = [...stage.told().values()];
    const sent = lines.filter(({ status }) => status === 'sent').length;
    if (killed < kills) faults.push(`killed ${killed} times only: the jobs were quicker`);
    if (expected.size !== meant) faults.push(`${expected.size} notices meant, not ${meant}`);
    if (sent !== meant || lines.length !== meant)
      faults.push(`the branch says that ${sent} of ${meant} notices are sent, in ${lines.length} lines`);
    const most = Math.max(...[...remains.values()].map(({ inFlight }) => inFlight.size));
    const findings = holdToPromises(expected, stage.ledger.arrivals, remains, most);
    return { ...findings, notices: expected.size, kills: killed, broken: [...faults, ...findings.broken] };
  }

  return { live, judge, killed: () => killed };
}

/** What a job that is gone had in hand, as the branch says. */
function inHand(stage: JobStage): string[] {
  return [...stage.told()].flatMap(([notice, { status, attempts }]) =>
    status === 'queued' && attempts > 0 ? [notice] : [],
  );
}

async function killAtRandom(
  program: Program,
  { ledger }: JobStage,
  random: () => number,
  share: number,
): Promise<void> {
  if (share < 1 || random() < 1 / BLIND) await after(random() * START);
  else {
    await Promise.race([ledger.answered(1 + Math.floor(random() * 1.5 * share)), after(PATIENCE)]);
    await after(random() * LATER);
  }
  // A job alone, whose git may still end what it has begun; or all of it.
  if (random() < 1 / 2) program.signal('SIGKILL');
  else hit(program);
}
