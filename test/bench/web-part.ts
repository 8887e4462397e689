// The least that can be done to hand out a page: one Hono handler, and so many bytes.

import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const page = '.'.repeat(Number(process.argv[2]));
const app = new Hono();
app.get('/', (c) => c.html(page));
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
