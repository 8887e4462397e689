// What may be the name of a branch. Pure.

/** What is asked for where a name is none. */
export const BRANCH_NAME = 'the name of a branch, as drawbell-state';

/** Bytes: each part is the name of a file, with `.lock` after it while it is written. */
const LONGEST_PART = 250;
const LONGEST = 1_000;

/** The rules of `git check-ref-format --branch`, for a branch that is named in full: nothing is looked up. */
export function isBranchName(text: string): boolean {
  if (text === 'HEAD' || text.startsWith('-') || text.endsWith('.')) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{/.test(text) || !text.isWellFormed()) return false;
  return Buffer.byteLength(text) <= LONGEST && text.split('/').every(isPart);
}

function isPart(part: string): boolean {
  const fits = part !== '' && Buffer.byteLength(part) <= LONGEST_PART;
  return fits && !part.startsWith('.') && !part.endsWith('.lock');
}
