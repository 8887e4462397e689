// The pages with draws to compare a profile with.

import type { Draw } from '../../src/draw/draw.ts';
import type { WebDeps } from '../../src/web/deps.ts';
import type { RawForm } from '../../src/web/profile-form.ts';
import { shippedDraws } from '../draw/history.ts';
import { TODAY } from './check-forms.ts';
import { bodyOf } from './forms.ts';
import { storeDraws } from './history-draws.ts';
import { openWebWorld, type WebWorld } from './world.ts';

export interface CheckWorld extends WebWorld {
  /** Sends a form from these pages to the page in this language, or what a test puts in its place. */
  check(form: RawForm | string, init?: CheckInit): Promise<Response>;
}
export interface CheckInit extends RequestInit {
  locale?: 'en' | 'fr';
}

export async function openCheckWorld(
  draws: readonly Draw[] = shippedDraws(),
  deps: Partial<WebDeps> = {},
): Promise<CheckWorld> {
  const world = await openWebWorld({ now: () => new Date(TODAY), ...deps });
  await storeDraws(world.db, draws);
  return {
    ...world,
    check: async (form, { locale = 'en', ...init } = {}) =>
      world.app.request(`/${locale}/check/`, {
        method: 'POST',
        body: typeof form === 'string' ? new URLSearchParams(form) : bodyOf(Object.fromEntries(form)),
        headers: { 'Sec-Fetch-Site': 'same-origin' },
        ...init,
      }),
  };
}
