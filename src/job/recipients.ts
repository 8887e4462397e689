// Whom a job tells: two lists that somebody wrote. What reads them is loaded only where there is one.

import type { Entry } from '../cli/subscribers/file.ts';
import type { WebhookEntry } from './webhooks-file.ts';

const WRONG = 'the list cannot be used';
/** Whatever is wrong with them, everybody may read the log: nothing that stands there is shown. */
const HIDDEN = { hidden: true };

/** Throws `InputError` with everything that is wrong. */
export async function readSubscribers(text: string, now: Date): Promise<Entry[]> {
  const [{ checkText }, { subscribersFile }, { readPresent }] = await Promise.all([
    import('../cli/read-file.ts'),
    import('../cli/subscribers/file.ts'),
    import('../cli/profile-options.ts'),
  ]);
  return checkText(text, WRONG, subscribersFile(await readPresent(now)), HIDDEN);
}

/** Throws `InputError` with everything that is wrong. `allowPrivate`: hosts that may be reached although private. */
export async function readWebhooks(text: string, allowPrivate: readonly string[]): Promise<WebhookEntry[]> {
  const [{ checkText }, { webhooksFile }] = await Promise.all([
    import('../cli/read-file.ts'),
    import('./webhooks-file.ts'),
  ]);
  return checkText(text, WRONG, webhooksFile(allowPrivate), HIDDEN);
}
