// What the API answers about types where the type of a draw was corrected after it had come.

import { expect, it } from 'vitest';
import type { DrawType } from '../../src/draw/draw-type.ts';
import { typesAnswer } from '../../src/web/api/type-answers.ts';
import { archiveOf } from '../../src/web/archive.ts';
import { shippedArchive } from './archive-world.ts';

it('a return is one of the type that the draw is of now', () => {
  const { records, events, reference } = shippedArchive();
  const corrected = [...records.values()].map((record) =>
    record.draw.id === 'ircc:297' ? { ...record, draw: { ...record.draw, type: 'pnp' as const } } : record,
  );
  const archive = archiveOf(corrected, [...events.values()].flat().toReversed(), reference);

  const { types } = typesAnswer(archive);

  const returnOf = (type: DrawType) => types.find((one) => one.type === type)?.returned;
  expect(returnOf('cec')).toMatchObject({ draw: 'ircc:140', dormantDays: 1_858 });
  expect(returnOf('pnp')).toMatchObject({ draw: 'ircc:296', dormantDays: 219 });
});
