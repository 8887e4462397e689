// How the watch is doing, in a line for visitors. Pure.

import { html } from 'hono/html';
import { instantMs } from '../../draw/calendar.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { View } from '../site.ts';
import { HOME_WORDS } from '../text/home.ts';
import type { Html } from './frame.ts';

/** Instants are RFC 3339. */
export interface Watch {
  /** Whether anybody stays and looks. */
  running: boolean;
  state: 'never' | 'well' | 'quiet' | 'failing';
  /** The last look at which the draws could be read; `null`: none. */
  seenAt: string | null;
  failingSince: string | null;
  /** When the next look is due. */
  nextLookAt: string | null;
}

/** `care`: not all is well, or nobody knows. */
export interface WatchLine {
  tone: 'well' | 'care';
  text: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A look that comes so much later than it was due is late, in milliseconds. */
const LATE = 10 * MINUTE;
/** Whoever looks from time to time does so at least as often, in milliseconds. */
const NOW_AND_THEN = HOUR;

/** `now`: when the page is read, in milliseconds. A page of a static site does not know, and says when it was. */
export function watchLine(view: View, watch: Watch, now: number): WatchLine {
  const { watch: say } = HOME_WORDS[view.locale];
  const { running, state, seenAt, failingSince, nextLookAt } = watch;
  if (state === 'failing' && failingSince !== null)
    return care(
      say.failing(
        LANGUAGES[view.locale].moment(failingSince),
        seenAt === null ? null : ageOf(view, seenAt, now),
      ),
    );
  if (seenAt === null) return care(say.never);
  const looked = ageOf(view, seenAt, now);
  const quiet = state === 'quiet' ? ` ${say.quiet}` : '';
  if (view.site.kind === 'static') return well(say.looked(looked) + quiet);
  if (!running && now - ms(seenAt) > NOW_AND_THEN) return care(say.stopped(looked) + quiet);
  if (!running) return well(say.looked(looked) + quiet);
  if (nextLookAt !== null && now - ms(nextLookAt) > LATE) return care(say.late(looked) + quiet);
  return well(say.watching(looked) + quiet);
}

export function writeWatch({ tone, text }: WatchLine): Html {
  return html`<p class="watch ${tone}" role="status">${text}</p>
`;
}

/** In steps of a minute, so that a page stays the same for as long. A clock that was set back makes nothing younger than now. */
function ageOf({ locale, site }: View, at: string, now: number): string {
  const { age: say } = HOME_WORDS[locale];
  const age = Math.max(0, now - ms(at));
  if (site.kind === 'static' || age >= DAY) return say.on(LANGUAGES[locale].moment(at));
  if (age < MINUTE) return say.justNow;
  return age < HOUR ? say.minutes(Math.floor(age / MINUTE)) : say.hours(Math.floor(age / HOUR));
}

function ms(instant: string): number {
  return instantMs(instant) ?? 0;
}

function well(text: string): WatchLine {
  return { tone: 'well', text };
}

function care(text: string): WatchLine {
  return { tone: 'care', text };
}
