// Which draws are meant: by a name somebody typed, or the latest of each type.

import { describe, expect, it } from 'vitest';
import { drawNamed, latestOfEachType } from '../../src/draw/choice.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { shippedDraw, shippedDraws } from './history.ts';

describe('a draw', () => {
  it.each(['ircc:91a', 'IRCC:91A', '91a', ' 91A '])('is meant by "%s"', (typed) => {
    expect(drawNamed(shippedDraws(), typed)?.id).toBe('ircc:91a');
  });

  it.each(['', '91', 'ircc:', 'ircc:9999', 'cec', '297.0'])('is not meant by "%s"', (typed) => {
    expect(drawNamed(shippedDraws(), typed)).toBeUndefined();
  });

  it('is never guessed where two sources have one of that number, but is meant by its id', () => {
    const ours = shippedDraw('297');
    const theirs: Draw = { ...ours, id: 'other:297', source: 'other' };

    const [byNumber, byId] = ['297', 'other:297'].map((typed) => drawNamed([ours, theirs], typed));

    expect(byNumber).toBeUndefined();
    expect(byId).toBe(theirs);
  });
});

describe('the latest of each type', () => {
  it('is one of each, newest first, however long ago', () => {
    const newestFirst = shippedDraws().toReversed();

    const latest = latestOfEachType(newestFirst);

    expect(latest.map(({ type }) => type).sort()).toEqual(
      [...new Set(newestFirst.map(({ type }) => type))].sort(),
    );
    expect(latest).toEqual(newestFirst.filter((draw) => latest.includes(draw)));
    expect(latest.every((draw) => newestFirst.find(({ type }) => type === draw.type) === draw)).toBe(true);
  });
});
