// The list of sources. A new source is one file here, one line below, one folder in fixtures/.

import { ircc } from './ircc.ts';
import type { Source } from './source.ts';

export const SOURCES: readonly Source[] = [ircc];
