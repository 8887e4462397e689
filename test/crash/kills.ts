// The program killed at random moments, and started again each time, until everything is told.

import { setTimeout as after } from 'node:timers/promises';
import type { Closing } from '../support/cli.ts';
import { BETWEEN, type Command, type Lives, type Outcome, openLives } from './lives.ts';
import { FIRST_NEWS, SECOND_NEWS } from './news.ts';
import type { Program } from './program.ts';
import { openStage, type Size, type Stage } from './stage.ts';

/** Of so many kills one comes by the time since the start, wherever the program is then. */
const BLIND = 5;
/** A start, a look and its transaction take about so long, in milliseconds. */
const START = 1_000;
/** A kill that waits for messages comes so long after the last of them at most, in milliseconds. */
const LATER = 30;
/** A life in which nothing arrives any more is ended after this, in milliseconds. */
const PATIENCE = 10_000;

/** News comes out twice: at the beginning, and when half of the kills are done. */
export async function killAndKillAgain(
  closing: Closing,
  size: Size,
  kills: number,
  command: Command,
): Promise<Outcome> {
  const news = [FIRST_NEWS, SECOND_NEWS];
  const stage = await openStage(closing, size, news);
  const lives = openLives(stage, command);
  let killed = 0;
  let meant = 0;
  let now = 0;
  for (const [index, one] of news.entries()) {
    stage.publish(one);
    now = Date.parse(one.at);
    meant += stage.countOf(one);
    const until = Math.round((kills * (index + 1)) / news.length);
    // Some end before they can be killed.
    for (let tries = 2 * kills; killed < until && tries > 0; tries -= 1, now += BETWEEN) {
      const left = (meant - lives.arrived()) / (until - killed + 1);
      const { code } = await lives.live(new Date(now), {
        during: (program) => killAtRandom(program, stage, left),
      });
      if (code === null) killed += 1;
    }
    if (command === 'run') await lives.live(new Date(now));
    else await watchToTheEnd(lives, new Date(now), meant);
    now += BETWEEN;
  }
  if (killed < kills) lives.blame(`killed ${killed} times only: the program was quicker`);
  return lives.judge();
}

async function killAtRandom(program: Program, { ledger, random }: Stage, share: number): Promise<void> {
  const blind = share < 1 || random() < 1 / BLIND;
  if (blind) await after(random() * START);
  else {
    const count = 1 + Math.floor(random() * 1.5 * share);
    await Promise.race([ledger.answered(count), after(PATIENCE)]);
    await after(random() * LATER);
  }
  program.signal('SIGKILL');
}

/** A watch ends when it is told to: here when it has told everything, which it says once all of it is settled. */
async function watchToTheEnd(lives: Lives, now: Date, meant: number): Promise<void> {
  await lives.live(now, {
    async during(program) {
      // Once at least: before that it may not hear of a signal yet, nor have settled what the last kill left behind.
      let deliveries = 0;
      do {
        await Promise.race([program.says(/"delivered"/), after(PATIENCE)]);
        deliveries += 1;
      } while (lives.arrived() < meant && deliveries < 100);
      program.signal('SIGTERM');
    },
  });
}
