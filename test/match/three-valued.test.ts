// Kleene's logic: unknown never turns into yes or no.

import { describe, expect, it } from 'vitest';
import { all, any, type Finding, HOLDS } from '../../src/match/three-valued.ts';

const yes: Finding = { holds: true, reasons: [{ code: 'above-cutoff', score: 527, cutoff: 522 }] };
const no: Finding = { holds: false, reasons: [{ code: 'not-nominated', nomineesOnly: true }] };
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
  const otherNo: Finding = { holds: false, reasons: [{ code: 'french-below-nclc7' }] };

  it('are those of all that decided', () => {
    expect(all([yes, unknown, no, otherNo]).reasons).toEqual([...no.reasons, ...otherNo.reasons]);
    expect(all([yes, unknown, yes]).reasons).toEqual(unknown.reasons);
    expect(any([no, yes, unknown]).reasons).toEqual(yes.reasons);
    expect(any([no, unknown]).reasons).toEqual(unknown.reasons);
    expect(any([no, otherNo]).reasons).toEqual([...no.reasons, ...otherNo.reasons]);
  });

  it('are none where nothing was asked', () => {
    expect(all([])).toEqual({ holds: true, reasons: [] });
    expect(any([])).toEqual({ holds: false, reasons: [] });
    expect(all([HOLDS, no]).reasons).toEqual(no.reasons);
  });
});
