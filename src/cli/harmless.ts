// Text from anywhere -> text for a log that anybody may read.

import { printable } from '../errors.ts';

/**
 * Text for a log: in one line, and without what is nobody's business. Errors come from everywhere, so it is
 * made sure of here: no addresses, nothing of a URL that may be a secret.
 */
export function harmless(text: string): string {
  return shortened(printable(text))
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1…@')
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, '$1?…')
    .replace(/[^\s@<>"'()[\]{},:;/…]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}/gi, '<address>');
}

/** In characters: what is looked for in a text takes time that grows with the square of its length. */
const LONGEST = 2_000;

/** Without the word at which it is cut, which could be half of an address. */
function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/\S+$/, '')}…`;
}
