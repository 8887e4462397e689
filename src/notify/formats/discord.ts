// events -> a message for a Discord webhook: one embed, and nobody is pinged.

import type { Telling, Tone } from '../text/telling.ts';
import { fitting } from './fit.ts';
import { escapeMarkdown, markdownLink } from './markdown.ts';

/** Discord's limits are 256 for a title and a field's name, 4,096, 1,024 for a value, 2,048 for a footer. Characters. */
const TITLE = 256;
const DESCRIPTION = 3_000;
const NAME = 100;
const VALUE = 1_024;
const FOOTER = 500;
const FIELDS = 25;
/** A value that is longer than this has the line for itself. Characters. */
const SHORT = 60;
/** Of all texts of an embed together. */
const TOTAL = 6_000;

const COLOURS: Record<Tone, number> = {
  news: 0x1f6feb,
  correction: 0xd29922,
  trouble: 0xcf222e,
  well: 0x2da44e,
};

/** The JSON that Discord takes for a telling; `at` is when the event was detected, RFC 3339. */
export function discordBody(telling: Telling, at: string): string {
  const { tone, link, page, facts } = telling;
  const title = escaped(telling.title, TITLE);
  const sentences = telling.summary === null ? [] : [escaped(telling.summary, DESCRIPTION)];
  // The title leads to the official page.
  const lines = [...sentences, ...(page === null ? [] : [markdownLink(page)])];
  const description = lines.length === 0 ? null : lines.join('\n\n');
  // No Markdown is read in a footer.
  const footer = fitting(telling.notes.join(' '), { limit: FOOTER });
  let left = TOTAL - title.length - (description?.length ?? 0) - footer.length;
  const fields: { name: string; value: string; inline: boolean }[] = [];
  for (const [name, value] of facts.slice(0, FIELDS)) {
    const field = {
      name: escaped(name, NAME),
      value: escaped(value, VALUE),
      inline: value.length <= SHORT,
    };
    left -= field.name.length + field.value.length;
    if (left < 0) break;
    fields.push(field);
  }
  return JSON.stringify({
    embeds: [
      {
        title,
        ...(link === null ? {} : { url: link.href }),
        ...(description === null ? {} : { description }),
        color: COLOURS[tone],
        fields,
        ...(footer === '' ? {} : { footer: { text: footer } }),
        timestamp: at,
      },
    ],
    allowed_mentions: { parse: [] },
  });
}

function escaped(text: string, limit: number): string {
  return fitting(text, { limit, encode: escapeMarkdown });
}
