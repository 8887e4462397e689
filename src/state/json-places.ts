// A place in a JSON text -> its line, for messages: JSON.parse tells neither where a value stands nor where it broke.

/** The keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** A text in quotes, a mark, or a run of anything else; each of them on one line. */
const TOKEN = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"|[{}[\],:]|[^\s{}[\],:"]+|"/g;

/** The line of the value at this path, from 1 on; where there is none, of what would hold it. */
export function lineOf(text: string, path: Path): number {
  let best = 0;
  let depth = -1;
  walk(text, (at, index) => {
    if (at.length <= depth || at.some((key, level) => key !== path[level])) return;
    [best, depth] = [index, at.length];
  });
  return lineAt(text, best);
}

/** The line on which a text stops being JSON. */
export function lineOfBreak(text: string): number {
  return lineAt(
    text,
    walk(text, () => {}),
  );
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Visits every value. Where the text breaks off being JSON; its end where it does not before. */
function walk(text: string, visit: (path: Path, index: number) => void): number {
  const path: (string | number)[] = [];
  let wanted: 'value' | 'key' | 'colon' | 'next' = 'value';
  /** Directly behind the mark that opens a list or an object, which may end at once. */
  let opened = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const level = path.length - 1;
    const inObject = typeof path[level] === 'string';
    switch (token) {
      case '{':
      case '[':
        if (wanted !== 'value') return index;
        visit(path, index);
        path.push(token === '{' ? '' : 0);
        wanted = token === '{' ? 'key' : 'value';
        opened = true;
        continue;
      case '}':
      case ']':
        if ((wanted !== 'next' && !opened) || path.length === 0 || inObject !== (token === '}')) return index;
        path.pop();
        wanted = 'next';
        break;
      case ',':
        if (wanted !== 'next' || path.length === 0) return index;
        if (!inObject) path[level] = (path[level] as number) + 1;
        wanted = inObject ? 'key' : 'value';
        break;
      case ':':
        if (wanted !== 'colon') return index;
        wanted = 'value';
        break;
      default: {
        const value = readScalar(token);
        if (value === undefined || wanted === 'colon' || wanted === 'next') return index;
        if (wanted === 'value') {
          visit(path, index);
          wanted = 'next';
        } else {
          if (typeof value !== 'string') return index;
          path[level] = value;
          wanted = 'colon';
        }
      }
    }
    opened = false;
  }
  return text.trimEnd().length;
}

function readScalar(token: string): unknown {
  try {
    return JSON.parse(token);
  } catch {
    return undefined;
  }
}
