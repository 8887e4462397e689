// words -> the HTML part of a message: a layout rendered once by MJML, then filled reader by reader.

import { LIGHT, layout, type Shape } from './layout.ts';
import { capitalized } from './letters.ts';
import type { Line, Message, Row, Section } from './message.ts';

/** Turns messages into HTML; holds the layouts rendered so far. */
export type HtmlWriter = (message: Message) => string;

/** MJML markup to HTML markup. */
export type RenderMjml = (mjml: string) => string;

/** `inForm`: what the pieces of the HTML are put into, those of a layout once. */
export function createHtmlWriter(
  render: RenderMjml,
  inForm: (html: string) => string = (html) => html,
): HtmlWriter {
  /** Cut at their slots: text and names by turns. There are few shapes, so all are kept. */
  const layouts = new Map<string, string[]>();
  return (message) => {
    const shape: Shape = {
      locale: message.locale,
      outcome: message.outcome,
      numbers: message.numbers.length > 0,
      special: message.special !== null,
      sections: message.sections.map(({ kind }) => kind),
    };
    const key = Object.values(shape).join();
    let cut = layouts.get(key);
    if (cut === undefined) {
      const parts = render(layout(shape)).split(/\{\{([\w.]+)\}\}/);
      cut = parts.map((part, index) => (isText(index) ? inForm(part) : part));
      layouts.set(key, cut);
    }
    return fill(cut, slotsOf(message), inForm);
  };
}

/** Loads the MJML engine: WebAssembly, so only when a message is to be written. */
export async function loadMjml(): Promise<RenderMjml> {
  const { Engine } = await import('mrml');
  const engine = new Engine();
  // No fonts: an e-mail of ours fetches nothing from anywhere.
  engine.setRenderOptions({ disableComments: true, socialIconOrigin: null, fonts: {} });
  return (mjml) => {
    const result = engine.toHtml(mjml);
    if (result.type === 'error') throw new Error(`the layout is not MJML: ${result.message}`);
    return result.content;
  };
}

/** What goes into each slot, as HTML: this is where everything is escaped. */
function slotsOf(message: Message): Map<string, string> {
  const slots = new Map([
    ['subject', escapeHtml(message.subject)],
    ['lead', escapeHtml(message.lead)],
    ['drawLine', escapeHtml(message.drawLine)],
    ['verdict', escapeHtml(message.verdict)],
    ['numbers', numberCells(message.numbers)],
    ['special', escapeHtml(capitalized(message.special ?? ''))],
    ['about.heading', escapeHtml(message.about.heading)],
    ['about', paragraphs(message.about.lines)],
  ]);
  for (const [index, section] of message.sections.entries()) {
    if ('heading' in section) slots.set(`${index}.heading`, escapeHtml(section.heading));
    slots.set(String(index), sectionHtml(section));
  }
  return slots;
}

/** Cut before anything is filled in, so that a slot's name inside a reader's text stays text. */
function fill(
  cut: readonly string[],
  slots: ReadonlyMap<string, string>,
  inForm: (html: string) => string,
): string {
  let html = '';
  for (const [index, part] of cut.entries()) {
    const value = isText(index) ? part : slots.get(part);
    if (value === undefined) throw new Error(`the layout has a slot that nothing fills: ${part}`);
    html += isText(index) ? value : inForm(value);
  }
  return html;
}

/** Of what a layout is cut into, every second one is the name of a slot. */
function isText(index: number): boolean {
  return index % 2 === 0;
}

function sectionHtml(section: Section): string {
  switch (section.kind) {
    case 'lines':
      return paragraphs(section.lines);
    case 'rows':
      return section.rows
        .map(
          ([label, value]) =>
            `<tr><th scope="row" align="left" valign="top" style="padding:4px 12px 4px 0;width:38%;font-weight:400;color:${LIGHT.quiet}">${escapeHtml(label)}</th>` +
            `<td valign="top" style="padding:4px 0">${escapeHtml(value)}</td></tr>`,
        )
        .join('');
    case 'link':
      return `<strong>${lineHtml(section)}</strong>`;
    case 'button':
      return `<a href="${escapeHtml(section.href)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:${LIGHT.link};color:${LIGHT.card};font-weight:700;text-decoration:none">${escapeHtml(section.text)}</a>`;
  }
}

/** The three numbers the answer rests on, side by side. */
function numberCells(rows: readonly Row[]): string {
  const cells = rows.map(
    ([label, value]) =>
      `<td valign="top" style="padding:0 8px 0 0;width:33%"><span style="font-size:14px">${escapeHtml(label)}</span><br>` +
      `<strong style="font-size:20px">${escapeHtml(value)}</strong></td>`,
  );
  return `<tr>${cells.join('')}</tr>`;
}

function paragraphs(lines: readonly Line[]): string {
  return lines.map((line) => `<p style="margin:0 0 8px">${lineHtml(line)}</p>`).join('');
}

function lineHtml(line: Line): string {
  if (typeof line === 'string') return escapeHtml(line);
  return `<a href="${escapeHtml(line.href)}">${escapeHtml(line.text)}</a>`;
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string) : text;
}
