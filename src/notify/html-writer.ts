// words -> the HTML part of a mail to a reader, in the form in which it travels.

import { openHtmlPart } from './html-part.ts';
import { createHtmlWriter, type HtmlWriter, loadMjml } from './text/html.ts';
import type { Mail } from './text/mail.ts';

export interface HtmlMails {
  /** To write the HTML of a mail with. */
  writeHtml: HtmlWriter;
  /** That mail as the carrier takes it. */
  inForm(mail: Mail): Mail;
}

export async function openHtmlMails(): Promise<HtmlMails> {
  const [render, part] = await Promise.all([loadMjml(), openHtmlPart()]);
  return {
    writeHtml: createHtmlWriter(render, part.inForm),
    inForm: ({ html = '', ...rest }) => ({ ...rest, alternatives: [{ raw: part.write(html) }] }),
  };
}
