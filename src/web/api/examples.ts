// Examples of what the API is asked and answers: draws as they were published. Pure.

import type { DrawEvent } from '../../event/event.ts';
import { isOperatorEvent } from '../../event/event.ts';
import { exampleDraws } from '../../event/example-draws.ts';
import { exampleEvents } from '../../event/examples.ts';
import { type Archive, archiveOf } from '../archive.ts';
import { checkAnswer } from './check-answers.ts';
import type { Check } from './check-schemas.ts';
import { drawsAnswer, eventsAnswer, explanationAnswer, poolAnswer } from './draw-answers.ts';
import { typesAnswer } from './type-answers.ts';

const CHECK: Check = {
  crs: 522,
  crsAsOf: '2024-05-01',
  profileSubmittedAt: '2024-03-19T18:58:58Z',
  programs: ['cec'],
  draws: ['ircc:297'],
};

/** Made by what answers, so that they cannot tell of anything else. */
function examples() {
  const archive = exampleArchive();
  const [record] = archive.records.values();
  if (!record) throw new RangeError('the example has no such draw');
  return {
    draws: drawsAnswer(archive),
    draw: explanationAnswer(archive, record),
    types: typesAnswer(archive),
    pools: poolAnswer(archive),
    events: eventsAnswer(archive, { type: 'draw_type.returned' }),
    check: CHECK,
    verdicts: checkAnswer(archive, CHECK, '2024-05-31'),
  };
}

/** One draw, and that it was a return. */
function exampleArchive(): Archive {
  const { cec297 } = exampleDraws();
  const seenAt = '2024-05-31T17:00:00.000Z';
  const document = {
    url: 'https://www.canada.ca/content/dam/ircc/documents/json/ee_rounds_123_en.json',
    status: 200,
    fetchedAt: seenAt,
    hash: '8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4',
  };
  const record = { draw: cec297, revision: 1, firstSeenAt: seenAt, withdrawnAt: null, document };
  const events = exampleEvents()
    .filter((event): event is DrawEvent => !isOperatorEvent(event) && event.draw === cec297.id)
    .filter(({ type }) => type !== 'draw.withdrawn');
  return archiveOf([record], events, { categories: [], gridChanges: [] });
}

export const EXAMPLES = examples();
