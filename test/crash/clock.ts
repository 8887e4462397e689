// The clock set back an hour: before anything was told, and with claims and stamps of the later time in the database.

import type { Closing } from '../support/cli.ts';
import { BETWEEN, type Lives, type Outcome, openLives } from './lives.ts';
import { FIRST_NEWS, SECOND_NEWS } from './news.ts';
import type { Program } from './program.ts';
import { openStage, type Size, type Stage } from './stage.ts';

const HOUR = 3_600_000;

/** No notice may wait until the clock shows the later time again. */
export async function setTheClockBack(closing: Closing, size: Size): Promise<Outcome> {
  const stage = await openStage(closing, size, [FIRST_NEWS, SECOND_NEWS]);
  const lives = openLives(stage);
  const [first, second] = [FIRST_NEWS, SECOND_NEWS].map(({ at }) => Date.parse(at)) as [number, number];
  const some = () => 1 + Math.floor((stage.random() * stage.countOf(FIRST_NEWS)) / 4);

  stage.publish(FIRST_NEWS);
  await lives.live(new Date(first), { during: (program) => killAfter(1, program, stage) });
  await lives.live(new Date(first - HOUR));
  await noneWaits(lives, stage.countOf(FIRST_NEWS), first);

  stage.publish(SECOND_NEWS);
  await lives.live(new Date(second), { during: (program) => killAfter(some(), program, stage) });
  await lives.live(new Date(second - HOUR), { during: (program) => killAfter(some(), program, stage) });
  await lives.live(new Date(second - HOUR + BETWEEN));
  await noneWaits(lives, stage.count, second);
  return lives.judge();
}

async function killAfter(count: number, program: Program, { ledger }: Stage): Promise<void> {
  await ledger.answered(count);
  program.signal('SIGKILL');
}

async function noneWaits(lives: Lives, meant: number, later: number): Promise<void> {
  const waiting = meant - lives.arrived();
  if (waiting === 0) return;
  lives.blame(`${waiting} notices wait for the clock to show the later time`);
  // Late is not lost.
  await lives.live(new Date(later + BETWEEN));
}
