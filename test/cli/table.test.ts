import { expect, test } from 'vitest';
import { type Column, formatTable } from '../../src/cli/output.ts';

const COLUMNS: readonly Column<{ id: string; count: number | null; text: string }>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Count', value: ({ count }) => count, right: true },
  { title: 'Text', value: ({ text }) => text },
];

test('columns are as wide as their widest cell, numbers stand to the right, nothing is a dash', () => {
  const rows = [
    { id: 'a', count: 12_345, text: 'one' },
    { id: 'bcd', count: null, text: 'two' },
  ];

  expect(formatTable(rows, COLUMNS)).toBe(
    ['Id    Count  Text', 'a    12,345  one', 'bcd       -  two'].join('\n'),
  );
});

test('the last column is wrapped between words to what the terminal has left, under itself', () => {
  const rows = [{ id: 'a', count: 1, text: 'the first draw in 990 days after a very long time' }];

  expect(formatTable(rows, COLUMNS, 40)).toBe(
    ['Id  Count  Text', 'a       1  the first draw in 990 days', '           after a very long time'].join(
      '\n',
    ),
  );
});

test('control characters, line breaks and marks that turn the direction never reach the terminal', () => {
  const rows = [{ id: 'a', count: 1, text: '\u001b[31mred\u001b[0m\nnew\u202eline' }];

  const [, line] = formatTable(rows, COLUMNS).split('\n');

  expect(line).toBe('a       1  [31mred [0m new line');
});
