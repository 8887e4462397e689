// Bytes to text, in the charsets the official files have used.

import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/sources/decode.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { documentOf } from './documents.ts';

const UTF_8 = new TextEncoder().encode('Compétence linguistique');
/** The same text in Windows-1252, where é is one byte: E9. */
const WINDOWS_1252 = Uint8Array.from('Compétence linguistique', (character) => character.charCodeAt(0));

function decode(bytes: Uint8Array, contentType?: string): string {
  return decodeText(
    documentOf(ircc, bytes, contentType === undefined ? {} : { 'content-type': contentType }),
  );
}

describe('decodeText', () => {
  it('takes UTF-8 for UTF-8 when the header names no charset', () => {
    expect(decode(UTF_8, 'application/json')).toBe('Compétence linguistique');
  });

  it('takes what is no UTF-8 for Windows-1252', () => {
    expect(decode(WINDOWS_1252)).toBe('Compétence linguistique');
  });

  it('reads what only Windows-1252 has, such as its apostrophe', () => {
    expect(decode(Uint8Array.of(0x6c, 0x92, 0xe9, 0x74, 0xe9))).toBe('l’été');
  });

  it('believes the charset the header names', () => {
    // Valid UTF-8 too, with a NUL behind each letter.
    const utf16 = Uint8Array.from([...'General'].flatMap((letter) => [letter.charCodeAt(0), 0]));

    expect(decode(utf16, 'application/json; charset="UTF-16LE"')).toBe('General');
  });

  it('does without a header that names the wrong charset, or one nobody knows', () => {
    expect(decode(WINDOWS_1252, 'application/json; charset=utf-8')).toBe('Compétence linguistique');
    expect(decode(WINDOWS_1252, 'application/json; charset=klingon')).toBe('Compétence linguistique');
    expect(decode(UTF_8, 'application/json; charset=klingon')).toBe('Compétence linguistique');
  });

  it('drops a byte order mark', () => {
    expect(decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).toBe('{}');
  });
});
