// What a job says to its runner.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRunner } from '../../src/job/runner.ts';
import { makeFolder } from '../support/store.ts';

function openTestRunner() {
  const folder = makeFolder();
  const files = { outputs: path.join(folder, 'outputs'), summary: path.join(folder, 'summary') };
  const lines: string[] = [];
  const runner = openRunner(files, (text) => lines.push(text));
  return { runner, lines, read: (name: keyof typeof files) => readFileSync(files[name], 'utf8') };
}

describe('annotations', () => {
  it('are commands of the runner, one line each', () => {
    const { runner, lines } = openTestRunner();

    runner.error('two\nlines');
    runner.warning('100 % sure');
    runner.notice('well');

    expect(lines).toEqual([
      '::error title=drawbell::two%0Alines\n',
      '::warning title=drawbell::100 %25 sure\n',
      '::notice title=drawbell::well\n',
    ]);
  });

  it('have neither addresses nor secrets of a URL in them', () => {
    const { runner, lines } = openTestRunner();

    runner.error('550 no such user amina@example.org at smtp://bell:hunter2@mail.example.org/?key=hunter3');

    expect(lines.join('')).not.toMatch(/amina|hunter/);
  });

  it.each(['a\r\n::set-output name=x::y', 'a\u2028::error::y', 'a\u0085::stop-commands::y', 'a\u001b[2J'])(
    'cannot be ended by what is in them: %o',
    (text) => {
      const { runner, lines } = openTestRunner();

      runner.warning(text);
      runner.info(text);

      const written = lines.join('').split(/\r\n|[\n\r\u2028\u2029\u0085]/);
      expect(written.filter((line) => /^\s*::/.test(line))).toEqual([written[0]]);
      expect(written.join('')).not.toContain('\u001b');
    },
  );
});

describe('a line of the log', () => {
  it.each(['##[error]x', 'a draw ##[set-output name=changed]x', 'x ###[add-mask]2'])(
    'has no command of former runners in it, which they take from anywhere: %o',
    (text) => {
      const { runner, lines } = openTestRunner();

      runner.info(text);

      expect(lines.join('')).not.toContain('##[');
    },
  );

  it.each(['::error::x', '  ::add-mask::x', '##[error]x'])('that a page wrote is no command: %o', (text) => {
    const { runner, lines } = openTestRunner();

    runner.info(text);

    expect(lines.join('')).not.toMatch(/^\s*(::|##\[)/m);
  });
});

describe('outputs', () => {
  it('hold any text, as the runner reads them', () => {
    const { runner, read } = openTestRunner();

    runner.output('events', '[]');
    runner.output('summary', 'one\nsummary<<EOF\nchanged=true\nEOF');

    const text = read('outputs');
    const [, end] = /^summary<<(\S+)$/m.exec(text) ?? [];
    expect(text).toMatch(/^events<<(\S+)\n\[\]\n\1\n/);
    expect(text.endsWith(`summary<<${end}\none\nsummary<<EOF\nchanged=true\nEOF\n${end}\n`)).toBe(true);
  });

  it('end where nobody can know', () => {
    const ends = [1, 2].map(() => {
      const { runner, read } = openTestRunner();
      runner.output('a', 'b');
      return /<<(\S+)/.exec(read('outputs'))?.[1];
    });

    expect(ends[0]).not.toBe(ends[1]);
    expect(ends[0]?.length).toBeGreaterThan(30);
  });

  it('go nowhere where there is no runner', () => {
    const runner = openRunner({ outputs: null, summary: null }, () => undefined);

    expect(() => {
      runner.output('a', 'b');
      runner.summary('text');
    }).not.toThrow();
  });
});

it('the summary is added to what is there', () => {
  const { runner, read } = openTestRunner();

  runner.summary('# One');
  runner.summary('# Two');

  expect(read('summary')).toBe('# One\n# Two\n');
});
