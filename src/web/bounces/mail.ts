// Any other mail server: what a program beside it says, signed as Standard Webhooks are.

import * as z from 'zod';
import { jsonOf, malformed, type ReadMessage, refuse } from './message.ts';
import { cleanDetail } from './report.ts';

const Told = z.object({
  type: z.enum(['bounced', 'complained', 'unsubscribed']),
  email: z.email().max(254),
  /** What the mail server said. */
  detail: z.string().nullish(),
});

const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

/** @param secret `whsec_` and base64 */
export function openMail(secret: string): ReadMessage {
  return async (message) => {
    const { Webhook } = await import('standardwebhooks');
    const headers = Object.fromEntries(HEADERS.map((name) => [name, message.header(name) ?? '']));
    try {
      // The stamp is held against the real time, within five minutes.
      new Webhook(secret).verify(Buffer.from(message.bytes), headers, { jsonParse: false });
    } catch {
      return refuse('its signature is wrong, or too old');
    }
    const told = Told.safeParse(jsonOf(message)).data;
    if (!told) return malformed(true);
    const { type: reason, email, detail } = told;
    return { reports: [{ email, reason, detail: detail ? cleanDetail(detail, email) : null }] };
  };
}
