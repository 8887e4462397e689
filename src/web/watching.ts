// status -> what visitors are told of it: whether somebody looks, and when that last went well.

import type { SourceState, SourceStatus, Status } from '../journey/status.ts';
import type { Watch } from './pages/watch.ts';

/** Of several sources the worst is told. */
const WORST: Record<SourceState, number> = { failing: 0, never: 1, quiet: 2, well: 3 };

export function watchOf({ watch, sources }: Status): Watch {
  const [worst] = [...sources].sort(
    (a, b) => WORST[a.state] - WORST[b.state] || seen(a).localeCompare(seen(b)),
  );
  return {
    running: watch.running,
    state: worst?.state ?? 'never',
    seenAt: worst?.lastSuccessAt ?? null,
    failingSince: worst?.failingSince ?? null,
    nextLookAt: worst?.nextLookAt ?? null,
  };
}

function seen({ lastSuccessAt }: SourceStatus): string {
  return lastSuccessAt ?? '';
}
