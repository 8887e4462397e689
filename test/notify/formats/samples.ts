// Events to write posts of: one of each type, and the same with text in them that means harm.

import type { Event } from '../../../src/event/event.ts';
import { exampleEvents } from '../../../src/event/examples.ts';
import { ENDPOINT_KINDS, type Endpoint, type EndpointKind, type Locale } from '../../../src/match/notice.ts';

export const LOCALES: readonly Locale[] = ['en', 'fr'];
export { ENDPOINT_KINDS };

const URLS: Record<EndpointKind, string> = {
  standard: 'https://team.example.org/hooks/drawbell',
  slack: 'https://hooks.slack.com/services/T000/B000/XXXX',
  discord: 'https://discord.com/api/webhooks/1/XXXX',
  teams:
    'https://example.environment.api.powerplatform.com/workflows/1/triggers/manual/paths/invoke?sig=XXXX',
  ntfy: 'https://ntfy.example.org/draws?auth=XXXX',
};

export function endpoint(kind: EndpointKind, locale: Locale = 'en', url = URLS[kind]): Endpoint {
  return { id: 'ep_1', url, kind, locale, secrets: [] };
}

/** What somebody might put where a publisher, a server or an operator writes. */
const MARKS =
  '\r\n<b>bold</b> \u202eturned\u202c \u0000\u0007\u001b[31m @everyone @here <!channel> <@U123> <#C1> <@&9> || ** __ ~~ ``` [x](http://evil.example) http://evil.example & "q" \\ {{DATE(2020-01-01)}} :smile: \ud800 # 1. - > \u2028end';

export const TEXTS: Readonly<Record<string, string>> = {
  'every mark': MARKS,
  'every mark, 10,000 characters long': MARKS.repeat(100).slice(0, 10_000),
  'nothing but marks that are escaped': '*'.repeat(10_000),
  'ampersands and brackets': '&<>'.repeat(3_334),
  'characters of four bytes': '😀'.repeat(10_000),
  'letters of three bytes': '鐘'.repeat(10_000),
  'control characters': '\u0000\u0001\u001f'.repeat(3_334),
  'half characters': '\ud83d'.repeat(10_000),
  'line starts of lists': '- 1. # > '.repeat(1_200),
  nothing: '',
};

/** Words with a meaning of their own, by which programs decide; the rest is text. */
const FIXED = new Set(['gone', 'failing', 'quiet', 'size', 'policy', 'not-found', 'largest-round', 'crs']);
const TEXT_FIELDS = new Set([
  'id',
  'source',
  'number',
  'label',
  'version',
  'previousVersion',
  'reason',
  'where',
  'expected',
  'found',
  'from',
  'to',
  'endpoint',
  'detail',
  'before',
  'after',
]);

/** Every event with a text in the place of each text in it. */
export function eventsWith(text: string): Event[] {
  return exampleEvents().map((event) => ({ ...event, data: replaceTexts(event.data, text) }) as Event);
}

/** Events with more in their lists than any publisher lists. */
export function endlessEvents(text: string): Event[] {
  return eventsWith(text).map((event) => {
    const data = structuredClone(event.data);
    if ('special' in data) data.special = repeated(data.special);
    if ('changes' in data) data.changes = repeated(data.changes);
    if ('rounds' in data) {
      data.rounds = repeated(data.rounds).map((round) => ({ ...round, faults: repeated(round.faults) }));
    }
    if ('draw' in data && data.draw.pool) data.draw.pool.bands = repeated(data.draw.pool.bands);
    return { ...event, data } as Event;
  });
}

function repeated<Item>(items: readonly Item[]): Item[] {
  return Array.from({ length: 60 }, (_, index) => items[index % items.length] as Item);
}

function replaceTexts(value: unknown, text: string, key = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => replaceTexts(entry, text, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [name, replaceTexts(entry, text, name)]),
    );
  }
  if (typeof value !== 'string' || FIXED.has(value)) return value;
  if (key === 'url') return `https://evil.example/|${text}?q=<!channel>&x=|[x](y)`;
  if (key === 'type' || key === 'drawType') return isSpecial(value) ? value : `other:${text}`;
  return TEXT_FIELDS.has(key) ? text : value;
}

function isSpecial(type: string): boolean {
  return ['draw_type.new', 'draw_type.returned', 'category.revised', 'record.set'].includes(type);
}

/** Every text of a JSON value, wherever it stands. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
