// The crash test's series of jobs, small, in a process of its own: git is waited for there, and the mail servers of the
// other series must not stand still meanwhile.

import { expect, it } from 'vitest';
import { killJobs } from './jobs.ts';

const SIZE = { notices: 120, endpoints: 8, seed: 5 };

it('nothing is lost, and nothing repeated but what was in flight, when a job is killed, and two of them run at once', async ({
  onTestFinished,
}) => {
  const outcome = await killJobs(onTestFinished, SIZE, 3);

  expect(outcome).toMatchObject({ broken: [], lost: 0, kills: 3 });
});
