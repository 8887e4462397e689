// Events: what is worth telling, one type and one shape of data each.

import type { Draw } from '../draw/draw.ts';
import type { DrawType } from '../draw/draw-type.ts';
import type { Trouble } from '../errors.ts';
import type { HeldRound } from './quarantine.ts';

/** Enough of an earlier draw to compare with. */
export type DrawBrief = Pick<Draw, 'id' | 'date' | 'invitations' | 'cutoff'>;

export function briefOf({ id, date, invitations, cutoff }: Draw): DrawBrief {
  return { id, date, invitations, cutoff };
}

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
  | 'tieBreakAt'
  /** Whether the publisher still lists the draw: one that was withdrawn has come back. */
  | 'withdrawn';

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

/** `data` of an event about a draw: the draw as it was when the event was detected, and what is special about it. */
export type DrawEventData = {
  'draw.published': { draw: Draw; special: Special[] };
  'draw.corrected': { draw: Draw; changes: Change[] };
  /** `missingSince`: RFC 3339, the first look at which the source did not list it any more. */
  'draw.withdrawn': { draw: Draw; missingSince: string };
} & { [Type in SpecialType]: { draw: Draw } & Specials[Type] };

/** `data` of an event about a source: for whoever runs drawbell, never for its subscribers. Instants are RFC 3339. */
export interface SourceEventData {
  'source.failing': {
    source: string;
    /** The first of the failures in a row. */
    since: string;
    failures: number;
    trouble: Trouble;
    reason: string;
    lastSuccessAt: string | null;
    /** 1 for the first time it is told, then one more each day. */
    telling: number;
  };
  'source.recovered': { source: string; from: 'failing' | 'quiet'; since: string };
  /** No new draw for longer than ever in the source's last two years. Days. */
  'source.quiet': {
    source: string;
    since: string;
    last: DrawBrief;
    quietDays: number;
    longestDays: number;
    telling: number;
  };
  /** Rounds that are kept apart; at most 20 of them, `count` says how many. */
  'source.quarantined': { source: string; count: number; rounds: Omit<HeldRound, 'status'>[] };
  /** The document was found at another address, by a browser on the page people read. */
  'source.moved': { source: string; from: string; to: string };
}

/** `data` of an event about the telling itself: for whoever runs drawbell. No address, score, secret or URL in it. */
export interface ServiceEventData {
  /** An endpoint is sent nothing any more: it answered that it is gone, or failed for days. */
  'endpoint.disabled': {
    endpoint: string;
    reason: 'gone' | 'failing';
    /** The first of the failures in a row. */
    since: string;
    /** How the last attempt ended. */
    detail: string;
  };
  /** Mail to readers waits: the mail server refuses us as such, or has been out of reach for long. */
  'mail.stopped': {
    since: string;
    cause: 'policy' | 'unreachable';
    reason: string;
    /** When it is tried again. */
    retryAt: string;
  };
  'mail.resumed': { since: string };
}

export type EventData = DrawEventData & SourceEventData & ServiceEventData;
export type EventType = keyof EventData;
export type DrawEventType = keyof DrawEventData;
export type SourceEventType = keyof SourceEventData;
export type ServiceEventType = keyof ServiceEventData;
/** What is for whoever runs drawbell, and for endpoints that ask for it by name. */
export type OperatorEventType = SourceEventType | ServiceEventType;

export const DRAW_EVENT_TYPES = [
  'draw.published',
  'draw.corrected',
  'draw.withdrawn',
  'draw_type.new',
  'draw_type.returned',
  'category.revised',
  'record.set',
] as const satisfies readonly DrawEventType[];

export const SOURCE_EVENT_TYPES = [
  'source.failing',
  'source.recovered',
  'source.quiet',
  'source.quarantined',
  'source.moved',
] as const satisfies readonly SourceEventType[];

export const SERVICE_EVENT_TYPES = [
  'endpoint.disabled',
  'mail.stopped',
  'mail.resumed',
] as const satisfies readonly ServiceEventType[];

export const OPERATOR_EVENT_TYPES = [...SOURCE_EVENT_TYPES, ...SERVICE_EVENT_TYPES] as const;
export const EVENT_TYPES = [...DRAW_EVENT_TYPES, ...OPERATOR_EVENT_TYPES] as const;

/** What stands as the source of an event about the telling itself. */
export const SERVICE = 'drawbell';

export interface EventOf<Type extends EventType> {
  /** The same for the same happening, however often it is detected: `draw_type.returned/ircc:297`. */
  id: string;
  type: Type;
  /** A source's id, or `SERVICE`. */
  source: string;
  /** The draw's id; `null` for what is not about a draw. */
  draw: Type extends DrawEventType ? string : null;
  /** RFC 3339: when it was detected; for a baseline, when the draw was held. */
  at: string;
  /** False for what is listed but announced to nobody: a baseline, or a round too old to be news. */
  told: boolean;
  data: EventData[Type];
}

export type Event = { [Type in EventType]: EventOf<Type> }[EventType];
export type DrawEvent = { [Type in DrawEventType]: EventOf<Type> }[DrawEventType];
export type SourceEvent = { [Type in SourceEventType]: EventOf<Type> }[SourceEventType];
export type OperatorEvent = { [Type in OperatorEventType]: EventOf<Type> }[OperatorEventType];

export function isOperatorEvent(event: Event): event is OperatorEvent {
  return (OPERATOR_EVENT_TYPES as readonly string[]).includes(event.type);
}

/** `name` makes the id the same however often the same thing is found. */
export function makeOperatorEvent<Type extends OperatorEventType>(
  type: Type,
  name: string,
  source: string,
  at: string,
  data: EventOf<Type>['data'],
): Extract<OperatorEvent, { type: Type }> {
  // One type with its own data, which the compiler cannot follow through the parameter.
  const event = { id: `${type}/${name}`, type, source, draw: null, at, told: true, data };
  return event as unknown as Extract<OperatorEvent, { type: Type }>;
}
