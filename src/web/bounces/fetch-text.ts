// a URL of Amazon -> its text, bounded in time and size. It is asked for once a year.

import { Agent, request } from 'undici';
import { openConnector } from '../../notify/connect.ts';
import { openLimit } from '../../notify/limit.ts';

/** Of all of it, in milliseconds: whoever waits for our answer waits for fifteen seconds. */
const TIMEOUT = 8_000;
/** Over the connection, its own certificates included. */
const BYTES = 128 * 1024;

/** Rejects where the answer is not 200, a redirect too, where it is too large, or does not come in time. */
export async function fetchText(url: string, allowPrivate: readonly string[] = []): Promise<string> {
  const agent = new Agent({
    connect: openConnector({ allowPrivate, timeout: TIMEOUT, bytes: BYTES }),
    allowH2: false,
    maxHeaderSize: 16 * 1024,
    // The time is kept over all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const limit = openLimit(TIMEOUT);
  try {
    const answer = await Promise.race([
      request(url, { dispatcher: agent, signal: limit.signal }),
      limit.passed,
    ]);
    if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`);
    return await answer.body.text();
  } finally {
    limit.close();
    await agent.destroy();
  }
}
