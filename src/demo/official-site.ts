// A small copy of the official site: its page, and the feed behind it, with conditional requests answered.

import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { openHttpServer, type SmallServer } from './server.ts';

const FEED = '/content/dam/ircc/documents/json/ee_rounds_123_en.json';
const PAGE = '/en/express-entry-rounds.html';

export interface OfficialSite extends SmallServer {
  feedUrl: string;
  pageUrl: string;
  /** The headers and answered status of every request for the feed, oldest first. */
  asked: { headers: IncomingHttpHeaders; status: number }[];
  /** Replaces the feed, as the publisher does: by hand and without warning. */
  publish(feed: string | Uint8Array): void;
  /** Answers the next requests for the feed with something else, until `publish` is called. */
  answerWith(answer: (response: ServerResponse) => void): void;
}

export async function openOfficialSite(feed: string | Uint8Array): Promise<OfficialSite> {
  const asked: OfficialSite['asked'] = [];
  let answer = feedAnswer(feed);
  const server = await openHttpServer((request, response) => {
    if (request.url === PAGE) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page());
    } else if (request.url === FEED) {
      response.once('close', () => asked.push({ headers: request.headers, status: response.statusCode }));
      answer(response, request.headers);
    } else {
      response.writeHead(404).end();
    }
  });
  return {
    ...server,
    feedUrl: server.origin + FEED,
    pageUrl: server.origin + PAGE,
    asked,
    publish(next) {
      answer = feedAnswer(next);
    },
    answerWith(next) {
      answer = next;
    },
  };
}

function feedAnswer(feed: string | Uint8Array) {
  const etag = `"${createHash('sha256').update(feed).digest('hex').slice(0, 16)}"`;
  return (response: ServerResponse, headers: IncomingHttpHeaders = {}): void => {
    if (headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { 'content-type': 'application/json', etag }).end(feed);
  };
}

/** Shows nothing without its script, as the official page does. */
function page(): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Rounds of invitations (a local copy for a demonstration)</title></head>
<body>
<h1>Rounds of invitations</h1>
<p>Latest round: <span data-json-replace="/rounds/0/drawName"></span>, cut-off <span data-json-replace="/rounds/0/drawCRS"></span></p>
<script>
fetch('${FEED}').then((answer) => answer.json()).then((feed) => {
  for (const span of document.querySelectorAll('[data-json-replace]')) {
    const path = span.dataset.jsonReplace.split('/').slice(1);
    span.textContent = path.reduce((value, key) => value[key], feed);
  }
});
</script>
</body>
</html>`;
}
