// events -> a message for a Teams workflow that posts what it is sent: one Adaptive Card.

import type { Telling, Tone } from '../text/telling.ts';
import { fitting, jsonBytes } from './fit.ts';
import { escapeMarkdown } from './markdown.ts';

/** Bytes; the whole must stay below 28 KB. */
const TITLE = 1_000;
const SUMMARY = 6_000;
const NAME = 200;
const VALUE = 700;
const NOTES = 1_000;
const FACTS = 16;

const COLOURS: Record<Tone, string> = {
  news: 'accent',
  correction: 'warning',
  trouble: 'attention',
  well: 'good',
};

/** The JSON that a workflow takes for a telling. */
export function teamsBody({ locale, tone, title, summary, facts, link, page, notes }: Telling): string {
  const rows = facts
    .slice(0, FACTS)
    .map(([name, value]) => ({ title: escaped(name, NAME), value: escaped(value, VALUE) }));
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    lang: locale,
    msteams: { width: 'Full' },
    body: [
      textBlock(escaped(title, TITLE), { size: 'large', weight: 'bolder', color: COLOURS[tone] }),
      ...(summary === null ? [] : [textBlock(escaped(summary, SUMMARY))]),
      ...(rows.length === 0 ? [] : [{ type: 'FactSet', facts: rows }]),
      ...(notes.length === 0
        ? []
        : [textBlock(escaped(notes.join(' '), NOTES), { size: 'small', isSubtle: true })]),
    ],
    actions: [link, page].flatMap((to) =>
      to === null ? [] : [{ type: 'Action.OpenUrl', title: to.text, url: to.href }],
    ),
  };
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content };
  return JSON.stringify({ type: 'message', attachments: [attachment] });
}

function textBlock(text: string, look: Record<string, string | boolean> = {}) {
  return { type: 'TextBlock', text, wrap: true, ...look };
}

function escaped(text: string, limit: number): string {
  return fitting(text, { limit, encode: escapeMarkdown, measure: jsonBytes });
}
