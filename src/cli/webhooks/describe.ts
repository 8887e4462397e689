// An endpoint in words: where it is, what it gets, and how it fares.

import type { EndpointKind } from '../../match/notice.ts';
import type { StoredEndpoint } from '../../store/endpoints.ts';
import type { DisabledWhy } from '../../store/schema.ts';

/** Of the kinds of a service, whoever has the URL can write there: it is the secret. */
export function isUrlSecret(kind: EndpointKind): boolean {
  return kind !== 'standard';
}

/** Enough of a URL to know whose it is: the path may be a secret. */
export function shortUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return pathname === '/' && search === '' ? `${origin}/` : `${origin}/…`;
}

/** An endpoint and how many notices are kept for it, as JSON: no secret in it, nor the path where that is one. */
export function shownEndpoint({ secrets: _, url, ...endpoint }: StoredEndpoint, kept: number) {
  const shown = isUrlSecret(endpoint.kind) ? shortUrl(url) : url;
  return { ...endpoint, kept, url: shown, state: stateOf(endpoint) };
}

/** `everything about cec and french draws`, or `draw.published, of cec and french draws`. */
export function describeWishes({
  events,
  sources,
  drawTypes,
}: Pick<StoredEndpoint, 'events' | 'sources' | 'drawTypes'>): string {
  const draws = drawTypes === null ? 'draws' : `${listed(drawTypes)} draws`;
  const parts = events === null ? [`everything about ${draws}`] : [listed(events)];
  if (events !== null && drawTypes !== null) parts.push(`of ${draws}`);
  if (sources !== null) parts.push(`from ${listed(sources)}`);
  return parts.join(', ');
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** In one word. */
export type EndpointState = 'well' | 'failing' | 'slowed' | 'disabled';

type Fare = Pick<StoredEndpoint, 'disabled' | 'resumeAt' | 'failingSince'>;

/** A disabled one is that whatever else it is, and one that asked to be left alone is not called failing. */
export function stateOf({ disabled, resumeAt, failingSince }: Fare): EndpointState {
  if (disabled !== null) return 'disabled';
  if (resumeAt !== null) return 'slowed';
  return failingSince === null ? 'well' : 'failing';
}

const WHY: Record<DisabledWhy, string> = {
  gone: 'it answered that it is gone',
  failing: 'it failed for five days',
  operator: 'by hand',
  team: 'by its team',
};

/** `disabled since 2024-05-31T16:00:00.000Z: it answered that it is gone`. */
export function describeState({ disabled, resumeAt, failingSince }: Fare): string {
  if (disabled !== null) return `disabled since ${disabled.at}: ${WHY[disabled.why]}`;
  const failing = failingSince === null ? null : `failing since ${failingSince}`;
  const slowed = resumeAt === null ? null : `slowed until ${resumeAt}, as it asked`;
  return [slowed, failing].filter((part) => part !== null).join(', ') || 'well';
}
