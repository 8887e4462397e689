// The addresses of a name, from a small name server of our own.

import { createSocket } from 'node:dgram';
import { expect, onTestFinished, test } from 'vitest';
import { askServers, askSystem } from '../../src/notify/look-up.ts';

/** Answers questions for these names; says nothing to any other. `null`: there is no such name. */
async function openNameServer(
  names: Record<string, { a?: string; aaaa?: Buffer } | null>,
): Promise<{ servers: string[]; asked: string[] }> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
      labels.push(question.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const name = labels.join('.').toLowerCase();
    const type = question.readUInt16BE(at + 1);
    asked.push(`${name} ${type}`);
    const known = names[name];
    if (known === undefined) return;
    const data =
      type === 1 && known?.a
        ? Buffer.from(known.a.split('.').map(Number))
        : type === 28
          ? known?.aaaa
          : undefined;
    const header = Buffer.from(question.subarray(0, 12));
    header.writeUInt16BE(known === null ? 0x8183 : 0x8180, 2);
    header.writeUInt16BE(data ? 1 : 0, 6);
    header.writeUInt32BE(0, 8);
    const answer = data ? [Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, data.length]), data] : [];
    socket.send(Buffer.concat([header, question.subarray(12, at + 5), ...answer]), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => socket.close(() => resolve())));
  return { servers: [`127.0.0.1:${socket.address().port}`], asked };
}

test('are those of both families that the name servers give', async () => {
  const { servers, asked } = await openNameServer({
    'both.example': { a: '93.184.215.14', aaaa: Buffer.from('20010db8000000000000000000000001', 'hex') },
    'four.example': { a: '93.184.215.15' },
  });

  expect(await askServers('both.example', servers)).toEqual([
    { address: '93.184.215.14', family: 4 },
    { address: '2001:db8::1', family: 6 },
  ]);
  expect(await askServers('four.example', servers)).toEqual([{ address: '93.184.215.15', family: 4 }]);
  expect(asked).toContain('both.example 28');
});

test('are none of a name that there is not, which is said', async () => {
  const { servers } = await openNameServer({ 'none.example': null });

  await expect(askServers('none.example', servers)).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

test('of many names whose servers are dead keep that of another waiting for nothing', async () => {
  const { servers } = await openNameServer({ 'good.example': { a: '93.184.215.14' } });
  let ended = 0;
  for (let index = 0; index < 20; index += 1)
    askServers(`dead${index}.example`, servers)
      .catch(() => undefined)
      .finally(() => {
        ended += 1;
      });

  const found = await askServers('good.example', servers);

  expect(found).toEqual([{ address: '93.184.215.14', family: 4 }]);
  expect(ended).toBe(0);
});

test.each(['localhost', 'a.localhost', 'LOCALHOST'])(
  'of %s are not asked for anywhere: it is this machine',
  async (name) => {
    const { servers, asked } = await openNameServer({});

    expect(await askServers(name, servers)).toEqual([{ address: '127.0.0.1', family: 4 }]);
    expect(asked).toEqual([]);
  },
);

test('of a host that the operator named are looked for where the system looks', async () => {
  const found = await askSystem('localhost');

  expect(found.map(({ address }) => address)).toContain('127.0.0.1');
});
