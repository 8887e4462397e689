// The HTML part as it travels: what is put into form piece by piece is the same as what was written.

import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { openHtmlPart } from '../../src/notify/html-part.ts';

const { inForm, write } = await openHtmlPart();

async function read(part: string): Promise<string> {
  const { html } = await PostalMime.parse(`MIME-Version: 1.0\r\n${part}`);
  return html ?? '';
}

/** Anything a page or a person may have written, long and without a space now and then. */
const anyPiece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }).filter((text) => text.isWellFormed()),
  fc.string({
    unit: fc.constantFrom('a', '=', ' ', '.', '\r', '\n', '\t', 'é', '😀', '<', '&'),
    maxLength: 300,
  }),
  fc.constantFrom('', ' ', '.', '=', '=\r\n', '\r\n.\r\n', 'x'.repeat(75), `${'x'.repeat(74)}é`, 'From '),
);

test('joined pieces are read as the text they were made of', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyPiece, { maxLength: 6 }), async (pieces) => {
      const text = ['<p>', ...pieces, '</p>'].join('').replace(/\r\n?/g, '\n');

      const part = write(['<p>', ...pieces, '</p>'].map(inForm).join(''));

      const back = await read(part);
      expect(back.replace(/\r\n?/g, '\n').trimEnd()).toBe(text.trimEnd());
    }),
    { seed: 20240531, numRuns: 300 },
  );
});

test('no line is longer than 76 characters, holds anything but ASCII, or ends in a space', () => {
  fc.assert(
    fc.property(fc.array(anyPiece, { maxLength: 6 }), (pieces) => {
      const [, body = ''] = write(pieces.map(inForm).join('')).split('\r\n\r\n');

      for (const line of body.split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(76);
        expect(line).toMatch(/^[\t -~]*$/);
        expect(line).not.toMatch(/[ \t]$/);
      }
    }),
    { seed: 20240531, numRuns: 300 },
  );
});
