// events -> what is posted to an endpoint, by its kind.

import type { Event } from '../../event/event.ts';
import type { Endpoint, EndpointKind } from '../../match/notice.ts';
import { writeTelling } from '../text/telling.ts';
import { discordBody } from './discord.ts';
import { ntfyPost } from './ntfy.ts';
import type { Post } from './post.ts';
import { slackBody } from './slack.ts';
import { webhookBody } from './standard.ts';
import { teamsBody } from './teams.ts';

export type { Post } from './post.ts';

/** `siteUrl`: where the pages about draws are; a standard body is a contract, and has no address of ours in it. */
type Format = (event: Event, endpoint: Pick<Endpoint, 'url' | 'locale'>, siteUrl: string | null) => Post;

const FORMATS: Record<EndpointKind, Format> = {
  standard: (event, { url }) => ({ url, body: webhookBody(event) }),
  slack: (event, { url, locale }, site) => ({ url, body: slackBody(writeTelling(event, locale, site)) }),
  discord: (event, { url, locale }, site) => ({
    url,
    body: discordBody(writeTelling(event, locale, site), event.at),
  }),
  teams: (event, { url, locale }, site) => ({ url, body: teamsBody(writeTelling(event, locale, site)) }),
  ntfy: (event, { url, locale }, site) => ntfyPost(writeTelling(event, locale, site), url),
};

/** What is posted to an endpoint for an event; the same over all retries. */
export function writePost(event: Event, endpoint: Endpoint, siteUrl: string | null = null): Post {
  return FORMATS[endpoint.kind](event, endpoint, siteUrl);
}
