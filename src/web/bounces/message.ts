// What comes through a door for bounces, and what it turns out to be.

import { parse } from '../api/body.ts';
import type { Report } from './report.ts';

/** A message as it came. */
export interface Message {
  bytes: Uint8Array<ArrayBuffer>;
  /** `undefined`: there is none of this name. */
  header(name: string): string | undefined;
  now: Date;
}

/** What it says; or why it is not listened to. */
export type Reading =
  | { reports: readonly Report[] /** When all of them are recorded. */; done?(): void; refusal?: never }
  | { reports?: never; refusal: Refusal };

export interface Refusal {
  status: 400 | 401 | 403 | 503;
  /** Nothing of the message is in it. */
  why: string;
  /** Whether the operator is to know: not of what anybody could send. */
  tell: boolean;
}

/** Reads what a provider sends. */
export type ReadMessage = (message: Message) => Reading | Promise<Reading>;

/** Nothing that concerns us. */
export const NOTHING: Reading = { reports: [] };

/** It does not come from where it says, or not now. */
export function refuse(why: string, status: Refusal['status'] = 403): Reading {
  return { refusal: { status, why, tell: true } };
}

/** It is no such message; `tell`: although it comes from where it says. */
export function malformed(tell: boolean): Reading {
  return { refusal: { status: 400, why: 'this is not understood', tell } };
}

/** `undefined`: no JSON in UTF-8. */
export function jsonOf({ bytes }: Pick<Message, 'bytes'>): unknown {
  return parse(bytes);
}
