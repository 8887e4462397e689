// a profile -> verdicts: nothing of it is stored, and nothing of it is told in a fault.

import type { Hono } from 'hono';
import { toDate } from '../../draw/calendar.ts';
import { possible } from '../../match/profile.ts';
import type { WebContext } from '../context.ts';
import { presentAt } from '../present.ts';
import { readJson } from './body.ts';
import { checkAnswer } from './check-answers.ts';
import { CheckSchema } from './check-schemas.ts';
import { sendError, sendTooMany } from './send-error.ts';
import { sharedWith } from './shared.ts';

export function addChecking(pages: Hono, { deps, shelf, checksWait }: WebContext): void {
  pages.use('/api/check', sharedWith('POST'));
  pages.post('/api/check', async (c) => {
    // Also of what cannot be used: to find out takes as long.
    const wait = checksWait(c);
    if (wait !== null) return sendTooMany(c, wait);
    const now = deps.now();
    const read = await readJson(c, possible(CheckSchema, await presentAt(now)));
    if (read.refusal) return read.refusal;
    const answer = checkAnswer(await shelf.archive(), read.value, toDate(now.getTime()));
    return 'faults' in answer ? sendError(c, 422, 'the body cannot be used', answer.faults) : c.json(answer);
  });
}
