// words -> a service's message: Markdown taken out of its power, for one line of text.

/** What starts emphasis, code, spoilers, links, mentions and HTML wherever it stands. */
const ANYWHERE = /[\\*_~`|[\]<>]/g;
/** What starts a heading, a list or small print at the beginning of a line. */
const AT_START = /^(\s*)(?:([#+-])|(\d+)([.)]))/;
/** What makes a service turn an address into a link by itself. */
const ADDRESS = /:(?=\/\/)/g;

/** What would end an address, or be read as something else than a part of it. */
const IN_ADDRESS = /[()<>\\[\]|`;]/g;

/** The line as it is to be read, in Markdown: every mark that means something is preceded by a backslash. */
export function escapeMarkdown(line: string): string {
  return line
    .replace(ANYWHERE, '\\$&')
    .replace(ADDRESS, '\\:')
    .replace(AT_START, (_, space: string, mark = '', digits = '', point = '') =>
      mark === '' ? `${space}${digits}\\${point}` : `${space}\\${mark}`,
    );
}

/** A link, its text as it is to be read; `href` has no spaces, as one that was parsed has none. */
export function markdownLink({ text, href }: { text: string; href: string }): string {
  const address = href.replace(IN_ADDRESS, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return `[${escapeMarkdown(text)}](${address})`;
}
