// Where a line may break within names that a slash stands between.

import { expect, it } from 'vitest';
import { breakable } from '../../src/web/pages/breakable.ts';

it('lets a line break behind a slash, and nowhere else', () => {
  const text = String(breakable('Constructeurs/constructrices et mécaniciens/mécaniciennes'));

  expect(text).toBe('Constructeurs/<wbr>constructrices et mécaniciens/<wbr>mécaniciennes');
});

it('leaves a name without one as it is, and lets no tag through', () => {
  expect(String(breakable('Santé'))).toBe('Santé');
  expect(String(breakable('<b>a</b>'))).toBe('&lt;b&gt;a&lt;/<wbr>b&gt;');
});
