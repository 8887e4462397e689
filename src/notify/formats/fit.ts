// words -> a service's message: texts cut to its limits, escaped as it reads them.

/** The size of a text that is already escaped, as a service counts it. */
export type Measure = (text: string) => number;

export interface FitOptions {
  limit: number;
  encode?: (text: string) => string;
  /** Where left out: UTF-16 units, which are never fewer than characters. */
  measure?: Measure;
}

/** Bytes of UTF-8. */
export const bytes: Measure = (text) => Buffer.byteLength(text);

/** Bytes inside a JSON text. */
export const jsonBytes: Measure = (text) => Buffer.byteLength(JSON.stringify(text)) - 2;

/** A text escaped, and where it is too long the longest beginning that fits with `…`: never half a character or escape. */
export function fitting(
  text: string,
  { limit, encode = (whole) => whole, measure = (whole) => whole.length }: FitOptions,
): string {
  const whole = encode(text);
  if (measure(whole) <= limit) return whole;
  const characters = [...text];
  const beginning = (count: number) => encode(`${characters.slice(0, count).join('').trimEnd()}…`);
  // An escaped beginning is never shorter than that of a shorter one, so halving finds the longest.
  let fits = 0;
  let tooLong = Math.min(characters.length, limit + 1);
  while (tooLong - fits > 1) {
    const count = Math.floor((fits + tooLong) / 2);
    if (measure(beginning(count)) <= limit) fits = count;
    else tooLong = count;
  }
  return beginning(fits);
}
