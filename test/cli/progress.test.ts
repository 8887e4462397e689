// The line that shows how far a long delivery has come.

import { expect, test } from 'vitest';
import { openProgress } from '../../src/cli/progress.ts';

function openScreen(isTTY: boolean, columns = 100) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

test('a long delivery shows how many of how many, how fast, and how long it takes', () => {
  const screen = openScreen(true);
  let now = 0;
  const progress = openProgress(20_000, screen, () => now);

  now = 3_000;
  progress.show({ sent: 4_990, queued: 8, failed: 2 });

  expect(screen.written).toEqual([
    `\r\u001b[2K${'█'.repeat(7)}${'░'.repeat(23)}  5,000 of 20,000 notices, 1,667 a second, 9 s left`,
  ]);
});

test('nothing is shown of a short one, nor where there is no terminal', () => {
  const [terminal, file] = [openScreen(true), openScreen(false)];
  let now = 0;
  const progresses = [terminal, file].map((screen) => openProgress(10, screen, () => now));

  now = 900;
  progresses[0]?.show({ sent: 5, queued: 0, failed: 0 });
  now = 5_000;
  progresses[1]?.show({ sent: 5, queued: 0, failed: 0 });
  for (const progress of progresses) progress.end();

  expect([...terminal.written, ...file.written]).toEqual([]);
});

test('the line is written over a few times a second, fits the terminal, and is gone at the end', () => {
  const screen = openScreen(true, 40);
  let now = 0;
  const progress = openProgress(1_000, screen, () => now);

  for (now = 1_000; now < 2_000; now += 10) progress.show({ sent: now - 900, queued: 0, failed: 0 });
  progress.end();

  expect(screen.written).toHaveLength(6);
  expect(screen.written.every((text) => text.replace('\r\u001b[2K', '').length < 40)).toBe(true);
  expect(screen.written.at(-1)).toBe('\r\u001b[2K');
});

test('notices that come while it runs do not make more than all', () => {
  const screen = openScreen(true);
  let now = 0;
  const progress = openProgress(10, screen, () => now);

  now = 2_000;
  progress.show({ sent: 12, queued: 0, failed: 0 });

  expect(screen.written[0]).toContain('12 of 12 notices, 6 a second, 0 s left');
});
