// A job for tests: the official site, a mail server, a team, and a bare repository, all real and all here.

import { onTestFinished } from 'vitest';
import { buildFeed } from '../../src/demo/feed.ts';
import { type MailServer, openMailServer } from '../../src/demo/mail-server.ts';
import { type OfficialSite, openOfficialSite } from '../../src/demo/official-site.ts';
import { openReceiver, type Receiver } from '../../src/demo/receiver.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { openBranch } from '../../src/git/branch.ts';
import { type Inputs, readInputs } from '../../src/job/inputs.ts';
import { runJob } from '../../src/job/job.ts';
import type { World } from '../../src/job/memory.ts';
import type { Ended } from '../../src/job/report.ts';
import { parseState } from '../../src/state/files.ts';
import type { State } from '../../src/state/state.ts';
import { openRepository, type Repository } from '../support/repository.ts';
import { makeFolder } from '../support/store.ts';

export const BRANCH = 'drawbell-state';
export const TEAM_SECRET = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz';
/** Three people of draw #297: at the cut-off and in time, above it, and below it. */
export const PEOPLE = `
- { email: amina@example.org, crs: 522, programs: [cec], profileSubmittedAt: 2024-03-19T18:58:57Z }
- { email: bruno@example.org, crs: 1163, nominated: true, programs: [cec], profileSubmittedAt: 2023-12-01, locale: fr }
- { email: chen@example.org, crs: 499, programs: [cec], profileSubmittedAt: 2023-12-01, notify: [invited] }
`;

export interface Place {
  site: OfficialSite;
  mailServer: MailServer;
  team: Receiver;
  repository: Repository;
  /** What the job finds in its environment; may be changed between runs. */
  env: Record<string, string>;
  setClock(instant: string): void;
  publish(draws: readonly Draw[]): void;
  /** One run, to its end; `asked`: other inputs than those of the environment. */
  run(world?: Partial<World>, asked?: Partial<Inputs>): Promise<Ended & { warnings: string[] }>;
  state(): State;
  /** Everybody who got a mail, and every id of a mail that came, in the order of arrival. */
  mailed(): { to: string; id: string }[];
}

/** At `instant`, with these draws on the page; people and team are told of everything they ask for. */
export async function openPlace(draws: readonly Draw[], instant: string): Promise<Place> {
  const site = await openOfficialSite(buildFeed(draws));
  const mailServer = await openMailServer();
  const team = await openReceiver();
  team.trust(TEAM_SECRET);
  onTestFinished(async () => {
    await Promise.all([site.close(), mailServer.close(), team.close()]);
  });
  const repository = openRepository(onTestFinished, 'somebody/draws');
  const folder = makeFolder();
  let now = new Date(instant);
  let runs = 0;
  const env: Record<string, string> = {
    GITHUB_SERVER_URL: repository.url.replace(/\/somebody\/draws$/, ''),
    GITHUB_REPOSITORY: 'somebody/draws',
    RUNNER_TEMP: folder,
    DRAWBELL_IRCC_URL: site.feedUrl,
    DRAWBELL_IRCC_PAGE_URL: site.pageUrl,
    DRAWBELL_HISTORY: 'none',
    DRAWBELL_SUBSCRIBERS: PEOPLE,
    DRAWBELL_WEBHOOKS: `- { url: "${team.url}", secret: ${TEAM_SECRET} }`,
    DRAWBELL_ALLOW_PRIVATE: '127.0.0.1',
    DRAWBELL_SMTP_URL: mailServer.url,
    DRAWBELL_MAIL_FROM: 'bell@example.org',
    DRAWBELL_SECRET: 'a secret of the tests',
    DRAWBELL_OPERATOR: 'mailto:operator@example.org',
  };
  return {
    site,
    mailServer,
    team,
    repository,
    env,
    setClock(next) {
      now = new Date(next);
    },
    publish: (next) => site.publish(buildFeed(next)),
    async run(world = {}, asked = {}) {
      const inputs = { ...(await readInputs(env, now)), ...asked };
      const { remote, branch, token } = inputs.place;
      runs += 1;
      const warnings: string[] = [];
      const ended = await runJob(inputs, {
        branch: openBranch({ remote, branch, token, folder: `${folder}/${runs}`, environment: process.env }),
        now: () => now,
        warn: (message) => warnings.push(message),
        signal: new AbortController().signal,
        second: 0,
        pause: async () => undefined,
        ...world,
      });
      return { ...ended, warnings };
    },
    state: () => parseState(new Map(Object.entries(repository.files(BRANCH)))),
    mailed: () =>
      mailServer.received.map(({ recipients, messageId }) => ({
        to: recipients.join(),
        id: messageId ?? '',
      })),
  };
}
