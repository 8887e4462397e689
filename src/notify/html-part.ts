// words -> a mail: the HTML part in the form in which it travels, quoted-printable.

/**
 * The pieces of a layout are put into that form once, those of a reader each time: encoding whole messages, most of
 * which is the same for everybody, took longer than everything else about a mail.
 */
export interface HtmlPart {
  /** One piece of HTML as it travels; pieces that were put into form one by one can be joined. */
  inForm(html: string): string;
  /** A part of a message, headers and all, of the joined pieces. */
  write(pieces: string): string;
}

/** Longest line, so that the sign that it goes on fits behind it (RFC 2045, 6.7). */
const LINE = 75;
/** Ends a line that goes on in the next one. */
const GOES_ON = '=\r\n';
const HEADERS =
  'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';

export async function openHtmlPart(): Promise<HtmlPart> {
  const { encode, wrap } = await import('nodemailer/lib/qp');
  return {
    inForm: (html) =>
      html === '' ? '' : `${wrap(encode(html.replace(/\r?\n|\r/g, '\r\n')), LINE)}${GOES_ON}`,
    write: (pieces) => `${HEADERS}${pieces.endsWith(GOES_ON) ? pieces.slice(0, -GOES_ON.length) : pieces}`,
  };
}
