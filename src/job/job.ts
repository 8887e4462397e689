// One run of a job: remember, look, tell, and write down what is to be remembered; a patrol does so until it is over.

import { TICK, WHILE_UNCONDITIONAL } from '../cadence.ts';
import { lookAtAll } from '../cli/run.ts';
import { closeSession } from '../cli/session.ts';
import { StateError } from '../errors.ts';
import { deliverDue, tendReaders } from '../journey.ts';
import { isAnyUnconditional } from '../store/health.ts';
import { type Diary, openDiary } from './diary.ts';
import type { Inputs } from './inputs.ts';
import { type Memory, openMemory, type World } from './memory.ts';
import type { Ended } from './report.ts';

/** Looks, tells and remembers, in a patrol every minute. */
export async function runJob(inputs: Inputs, world: World): Promise<Ended> {
  const diary = openDiary(inputs, world.now);
  const isOver = () => world.signal.aborted || inputs.until === null || world.now().getTime() >= inputs.until;
  let memory: Memory | null = null;
  let rehearsing = inputs.rehearse && !inputs.dryRun;
  let raceLost = false;
  let faults: unknown[] = [];
  try {
    for (;;) {
      let minutes = 1;
      try {
        if (memory?.isStale()) memory = await giveUp(memory, diary);
        memory ??= diary.opened(await openMemory(inputs, world, () => inOneLine(diary)));
        faults.push(...(await goRound(memory, inputs, diary)));
        if (rehearsing) diary.rehearsed(await rehearseWith(memory));
        rehearsing = false;
        if (await isAnyUnconditional(memory.session.db)) minutes = WHILE_UNCONDITIONAL;
      } catch (error) {
        faults.push(error);
        // The branch may be there again in a minute. Nothing else mends itself.
        if (!(error instanceof StateError)) break;
      }
      raceLost ||= faults.some(isLost);
      faults = faults.filter((fault) => !isLost(fault));
      if (isOver()) break;
      const passing = faults.filter((fault) => fault instanceof StateError);
      for (const { message } of passing) world.warn(`tried again from minute to minute: ${message}`);
      await world.pause(untilMinute(world, minutes));
      if (isOver()) break;
      // How the branch is counts as it was last; a fault of ours stays one.
      faults = faults.filter((fault) => !passing.some((one) => one === fault));
    }
  } finally {
    if (memory) await forget(memory, diary);
  }
  return { report: diary.report(raceLost), changed: diary.isChanged(), faults };
}

/** Another run was quicker, and tells what this one would have. */
function isLost(fault: unknown): boolean {
  return fault instanceof StateError && fault.reason === 'lost';
}

/** Returns the faults: whatever one part of it comes to, the others are done. */
async function goRound(memory: Memory, { sources, dryRun }: Inputs, diary: Diary): Promise<unknown[]> {
  const { session } = memory;
  const faults: unknown[] = [];
  const attempt = (task: () => Promise<unknown>) => task().catch((error: unknown) => faults.push(error));
  // One by one: what one of them comes to takes nothing from what the others do.
  for (const source of sources)
    await attempt(async () => diary.looked(await lookAtAll(session, [source]), session));
  if (session.signal?.aborted) return faults;
  await attempt(() => tendReaders(session));
  if (dryRun) return faults;
  await attempt(() => deliverDue(session));
  await attempt(memory.writeDone);
  return faults;
}

async function rehearseWith({ session }: Memory) {
  const { rehearse } = await import('../journey/rehearse.ts');
  return rehearse(session);
}

/** What has happened so far. The words of it: most runs need none. */
async function inOneLine(diary: Diary): Promise<string> {
  const { oneLine } = await import('./summary.ts');
  return oneLine(diary.report(false));
}

/** Others have written meanwhile: before theirs is read anew, what was done out of this one must be with it. */
async function giveUp(memory: Memory, diary: Diary): Promise<null> {
  await memory.writeDone();
  return forget(memory, diary);
}

async function forget(memory: Memory, diary: Diary): Promise<null> {
  await diary.told(memory);
  await closeSession(memory.session);
  return null;
}

/** Milliseconds to the same place in a later minute. */
function untilMinute({ now, second }: World, minutes: number): number {
  const passed = (now().getTime() - second * 1_000) % TICK;
  return minutes * TICK - passed;
}
