// A subscribers file: its entries, as they are imported and exported.

import * as z from 'zod';
import { instantMs } from '../../draw/calendar.ts';
import { repeated } from '../../errors.ts';
import { Consent, entryError, type Present, possible, Subscription } from '../../match/profile.ts';
import { SUPPRESSION_REASONS } from '../../store/schema.ts';
import { addressOf } from '../../store/suppressions.ts';

const SUPPRESSED = 'null, or { reason, detail, since } as it was exported';

/** One entry of a subscribers file. What `export` adds of what becomes of somebody is taken back as well. */
const Entry = z.strictObject(
  {
    ...Subscription.shape,
    consent: Consent.optional(),
    /** Nothing is sent to them for a while. Left out: as they want it here. */
    paused: z.literal(true, { error: 'true, or left out' }).optional(),
    /** Who was to get nothing there gets nothing here. */
    suppressed: z
      .strictObject(
        {
          reason: z.enum(SUPPRESSION_REASONS, { error: SUPPRESSED }),
          detail: z.string({ error: SUPPRESSED }).nullable(),
          since: z
            .string({ error: SUPPRESSED })
            .refine((text) => instantMs(text) !== null, { error: SUPPRESSED }),
        },
        { error: SUPPRESSED },
      )
      .nullish(),
    /** What was sent from there is of no use here. */
    sent: z.array(z.unknown(), { error: 'a list as it was exported' }).optional(),
    kept: z.unknown().optional(),
  },
  { error: entryError },
);
export type Entry = z.infer<typeof Entry>;

/** A list of entries, each address once (told together with every other fault). */
export function subscribersFile(present: Present) {
  return z.array(possible(Entry, present), { error: 'a list of subscribers' }).superRefine(
    (value, context) => {
      // Entries with faults of their own are here too, in whatever shape they came.
      const nameOf = (entry: Partial<Subscription> | null) =>
        typeof entry?.email === 'string' ? addressOf(entry.email) : null;
      for (const { index, first } of repeated(value, nameOf)) {
        const message = `each address once (entry [${first.index}] has it too)`;
        context.addIssue({ code: 'custom', path: [index, 'email'], message });
      }
    },
    { when: ({ value }) => Array.isArray(value) },
  );
}
