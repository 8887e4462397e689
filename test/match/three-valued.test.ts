// Kleene's logic: unknown never turns into yes or no.

import { describe, expect, it } from 'vitest';
import { all, any, type Finding } from '../../src/match/three-valued.ts';

const yes: Finding = { holds: true, reasons: [{ code: 'above-cutoff' }] };
const no: Finding = { holds: false, reasons: [{ code: 'not-nominated' }] };
const unknown: Finding = { holds: null, reasons: [{ code: 'score-unknown', missing: 'crs' }] };

describe.each([
  ['yes and yes', [yes, yes], true],
  ['yes and no', [yes, no], false],
  ['yes and unknown', [yes, unknown], null],
  ['no and unknown', [no, unknown], false],
  ['unknown and unknown', [unknown, unknown], null],
] as const)('%s', (_, findings, holds) => {
  it(`is ${holds}, whatever the order`, () => {
    expect(all(findings).holds).toBe(holds);
    expect(all([...findings].reverse()).holds).toBe(holds);
  });
});

describe.each([
  ['no or no', [no, no], false],
  ['yes or no', [yes, no], true],
  ['yes or unknown', [yes, unknown], true],
  ['no or unknown', [no, unknown], null],
  ['unknown or unknown', [unknown, unknown], null],
] as const)('%s', (_, findings, holds) => {
  it(`is ${holds}, whatever the order`, () => {
    expect(any(findings).holds).toBe(holds);
    expect(any([...findings].reverse()).holds).toBe(holds);
  });
});

describe('the reasons', () => {
  it('are those that decided, each once', () => {
    expect(all([yes, unknown, no, no]).reasons).toEqual(no.reasons);
    expect(all([yes, unknown, unknown]).reasons).toEqual(unknown.reasons);
    expect(any([no, yes, unknown]).reasons).toEqual(yes.reasons);
    expect(any([no, unknown]).reasons).toEqual(unknown.reasons);
  });
});
