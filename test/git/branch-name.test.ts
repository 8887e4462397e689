import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBranchName } from '../../src/git/branch-name.ts';

describe('the name of a branch', () => {
  it.each(['drawbell-state', 'state/draws', 'v1.2', '_', '@', 'é', 'a@b', 'a{b}', 'head', 'a.lock.b'])(
    'may be %s',
    (name) => {
      expect(isBranchName(name)).toBe(true);
      expect(gitTakes(name)).toBe(true);
    },
  );

  it.each([
    ...['', '-', '-f', '--upload-pack=x', 'HEAD', '@{-1}', '.', '..', '.a', 'a/.b', 'a..b', 'a.', 'a/'],
    ...[
      '/a',
      'a//b',
      'a.lock',
      'a.lock/b',
      'a b',
      'a\tb',
      'a\nb',
      'a\u007fb',
      'a~1',
      'a^',
      'a:b',
      'a?',
      'a*',
    ],
    ...['a[b', 'a\\b', 'a@{b'],
  ])('is not %j', (name) => {
    expect(isBranchName(name)).toBe(false);
    expect(gitTakes(name)).toBe(false);
  });

  it('is not longer than the name of a file can be', () => {
    expect(isBranchName('a'.repeat(250))).toBe(true);
    expect(isBranchName('a'.repeat(251))).toBe(false);
    expect(isBranchName('é'.repeat(126))).toBe(false);
    expect(isBranchName('abcdefghi/'.repeat(101).slice(0, -1))).toBe(false);
  });

  it('is what git takes for one', () => {
    const letters = [...'ab./.-@{}~^:?*[\\ \t\u007fé', '.lock', 'HEAD', '..', '//'];
    const names = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 5 });

    fc.assert(
      fc.property(names, (parts) => isBranchName(parts.join('')) === gitTakes(parts.join(''))),
      { numRuns: 300 },
    );
  });
});

/** Outside of any repository, in which `@{-1}` may be one. */
function gitTakes(name: string): boolean {
  const { status } = spawnSync('git', ['check-ref-format', '--branch', name], { cwd: tmpdir() });
  return status === 0;
}
