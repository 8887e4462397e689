// A small copy of the official site: its page, and the feed behind it, with conditional requests answered.

import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { openHttpServer, type SmallServer } from './server.ts';

const FEED = feedPath(123);
const PAGE = '/en/express-entry-rounds.html';

export interface OfficialSite extends SmallServer {
  /** Where the feed is before it moves. */
  feedUrl: string;
  pageUrl: string;
  /** The headers and answered status of every request for the feed, wherever it is or was, oldest first. */
  asked: { headers: IncomingHttpHeaders; status: number }[];
  /** Replaces the feed, as the publisher does: by hand and without warning. */
  publish(feed: string | Uint8Array): void;
  /** Answers the next requests for the feed with something else, until `publish` is called. */
  answerWith(answer: (response: ServerResponse) => void): void;
  /** Moves the feed: its address answers 404 from now on, the page loads it from the one that is returned. */
  move(): string;
  /** Shows another page in the place of the usual one. */
  showPage(html: string): void;
}

export async function openOfficialSite(feed: string | Uint8Array): Promise<OfficialSite> {
  const asked: OfficialSite['asked'] = [];
  let answer = feedAnswer(feed);
  let place = FEED;
  const left = new Set<string>();
  let shown: string | undefined;
  const server = await openHttpServer((request, response) => {
    const path = request.url ?? '';
    if (path === PAGE) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(shown ?? page(place));
    } else if (path === place || left.has(path)) {
      response.once('close', () => asked.push({ headers: request.headers, status: response.statusCode }));
      if (path === place) answer(response, request.headers);
      else response.writeHead(404).end();
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
    move() {
      left.add(place);
      place = feedPath(123 + left.size);
      return server.origin + place;
    },
    showPage(html) {
      shown = html;
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

function feedPath(number: number): string {
  return `/content/dam/ircc/documents/json/ee_rounds_${number}_en.json`;
}

/** Shows nothing without its script, as the official page does: the newest round, and a table of them all. */
function page(feed: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Rounds of invitations (a local copy for a demonstration)</title></head>
<body>
<h1>Rounds of invitations</h1>
<h2>Round #<span data-json-replace="/rounds/0/drawNumber"></span>, <span data-json-replace="/rounds/0/drawDateFull"></span></h2>
<p><span data-json-replace="/rounds/0/drawName"></span></p>
<p><strong>Number of invitations issued:</strong> <span data-json-replace="/rounds/0/drawSize"></span></p>
<p><strong>Rank required to be invited to apply:</strong> <span data-json-replace="/rounds/0/drawSize"></span> or above</p>
<p><strong>Date and time of round:</strong> <span data-json-replace="/rounds/0/drawDateTime"></span></p>
<p><strong>CRS score of lowest-ranked candidate invited:</strong> <span data-json-replace="/rounds/0/drawCRS"></span></p>
<p><strong>Tie-breaking rule:</strong> <span data-json-replace="/rounds/0/drawCutOff"></span></p>
<table>
<thead><tr><th>#</th><th>Date</th><th>Round type</th><th>Invitations issued</th><th>CRS score of lowest-ranked candidate invited</th></tr></thead>
<tbody></tbody>
</table>
<script>
fetch('${feed}').then((answer) => answer.json()).then((feed) => {
  for (const span of document.querySelectorAll('[data-json-replace]')) {
    const path = span.dataset.jsonReplace.split('/').slice(1);
    span.textContent = path.reduce((value, key) => value[key], feed);
  }
  const body = document.querySelector('tbody');
  for (const round of feed.rounds) {
    const row = body.insertRow();
    row.insertCell().innerHTML = round.drawNumberURL;
    for (const key of ['drawDateFull', 'drawName', 'drawSize', 'drawCRS']) row.insertCell().textContent = round[key];
  }
});
</script>
</body>
</html>`;
}
