// words -> the plain-text part of a message, of the same worth as the HTML part.

import { LANGUAGES } from './languages.ts';
import type { Line, Message, Section } from './message.ts';
import type { MailWords } from './words.ts';

/** Lines are as long as they are: the first must hold the whole answer, and mail programs wrap. */
export function plainText(message: Message): string {
  const { heading, lines } = message.about;
  const { pair } = LANGUAGES[message.locale].mail;
  return `${[message.lead, ...message.sections.map((section) => plainSection(section, pair)), block(heading, plainLines(lines, pair))].join('\n\n')}\n`;
}

function plainSection(section: Section, pair: MailWords['pair']): string {
  switch (section.kind) {
    case 'lines':
      return block(section.heading, plainLines(section.lines, pair));
    case 'rows':
      return block(
        section.heading,
        section.rows.map(([label, value]) => pair(label, value)),
      );
    case 'link':
    case 'button':
      return `${section.text}\n${section.href}`;
  }
}

function block(heading: string, lines: readonly string[]): string {
  return [heading.toUpperCase(), ...lines.map((line) => `- ${line}`)].join('\n');
}

/** A mailto: link's text already says where to write and what. */
function plainLines(lines: readonly Line[], pair: MailWords['pair']): string[] {
  return lines.map((line) => {
    if (typeof line === 'string') return line;
    return line.href.startsWith('mailto:') ? line.text : pair(line.text, line.href);
  });
}
