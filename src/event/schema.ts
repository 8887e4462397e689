// events -> JSON Schema of what webhooks are sent: `{ type, timestamp, data }`, one schema for each type. Pure.

import * as z from 'zod';
import { EVENT_TYPES, type EventData, type EventType } from './event.ts';
import type { HeldRound } from './quarantine.ts';
import {
  ChangeSchema,
  count,
  DrawBriefSchema,
  DrawSchema,
  DrawTypeSchema,
  HeldRoundSchema,
  instant,
  RecordSchema,
  SourceIdSchema,
  TroubleSchema,
  text,
} from './schema-parts.ts';

/** `data` as it is posted: of rounds that are kept apart, nothing that was read is passed on. */
export type PostedData = Omit<EventData, 'source.quarantined'> & {
  'source.quarantined': Omit<EventData['source.quarantined'], 'rounds'> & {
    rounds: Omit<HeldRound, 'status' | 'draw'>[];
  };
};

const previous = DrawBriefSchema;
const drawType = DrawTypeSchema;
const source = SourceIdSchema;
const telling = z
  .int()
  .min(1)
  .meta({ description: '1 for the first time it is told, then one more each day.' });

/** What is special about a draw: the fields of its own event, and of an entry of `special`. */
const SPECIALS = {
  'draw_type.new': { drawType },
  'draw_type.returned': {
    drawType,
    previous,
    dormantDays: count('Days since the last draw of this type.'),
    drawsBetween: count('Draws of other types since then.'),
  },
  'category.revised': {
    drawType,
    version: text('The version of the category that this draw is the first of.'),
    previousVersion: text('The version before.'),
    previous,
  },
  'record.set': { drawType, record: RecordSchema, value: count('A score, or invitations.'), previous },
};

const special = z.discriminatedUnion('type', [
  z.object({ type: z.literal('draw_type.new'), ...SPECIALS['draw_type.new'] }),
  z.object({ type: z.literal('draw_type.returned'), ...SPECIALS['draw_type.returned'] }),
  z.object({ type: z.literal('category.revised'), ...SPECIALS['category.revised'] }),
  z.object({ type: z.literal('record.set'), ...SPECIALS['record.set'] }),
]);

const draw = DrawSchema;

/** What `data` holds, by type. A type without an entry, or with one of another form, does not compile. */
export const DATA = {
  'draw.published': z.object({
    draw,
    special: z
      .array(special)
      .meta({ description: 'What is special about it; each is an event of its own too.' }),
  }),
  'draw.corrected': z.object({
    draw: draw.meta({ description: 'The draw as it is now.' }),
    changes: z.array(ChangeSchema),
  }),
  'draw.withdrawn': z.object({
    draw: draw.meta({ description: 'The draw as it was published.' }),
    missingSince: instant('The first look at which the page did not list it any more.'),
  }),
  'draw_type.new': z.object({ draw, ...SPECIALS['draw_type.new'] }),
  'draw_type.returned': z.object({ draw, ...SPECIALS['draw_type.returned'] }),
  'category.revised': z.object({ draw, ...SPECIALS['category.revised'] }),
  'record.set': z.object({ draw, ...SPECIALS['record.set'] }),
  'source.failing': z.object({
    source,
    since: instant('The first of the failures in a row.'),
    failures: count('In a row.'),
    trouble: TroubleSchema,
    reason: text('The last failure, in words.'),
    lastSuccessAt: instant('When it was last read; `null` for never.').nullable(),
    telling,
  }),
  'source.recovered': z.object({
    source,
    from: z.enum(['failing', 'quiet']).meta({ description: 'What is over.' }),
    since: instant('When that had begun.'),
  }),
  'source.quiet': z.object({
    source,
    since: instant('Since when it is quiet for too long.'),
    last: DrawBriefSchema,
    quietDays: count('Days since the last draw.'),
    longestDays: count('Days of the longest pause in the two years before.'),
    telling,
  }),
  'source.quarantined': z.object({
    source,
    count: count('Rounds that are newly kept apart.'),
    rounds: z
      .array(HeldRoundSchema)
      .meta({ description: 'The first of them, as many as there is room for.' }),
  }),
  'source.moved': z.object({
    source,
    from: text('The address of its document until now.'),
    to: text('The address at which it was found.'),
  }),
  'endpoint.disabled': z.object({
    endpoint: text('Its id, `ep_...`.'),
    reason: z.enum(['gone', 'failing']).meta({ description: 'It answered 410, or failed for five days.' }),
    since: instant('The first of the failures in a row.'),
    detail: text('How the last attempt ended.'),
  }),
  'mail.stopped': z.object({
    since: instant('When it stopped.'),
    cause: z
      .enum(['policy', 'unreachable'])
      .meta({ description: 'The mail server refuses us, or is out of reach.' }),
    reason: text('How the last attempt ended.'),
    retryAt: instant('When it is tried again.'),
  }),
  'mail.resumed': z.object({ since: instant('When it had stopped.') }),
} satisfies { [Type in EventType]: z.ZodType<PostedData[Type]> };

/** What the document is called. */
const ABOUT =
  'What drawbell posts to webhooks of kind `standard`. Fields may be added, so ignore those you do not know. Instants are RFC 3339, days YYYY-MM-DD.';

const ABOUT_TYPE: Record<EventType, string> = {
  'draw.published': 'A new draw.',
  'draw.corrected': 'Its publisher changed a draw that is known.',
  'draw.withdrawn': 'A draw is no longer on the official page.',
  'draw_type.new': 'The first draw of its type.',
  'draw_type.returned': 'The first draw of its type in more than 180 days.',
  'category.revised': 'The first draw under another version of its category.',
  'record.set': 'A draw with the lowest or highest cut-off, or the most invitations, of its type.',
  'source.failing': 'The official page cannot be read.',
  'source.recovered': 'The official page is well again.',
  'source.quiet': 'There was no new draw for longer than ever in two years.',
  'source.quarantined': 'Rounds that cannot be believed were kept apart.',
  'source.moved': 'The document was found at another address.',
  'endpoint.disabled': 'An endpoint is sent nothing more.',
  'mail.stopped': 'Mail to readers waits.',
  'mail.resumed': 'Mail to readers goes out again.',
};

/** The schema of a whole body. */
export function bodySchema(type: EventType) {
  return z.object({
    type: z.literal(type),
    timestamp: instant('When the event was detected; the same over all retries.'),
    data: DATA[type],
  });
}

/** JSON Schema 2020-12 of the body of one type of event, or of all of them: each is in `$defs` under its type. */
export function webhookSchema(type?: EventType): unknown {
  if (type !== undefined) return jsonSchema(bodySchema(type), `drawbell: ${type}`, ABOUT_TYPE[type]);
  const bodies = EVENT_TYPES.map((each) =>
    bodySchema(each).meta({ id: each, description: ABOUT_TYPE[each] }),
  );
  return jsonSchema(z.union(bodies), 'drawbell: webhook bodies', ABOUT);
}

function jsonSchema(schema: z.ZodType, title: string, description: string): unknown {
  // As what is taken, not what is made: a field that is added later must not make a body invalid.
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return { $schema, title, description, ...rest };
}
