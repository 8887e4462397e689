// The case of a text's first letter, and parts of sentences made whole ones.

export function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** As it stands inside a sentence. */
export function uncapitalized(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** A part of a sentence made a whole one. */
export function asSentence(part: string): string {
  return `${capitalized(part)}.`;
}
