// events -> a message for a Slack incoming webhook: blocks, and a line for where blocks are not shown.

import type { Row } from '../text/message.ts';
import type { Telling } from '../text/telling.ts';
import { fitting } from './fit.ts';

/** Slack's limits are 150 for a header, 3,000 for a text, 2,000 for a field and 10 fields in a section. Characters. */
const HEADER = 150;
const TEXT = 3_000;
const NAME = 200;
const VALUE = 1_700;
const FIELDS = 10;
/** The line of a notification. */
const FALLBACK = 500;
/** Of 50 blocks a message may have. */
const SECTIONS = 4;

/** The JSON that Slack takes for a telling: no mention and no markup of a publisher's text works in it. */
export function slackBody({ title, summary, facts, link, page, notes }: Telling): string {
  const sections = inGroups(facts, FIELDS).slice(0, SECTIONS);
  const context = notes.join(' ');
  return JSON.stringify({
    text: escaped(title, FALLBACK),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      // Nothing but plain text is allowed there, and it is read with the same escapes.
      { type: 'header', text: { type: 'plain_text', text: escaped(title, HEADER), emoji: false } },
      ...(summary === null ? [] : [{ type: 'section', text: mrkdwn(escaped(summary, TEXT)) }]),
      ...sections.map((rows) => ({ type: 'section', fields: rows.map(field) })),
      ...(link === null ? [] : [{ type: 'section', text: mrkdwn(linkText(link)) }]),
      ...(page === null ? [] : [{ type: 'section', text: mrkdwn(linkText(page)) }]),
      ...(context === '' ? [] : [{ type: 'context', elements: [mrkdwn(escaped(context, TEXT))] }]),
    ],
  });
}

function field([name, value]: Row) {
  return mrkdwn(`*${escaped(name, NAME).replaceAll('*', '∗')}*\n${escaped(value, VALUE)}`);
}

/** `verbatim`: names of channels and addresses in it are not made into links. */
function mrkdwn(text: string) {
  return { type: 'mrkdwn', text, verbatim: true };
}

function linkText({ text, href }: { text: string; href: string }): string {
  return `<${escapeSlack(href).replaceAll('|', '%7C')}|${escaped(text, NAME)}>`;
}

function escaped(text: string, limit: number): string {
  return fitting(text, { limit, encode: escapeSlack });
}

/** The three characters that Slack gives a meaning of their own. */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  const groups: Item[][] = [];
  for (let start = 0; start < items.length; start += size) groups.push(items.slice(start, start + size));
  return groups;
}
