// What a job found out about draws, for people: Markdown, the newest first.

import type { Draw } from '../draw/draw.ts';
import { type Event, type EventOf, isOperatorEvent } from '../event/event.ts';
import { drawNumber } from '../notify/text/describe.ts';
import { en } from '../notify/text/en.ts';
import { type Telling, writeTelling } from '../notify/text/telling.ts';
import { andMore, links, list, plain, plainTitle, table } from './github-markdown.ts';
import type { JobReport } from './report.ts';

/** For all of it, in bytes: the rest must be told, too. */
const ROOM = 35_000;
/** Draws told in full; what is told at all; draws listed that are no news. */
const IN_FULL = 5;
const TOLD = 30;
const LISTED = 20;

/** What happened to draws, the newest first, and then what changed about older ones. */
export function newsOf({ draws, events, siteUrl }: JobReport): string[] {
  const published = publications(events);
  const announced = draws.flatMap(({ id }) => published.get(id) ?? []).filter(({ told }) => told);
  const changed = events.filter(({ type }) => type === 'draw.corrected' || type === 'draw.withdrawn');
  const all = [...announced.reverse(), ...changed.reverse()];
  const blocks = all.slice(0, TOLD).map((event, index) => {
    if (event.type !== 'draw.published') return changeBlock(event, siteUrl);
    return index < IN_FULL ? drawBlock(event, siteUrl) : briefBlock(event, siteUrl);
  });
  return fitting(blocks, all.length);
}

function publications(events: readonly Event[]): Map<string, EventOf<'draw.published'>> {
  return new Map(events.flatMap((event) => (event.type === 'draw.published' ? [[event.draw, event]] : [])));
}

/** Of a draw that nobody is told of. */
function publicationOf(draw: Draw): EventOf<'draw.published'> {
  const { id, source, date } = draw;
  const at = `${date}T00:00:00Z`;
  const data = { draw, special: [] };
  return { id: `draw.published/${id}`, type: 'draw.published', source, draw: id, at, told: false, data };
}

function drawBlock(event: EventOf<'draw.published'>, siteUrl: string | null): string {
  const telling = writeTelling(event, 'en', siteUrl);
  return blocksOf(`## ${titleOf(telling, event.data.draw)}`, telling, [
    table(['The draw', 'as published'], telling.facts),
  ]);
}

function changeBlock(event: Event, siteUrl: string | null): string {
  if (isOperatorEvent(event)) return '';
  const telling = writeTelling(event, 'en', siteUrl);
  const facts = event.type === 'draw.corrected' ? [table(['The draw', 'as it is now'], telling.facts)] : [];
  return blocksOf(`## ${titleOf(telling, event.data.draw)}`, telling, facts);
}

function blocksOf(heading: string, { summary, link, page }: Telling, more: readonly string[]): string {
  const sentences = summary === null ? [] : [plain(summary)];
  const leads = links([page, link]);
  return [heading, ...sentences, ...more, ...(leads === null ? [] : [leads])].join('\n\n');
}

/** The one line that a draw gets where there are many. */
function briefBlock(event: EventOf<'draw.published'>, siteUrl: string | null): string {
  const { draw } = event.data;
  const telling = writeTelling(event, 'en', siteUrl);
  const leads = links([telling.page ?? telling.link]);
  const line = `${plain(en.day(draw.date))}: ${titleOf(telling, draw)}`;
  return leads === null ? line : `${line} (${leads})`;
}

function titleOf({ title }: Telling, draw: Draw): string {
  return plainTitle(title, drawNumber(draw));
}

/** Draws that are known from now on and told to nobody. */
export function silentDraws({ draws, events }: JobReport): string[] {
  const published = publications(events);
  const silent = draws.filter(({ id }) => !published.get(id)?.told).reverse();
  if (silent.length === 0) return [];
  const lines = silent.slice(0, LISTED).map((draw) => briefBlock(publicationOf(draw), null));
  return [
    `### Noted, and told to nobody\n\nNo news any more when ${silent.length === 1 ? 'it was' : 'they were'} first seen.`,
    list([...lines, ...andMore(silent.length - lines.length)]),
  ];
}

/** As much of the news as there is room for; that there is more, of all there is, is said. */
function fitting(news: readonly string[], all: number): string[] {
  const kept: string[] = [];
  let left = ROOM;
  for (const block of news) {
    left -= Buffer.byteLength(block) + 2;
    if (left < 0) break;
    kept.push(block);
  }
  const missing = all - kept.length;
  return missing === 0 ? kept : [...kept, `And ${en.count(missing, 'other change', 'other changes')}.`];
}
