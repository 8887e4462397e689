// events -> a message for ntfy: published as JSON, which goes to the server and names the topic.

import { LANGUAGES } from '../text/languages.ts';
import type { Telling, Tone } from '../text/telling.ts';
import { bytes, fitting } from './fit.ts';
import type { Post } from './post.ts';

/** Bytes; ntfy makes a file of a message above 4,096. */
const TITLE = 250;
const MESSAGE = 4_000;

const LOOKS: Record<Tone, { tags: string[]; priority: number }> = {
  news: { tags: ['maple_leaf'], priority: 4 },
  correction: { tags: ['pencil2'], priority: 3 },
  trouble: { tags: ['warning'], priority: 4 },
  well: { tags: ['white_check_mark'], priority: 3 },
};

/** What is published to the topic that an address such as `https://ntfy.sh/topic` names. */
export function ntfyPost(telling: Telling, address: string): Post {
  const { server, topic } = readNtfyAddress(address);
  const { title, summary, facts, link, page, notes } = telling;
  const lines = [
    ...(summary === null ? [] : [summary]),
    ...facts.map(([name, value]) => LANGUAGES[telling.locale].mail.pair(name, value)),
    ...notes.slice(0, 1),
  ];
  const body = {
    topic,
    title: fitting(title, { limit: TITLE, measure: bytes }),
    message: fitting(lines.join('\n'), { limit: MESSAGE, measure: bytes }),
    ...LOOKS[telling.tone],
    ...(link === null ? {} : { click: link.href }),
    ...(page === null ? {} : { actions: [{ action: 'view', label: page.text, url: page.href }] }),
  };
  return { url: server, body: JSON.stringify(body) };
}

/** The last part of the path is the topic; what stands before it, and the query (`?auth=...`), belongs to the server. */
function readNtfyAddress(address: string): { server: string; topic: string } {
  const url = new URL(address);
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const topic = parts.pop() ?? '';
  url.pathname = `/${parts.map((part) => `${part}/`).join('')}`;
  return { server: url.href, topic };
}
