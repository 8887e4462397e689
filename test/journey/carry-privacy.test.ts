// What a state says of people, byte for byte: nothing.

import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { watchSource } from '../../src/journey.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { parseState, printState } from '../../src/state/files.ts';
import {
  AFTER,
  end,
  HISTORY,
  MAIL,
  OPERATOR,
  openEventful,
  openPlace,
  openTelling,
  publish,
  READERS,
  readOut,
  SECRET,
  TEAMS,
} from './carry-world.ts';

const addresses = [...Object.keys(READERS), OPERATOR.replace('mailto:', '')];
const scores = Object.values(READERS).map(({ crs }) => String(crs));
const written = (text: string, algorithm: string) =>
  ['hex', 'base64', 'base64url'].map((form) =>
    createHash(algorithm)
      .update(text)
      .digest(form as 'hex')
      .slice(0, 16),
  );

it('holds no address, no score, no address of the web that is not a publisher’s, and no verdict', async () => {
  const place = await openEventful();
  place.site.answerWith((response) => response.writeHead(500).end());
  for (const minute of ['40', '45', '50']) {
    place.setClock(`2024-05-31T17:${minute}:00.000Z`);
    await watchSource(ircc, place);
  }

  const files = printState(await readOut(place));

  expect([...files.keys()]).toEqual(
    expect.arrayContaining(['draws/ircc.json', 'watch.json', 'ledger.ndjson', 'recipients.ndjson']),
  );
  const all = [...files].map(([name, text]) => `${name}\n${text}`).join('\n');
  const secrets = [
    ...addresses.flatMap((address) => [address, ...address.split('@'), encodeURIComponent(address)]),
    ...addresses.map((address) => Buffer.from(address).toString('base64').slice(0, 12)),
    ...TEAMS.flatMap((url) => [url, new URL(url).host, new URL(url).pathname]),
    ...[...addresses, ...TEAMS].flatMap((text) =>
      ['sha256', 'sha1', 'md5'].flatMap((by) => written(text, by)),
    ),
    ...TEAMS.flatMap((url) => written(`webhook:${url}`, 'sha256')),
    new URL(place.site.feedUrl).host,
    SECRET,
  ];
  for (const secret of secrets.filter((text) => text !== 'example.org' && text !== 'operator'))
    expect(all).not.toContain(secret);
  expect(all).not.toContain('example.org');
  const others = [...files].flatMap(([name, text]) => (name.startsWith('draws/') ? [] : [text])).join('\n');
  expect(others).toContain('"failed"');
  for (const score of scores) expect(others).not.toMatch(new RegExp(`\\b${score}\\b`));
  expect(others).not.toMatch(/invited|cannot-tell|margin|profile/);
  expect(others).not.toMatch(/https?:(?!\/\/www\.canada\.ca\/)/);
});

it('says the same of draws whoever is listed', async () => {
  const [many, nobody] = [await openTelling(), await openPlace(undefined, {}, [])];
  await watchSource(ircc, nobody);
  await publish(nobody, AFTER);

  const [one, other] = [printState(await readOut(many)), printState(await readOut(nobody))];

  expect(one.get('draws/ircc.json')).toBe(other.get('draws/ircc.json'));
});

it('has no two lines that anything says are of one recipient', async () => {
  const place = await openPlace();
  await watchSource(ircc, place);
  // Two events, each told to everybody, in the order in which they stand in the database, one second after the other.
  for (const day of ['2024-05-31', '2024-06-19']) {
    place.setClock(`${day}T16:00:00.000Z`);
    await publish(
      place,
      HISTORY.filter(({ date }) => date <= day),
    );
    for (let second = 1; second <= 4; second += 1) {
      place.setClock(`${day}T16:00:0${second}.000Z`);
      await end(place, MAIL, ['sent']);
    }
  }

  const { ledger } = await readOut(place);
  const mails = ledger.filter(({ channel, status }) => channel === 'email' && status === 'sent');

  const byEvent = [...Map.groupBy(mails, ({ event }) => event).values()];
  expect(byEvent.length).toBeGreaterThan(1);
  for (const field of ['to', 'outcome', 'id'] as const) {
    const values = ledger.flatMap((line) => line[field] ?? []);
    expect(new Set(values).size).toBe(values.length);
  }
  for (const lines of byEvent) {
    expect(lines.map(({ to }) => to)).toEqual(lines.map(({ to }) => to).sort());
    const bare = lines.map(({ to: _, outcome: __, id: ___, ...rest }) => JSON.stringify(rest));
    expect(new Set(bare).size).toBe(1);
  }
});

it('can be printed and read again', async () => {
  const state = await readOut(await openEventful());

  expect(parseState(printState(state))).toEqual(state);
});
