// Where something stands in a JSON text, and where one breaks off.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOf, lineOfBreak, type Path } from '../../src/state/json-places.ts';

const SEED = 20240531;
const anyValue = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });

/** Every part of a value by its path, the whole one first. */
function partsOf(value: unknown, path: Path = []): [Path, unknown][] {
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value ?? {});
  if (typeof value !== 'object') return [[path, value]];
  return [
    [path, value],
    ...keys.flatMap((key) => partsOf((value as Record<string, unknown>)[key], [...path, key])),
  ];
}

describe('the line of a value', () => {
  it('is the one it begins on when each value has one of its own', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const lines = JSON.stringify(value, null, 1).split('\n');

        for (const [path, part] of partsOf(value)) {
          const text = lines[lineOf(lines.join('\n'), path) - 1] ?? '';
          const key = path.at(-1);
          const name = typeof key === 'string' ? `${JSON.stringify(key)}: ` : '';
          expect(
            text.trimStart().startsWith(name + (JSON.stringify(part, null, 1).split('\n')[0] ?? '')),
          ).toBe(true);
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('is that of what would hold it where it is missing', () => {
    const text = '{\n"a": [\n{"b": 1}\n]\n}';

    expect(lineOf(text, ['a', 0, 'c'])).toBe(3);
    expect(lineOf(text, ['a', 7])).toBe(2);
    expect(lineOf(text, ['z'])).toBe(1);
  });
});

describe('the line of a break', () => {
  it.each([
    ['', 1],
    ['{\n"a": 1', 2],
    ['{\n"a": 1\n"b": 2\n}', 3],
    ['[\n1,\n]', 3],
    ['[\n1,\n,2]', 3],
    ['[[\n1,\n],\n2]', 3],
    ['{"a": {\n"b": 1,\n},\n"c": 2}', 3],
    ['{"a":\n}\n,\n1', 2],
    ['{\n"a"\n1}', 3],
    ['{"a":\n}', 2],
    ['{\n1: 2}', 2],
    ['[1\n}', 2],
    ['[1]\n]', 2],
    ['[1]\n,', 2],
    ['[1\n:', 2],
    ['[\n"a\n"]', 2],
    ['[\n\n01]', 3],
    ['[\n"\t"]', 2],
    ['1\n2', 2],
  ])('of %j is %i', (text, line) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(lineOfBreak(text)).toBe(line);
  });

  it('is the last one of a text that is whole, so nothing that is right is taken for a break', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = JSON.stringify(value, null, 1);

        expect(lineOfBreak(`${text}\n\n`)).toBe(text.split('\n').length);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
