// reasons and cautions -> words: what a language must provide for them.

import type { CautionCode, Cautions, ReasonCode, Reasons } from '../../match/reason.ts';
import type { GridChange } from '../../match/reference.ts';

export interface ReasonWords {
  /** One sentence each. */
  reasons: { [Code in ReasonCode]: (facts: Reasons[Code]) => string };
  /** One sentence each. */
  cautions: { [Code in CautionCode]: (facts: Cautions[Code]) => string };
  /** What a change of the points grid did, as a part of a sentence. */
  gridChanges: Record<GridChange['what'], string>;
}
