// What git gets to know of what stands around it.

import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../src/git/program.ts';

describe('the environment of git', () => {
  it('holds where programs are and how one gets out, and nothing that a job was given', () => {
    const environment = environmentOf('/folder', {
      PATH: '/bin',
      https_proxy: 'http://proxy.example.org:3128',
      DRAWBELL_SECRET: 'a secret',
      DRAWBELL_SUBSCRIBERS: '- email: amina@example.org',
      DRAWBELL_SMTP_URL: 'smtp://bell:hunter2@mail.example.org',
      DRAWBELL_TOKEN: 'token',
      GITHUB_TOKEN: 'token',
      ACTIONS_RUNTIME_TOKEN: 'token',
      GIT_DIR: '/elsewhere',
      GIT_TRACE_CURL: '/tmp/trace',
      LD_PRELOAD: '/tmp/x.so',
      NODE_OPTIONS: '--inspect',
    });

    expect(environment).toMatchObject({ PATH: '/bin', https_proxy: 'http://proxy.example.org:3128' });
    expect(environment.GIT_DIR).toBe('/folder');
    expect(
      Object.keys(environment).filter((name) => /^(DRAWBELL|GITHUB|ACTIONS|LD|NODE)_|TRACE/.test(name)),
    ).toEqual([]);
    expect(JSON.stringify(environment)).not.toMatch(/secret|amina|hunter2|token/);
  });
});
