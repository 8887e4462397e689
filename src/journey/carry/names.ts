// Recipients -> keyed hashes: the names that a state has for those whom nobody else is to know.

import type { Outcome } from '../../match/verdict.ts';
import type { Seal } from '../../store/seal.ts';
import { addressOf } from '../../store/suppressions.ts';

/** The likeliest first. */
const OUTCOMES = ['invited', 'cannot-tell', 'not-invited'] as const satisfies readonly Outcome[];

/** How many digits make a name that no other recipient of an installation has. */
const KEY_LENGTH = 24;

/** The opaque name of a reader where there is no database to keep a random one. */
export function readerKey(seal: Seal, email: string): string {
  return seal.of('reader', addressOf(email)).slice(0, KEY_LENGTH);
}

/** The same of an endpoint. */
export function endpointId(seal: Seal, url: string): string {
  return `ep_${seal.of('endpoint', url).slice(0, KEY_LENGTH)}`;
}

/** A recipient as the hashes of the ledger are made of it: `email:<address>`, `webhook:<url>` or this. */
export const OPERATOR = 'operator';

export function nameOfReader(address: string): string {
  return `email:${address}`;
}

/** Where several endpoints have the same address, the first of them has it to itself; `nth`: 0 for the first. */
export function nameOfEndpoint(url: string, nth: number): string {
  return nth === 0 ? `webhook:${url}` : `webhook:${url} ${nth + 1}`;
}

/** The hashes; those of the ledger are made once for as long as their seal is in use: a run writes it down several times. */
export interface Names {
  seal: Seal;
  /** Of a line of the ledger. */
  to(event: string, recipient: string): string;
  outcome(event: string, recipient: string, outcome: Outcome): string;
  /** Which outcome it is; `null`: none of them. */
  findOutcome(event: string, recipient: string, hash: string): Outcome | null;
  suppressed(address: string): string;
  reminded(address: string): string;
  /** Of the address that a source was asked at. */
  asked(url: string): string;
}

const opened = new WeakMap<Seal, Names>();

export function namesBy(seal: Seal): Names {
  const known = opened.get(seal) ?? openNames(seal);
  opened.set(seal, known);
  return known;
}

function openNames(seal: Seal): Names {
  const to = remembering((event, recipient) => seal.of('to', event, recipient));
  const outcomes = Object.fromEntries(
    OUTCOMES.map((one) => [
      one,
      remembering((event, recipient) => seal.of('outcome', event, recipient, one)),
    ]),
  ) as Record<Outcome, (event: string, recipient: string) => string>;
  return {
    seal,
    to,
    outcome: (event, recipient, outcome) => outcomes[outcome](event, recipient),
    findOutcome: (event, recipient, hash) =>
      OUTCOMES.find((one) => outcomes[one](event, recipient) === hash) ?? null,
    suppressed: (address) => seal.of('suppressed', address),
    reminded: (address) => seal.of('reminded', address),
    asked: (url) => seal.of('asked', url),
  };
}

/** Of each event and recipient what was made of them the first time. */
function remembering(make: (event: string, recipient: string) => string) {
  const made = new Map<string, Map<string, string>>();
  return (event: string, recipient: string): string => {
    let ofEvent = made.get(event);
    if (!ofEvent) {
      ofEvent = new Map();
      made.set(event, ofEvent);
    }
    let hash = ofEvent.get(recipient);
    if (hash === undefined) {
      hash = make(event, recipient);
      ofEvent.set(recipient, hash);
    }
    return hash;
  };
}
