// The database locked by another process in the middle of a delivery.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Closing } from '../support/cli.ts';
import { BETWEEN, type Outcome, openLives } from './lives.ts';
import { FIRST_NEWS } from './news.ts';
import { openStage, type Size } from './stage.ts';

const HOLDER = fileURLToPath(new URL('./lock-holder.ts', import.meta.url));

/** `hold`: for how long, in milliseconds. */
export async function lockTheDatabase(closing: Closing, size: Size, hold: number): Promise<Outcome> {
  const stage = await openStage(closing, size, [FIRST_NEWS]);
  const { ledger, random } = stage;
  const lives = openLives(stage);
  const holder = await openHolder(closing, stage.database, hold);

  stage.publish(FIRST_NEWS);
  await lives.live(new Date(FIRST_NEWS.at), {
    async during() {
      await ledger.answered(1 + Math.floor((random() * stage.countOf(FIRST_NEWS)) / 4));
      const goOn = ledger.hold();
      await holder.lock();
      goOn();
      await holder.free;
    },
  });
  // While it waited, receivers may have hung up: what that cut off is tried again.
  await lives.live(new Date(Date.parse(FIRST_NEWS.at) + BETWEEN));
  return lives.judge();
}

async function openHolder(closing: Closing, database: string, hold: number) {
  const child = spawn(process.execPath, [HOLDER, database, String(hold)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  closing(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const says = (word: string) =>
    new Promise<void>((resolve) => lines.on('line', (line) => line === word && resolve()));
  await says('ready');
  const free = says('free');
  return {
    free,
    async lock() {
      const locked = says('locked');
      child.stdin.write('lock\n');
      await locked;
    },
  };
}
