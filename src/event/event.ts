// Events: what is worth telling, one type and one shape of data each.

import type { Draw } from '../draw/draw.ts';
import type { DrawType } from '../draw/draw-type.ts';

/** Enough of an earlier draw to compare with. */
export type DrawBrief = Pick<Draw, 'id' | 'date' | 'invitations' | 'cutoff'>;

/** Instant facts of a draw that its publisher may correct. `type` and `version` follow the label. */
export type CorrectableField =
  | 'date'
  | 'issuedAt'
  | 'label'
  | 'type'
  | 'version'
  | 'programs'
  | 'invitations'
  | 'cutoff'
  | 'tieBreakAt';

export interface Change {
  field: CorrectableField;
  before: unknown;
  after: unknown;
}

export const RECORDS = ['lowest-cutoff', 'highest-cutoff', 'largest-round'] as const;
export type RecordKind = (typeof RECORDS)[number];

/** What is special about a draw, by the type of the event that says so. */
export interface Specials {
  'draw_type.new': { drawType: DrawType };
  /** Days and draws of any type since the last draw of this type. */
  'draw_type.returned': {
    drawType: DrawType;
    previous: DrawBrief;
    dormantDays: number;
    drawsBetween: number;
  };
  /** The first draw under this version; `previous` is the last one under another. */
  'category.revised': {
    drawType: DrawType;
    version: string;
    previousVersion: string;
    previous: DrawBrief;
  };
  /** `previous` held the record until now. */
  'record.set': { drawType: DrawType; record: RecordKind; value: number; previous: DrawBrief };
}
export type SpecialType = keyof Specials;
export type Special = { [Type in SpecialType]: { type: Type } & Specials[Type] }[SpecialType];

/** `data` of each event: the draw as it was when the event was detected, and what is special about it. */
export type EventData = {
  'draw.published': { draw: Draw; special: Special[] };
  'draw.corrected': { draw: Draw; changes: Change[] };
} & { [Type in SpecialType]: { draw: Draw } & Specials[Type] };

export type EventType = keyof EventData;

export const EVENT_TYPES = [
  'draw.published',
  'draw.corrected',
  'draw_type.new',
  'draw_type.returned',
  'category.revised',
  'record.set',
] as const satisfies readonly EventType[];

export interface EventOf<Type extends EventType> {
  /** The same for the same happening, however often it is detected: `draw_type.returned/ircc:297`. */
  id: string;
  type: Type;
  source: string;
  draw: string;
  /** RFC 3339: when it was detected; for a baseline, when the draw was held. */
  at: string;
  /** False for what is listed but announced to nobody: a baseline, or a round too old to be news. */
  told: boolean;
  data: EventData[Type];
}

export type Event = { [Type in EventType]: EventOf<Type> }[EventType];
