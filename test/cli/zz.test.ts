import { it } from 'vitest';
import { openWorld, settleIn, feedAsOf, DAY, NEWS } from './world.ts';
it('times', async ({ onTestFinished }) => {
  const t = (l: string, s: number) => process.stderr.write(`${l} ${Math.round(performance.now() - s)}\n`);
  let s = performance.now();
  const w = await openWorld(onTestFinished); t('open', s); s = performance.now();
  await settleIn(w); t('settle', s); s = performance.now();
  await w.run('2024-05-30T18:05:00Z'); t('run304', s); s = performance.now();
  w.site.publish(feedAsOf(DAY)); t('feed', s); s = performance.now();
  await w.run(NEWS); t('news', s); s = performance.now();
  await w.run(NEWS); t('304', s); s = performance.now();
  await w.drawbell('draws', '--json'); t('draws', s); s = performance.now();
});
