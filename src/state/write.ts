// values -> JSON that can be read and compared line by line. Pure.

/** One line, its end not included. A field of the whole that is `null` is left out. */
export function toLine(value: object): string {
  const said = Object.entries(value).filter(([, field]) => field !== null);
  return spellOut(JSON.stringify(Object.fromEntries(said)));
}

export function toPage(value: object): string {
  return `${spellOut(JSON.stringify(value, null, 2))}\n`;
}

/** What cannot be seen, or makes the rest look otherwise than it is, is written as its number. */
export function spellOut(json: string): string {
  // Most lines have nothing but plain letters.
  if (/^[\n\x20-\x7e]*$/.test(json)) return json;
  return json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\n' ? character : spellUnits(character),
  );
}

/** By its units: JSON knows no more of a character. */
function spellUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
