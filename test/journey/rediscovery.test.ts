// When the feed's address fails: a real browser opens the official page, and what follows from that.

import { describe, expect, test } from 'vitest';
import { buildFeed } from '../../src/demo/feed.ts';
import { deliverDue, watchSource } from '../../src/journey.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { listDraws } from '../../src/store/draws.ts';
import { readHealth } from '../../src/store/health.ts';
import { shippedDraws } from '../draw/history.ts';
import { chromiumPath } from '../support/chromium.ts';
import { type Installation, openInstallation, subscribe } from '../support/journey.ts';

const HISTORY = shippedDraws();
const BEFORE = HISTORY.filter((draw) => draw.date <= '2024-05-30');
const AFTER = HISTORY.filter((draw) => draw.date <= '2024-05-31');
const DAY = '2024-05-31T16:00:00.000Z';

async function settle(): Promise<Installation> {
  const installation = await openInstallation(BEFORE, DAY);
  installation.browser.executable = await chromiumPath();
  await subscribe(installation.db, 'amina@example.org');
  await watchSource(ircc, installation);
  return installation;
}

const statuses = ({ site }: Installation) => site.asked.map(({ status }) => status);

describe('a feed that has moved', () => {
  test('is found, told to the operator, and asked conditionally at its new address from then on', async () => {
    const installation = await settle();

    const moved = installation.site.move();
    installation.site.publish(buildFeed(AFTER));
    const found = await watchSource(ircc, installation);
    await deliverDue(installation);
    const asked = installation.site.asked.length;
    const next = await watchSource(ircc, installation);

    expect(found).toMatchObject({ failure: null, fresh: ['ircc:297'] });
    expect(found.events.at(-1)).toMatchObject({ type: 'source.moved', data: { to: moved } });
    expect(installation.mailServer.received.map(({ recipients }) => recipients[0]).sort()).toEqual([
      'amina@example.org',
      'operator@example.org',
    ]);
    expect(await readHealth(installation.db, 'ircc')).toMatchObject({ failures: 0, moved: { to: moved } });
    expect(next).toMatchObject({ failure: null, changed: false });
    expect(statuses(installation).slice(asked)).toEqual([304]);
  });
});

describe('a feed behind a bot wall', () => {
  test('is read from the page as people see it, once an hour, and the source counts as failing', async () => {
    const installation = await settle();

    installation.site.publish(buildFeed(AFTER));
    installation.site.answerWith((response) => response.writeHead(403).end());
    installation.site.showPage(PAGE);
    const first = await watchSource(ircc, installation);
    const soon = await watchSource(ircc, installation);
    installation.setClock('2024-05-31T17:00:00.000Z');
    const later = await watchSource(ircc, installation);

    expect(first).toMatchObject({ failure: null, fresh: ['ircc:297'], held: [], corrected: [] });
    expect(soon).toMatchObject({ failure: { trouble: 'bot-wall' } });
    expect(later).toMatchObject({ failure: null, changed: false });
    expect(await readHealth(installation.db, 'ircc')).toMatchObject({ failures: 1 });
    const draws = await listDraws(installation.db);
    expect(draws[0]).toMatchObject({
      id: 'ircc:297',
      type: 'cec',
      invitations: 3000,
      cutoff: 522,
      pool: null,
    });
    // What the page does not list is not gone, and what it does not say of a known round stays known.
    expect(draws.slice(1)).toEqual([...BEFORE].reverse());
  });
});

/** The newest two rounds, as the page shows them. */
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rounds of invitations</title>
<table><thead><tr><th>#</th><th>Date</th><th>Round type</th><th>Invitations issued</th>
<th>CRS score of lowest-ranked candidate invited</th></tr></thead><tbody>
<tr><td>297</td><td>May 31, 2024</td><td>Canadian Experience Class</td><td>3,000</td><td>522</td></tr>
<tr><td>296</td><td>May 30, 2024</td><td>Provincial Nominee Program</td><td>2,985</td><td>676</td></tr>
</tbody></table></html>`;
