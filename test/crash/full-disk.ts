// The disk full: while the news is stored, while it is told, and for a moment only.

import { setTimeout as after } from 'node:timers/promises';
import type { Closing, Ended } from '../support/cli.ts';
import { BETWEEN, type Lives, type Outcome, openLives } from './lives.ts';
import { FIRST_NEWS, SECOND_NEWS } from './news.ts';
import type { Program } from './program.ts';
import { openScarceDisk } from './scarce-disk.ts';
import { openStage, type Size } from './stage.ts';

/** What it says when nothing can be stored. */
const CLEAR = /^drawbell: .*(disk is full|disk I\/O error)/m;

/** `moment`: how long the disk is full the last time, in milliseconds. `null` where no disk can be made full. */
export async function fillTheDisk(
  closing: Closing,
  size: Size,
  moment: number,
): Promise<(Outcome & { how: string }) | null> {
  const stage = await openStage(closing, size, [FIRST_NEWS, SECOND_NEWS]);
  const disk = openScarceDisk(stage, stage.database);
  if (!disk) return null;
  const { start, how } = disk;
  const { answered } = stage.ledger;
  const lives = openLives(stage);
  const first = Date.parse(FIRST_NEWS.at);

  let full: Program | undefined;
  stage.publish(FIRST_NEWS, () => full && disk.fill(full));
  const stored = await lives.live(new Date(first), {
    start(...args) {
      full = start(...args);
      return full;
    },
    code: 1,
  });
  complain(stored, lives);
  if (lives.arrived() > 0) lives.blame(`${lives.arrived()} told of what could not be stored`);

  const told = await lives.live(new Date(first + BETWEEN), {
    start,
    code: 1,
    async during(program) {
      await answered(1 + Math.floor((stage.random() * stage.countOf(FIRST_NEWS)) / 4));
      disk.fill(program);
    },
  });
  complain(told, lives);
  await lives.live(new Date(first + 2 * BETWEEN), { start });

  stage.publish(SECOND_NEWS);
  await lives.live(new Date(SECOND_NEWS.at), {
    start,
    async during(program) {
      await answered(1 + Math.floor((stage.random() * stage.countOf(SECOND_NEWS)) / 4));
      disk.fill(program);
      await after(moment);
      disk.free(program);
    },
  });
  return { ...lives.judge(), how };
}

function complain({ stderr }: Ended, lives: Lives): void {
  if (!CLEAR.test(stderr)) lives.blame(`said of a full disk: ${stderr.trim().slice(0, 300)}`);
}
