// a draw -> words: what a language must provide to say whom it was for, how it compares and where a score stands.

import type { Program } from '../../draw/draw.ts';
import type { Category, Occupation } from '../../match/reference.ts';

type CategoryRule = Category['rule'];
type RuleOf<Kind extends CategoryRule['kind']> = Extract<CategoryRule, { kind: Kind }>;

/** A draw beside the last one of its type. */
export interface Comparison {
  days: number;
  previousDay: string;
  /** Now less then, in points; `null` where either was not published. */
  cutoff: number | null;
  invitations: number | null;
}

/** `score` is the reader's; the estimates are rounded. */
export interface StandingFacts {
  score: number;
  atOrAbove: number;
  total: number;
  asOf: string | null;
}

export interface DrawWords {
  /** One sentence each. */
  audience: {
    /** Without a category; `pnp` for nominees. */
    programs(invited: readonly Program[]): string;
    /** Of any of these programmes, and of a category beside. */
    category(invited: readonly Program[]): string;
    rules: {
      [Kind in CategoryRule['kind']]: (rule: RuleOf<Kind>, occupations: readonly Occupation[]) => string;
    };
  };
  comparison(facts: Comparison): string;
  standing: {
    candidates(facts: StandingFacts): string;
    invitationsNeeded(invitations: number): string;
  };
}
