// Amazon SES: what it publishes of bounces and complaints, by the older and the newer way. Transient ones are ignored.

import * as z from 'zod';
import { jsonOf, malformed, NOTHING, type Reading } from './message.ts';
import { type Report, toldBy } from './report.ts';

const NAME = 'Amazon SES';

const Bounce = z.object({
  bounceType: z.string(),
  bounceSubType: z.string().nullish(),
  bouncedRecipients: z.array(z.object({ emailAddress: z.string(), status: z.string().nullish() })),
});

const Complaint = z.object({
  complainedRecipients: z.array(z.object({ emailAddress: z.string() })),
  complaintFeedbackType: z.string().nullish(),
});

/** `eventType` where it comes from a configuration set, else `notificationType`. */
const Published = z.object({
  eventType: z.string().optional(),
  notificationType: z.string().optional(),
  bounce: z.unknown().optional(),
  complaint: z.unknown().optional(),
});

/** The text of a notification whose signature is right. */
export function readSes(text: string): Reading {
  // It also says, in a sentence, that it was set up.
  const published = Published.safeParse(jsonOf({ bytes: Buffer.from(text) }));
  if (!published.success) return NOTHING;
  const { eventType, notificationType, bounce, complaint } = published.data;
  const type = eventType ?? notificationType;
  if (type === 'Bounce') return reportsOf(Bounce.safeParse(bounce).data, ofBounce);
  if (type === 'Complaint') return reportsOf(Complaint.safeParse(complaint).data, ofComplaint);
  return NOTHING;
}

function reportsOf<Of>(of: Of | undefined, read: (of: Of) => Report[]): Reading {
  return of === undefined ? malformed(true) : { reports: read(of) };
}

function ofBounce({ bounceType, bounceSubType, bouncedRecipients }: z.output<typeof Bounce>): Report[] {
  if (bounceType !== 'Permanent') return [];
  const reason = bounceSubType === 'UnsubscribedRecipient' ? 'unsubscribed' : 'bounced';
  return bouncedRecipients.map(({ emailAddress: email, status }) => {
    return { email, reason, detail: toldBy(NAME, [bounceSubType, status]) };
  });
}

function ofComplaint({ complaintFeedbackType, complainedRecipients }: z.output<typeof Complaint>): Report[] {
  // Of a mail that was taken for one by mistake.
  if (complaintFeedbackType === 'not-spam') return [];
  return complainedRecipients.map(({ emailAddress: email }) => {
    return { email, reason: 'complained', detail: toldBy(NAME, [complaintFeedbackType]) };
  });
}
