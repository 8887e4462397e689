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

type Format = (event: Event, endpoint: Pick<Endpoint, 'url' | 'locale'>) => Post;

const FORMATS: Record<EndpointKind, Format> = {
  standard: (event, { url }) => ({ url, body: webhookBody(event) }),
  slack: (event, { url, locale }) => ({ url, body: slackBody(writeTelling(event, locale)) }),
  discord: (event, { url, locale }) => ({ url, body: discordBody(writeTelling(event, locale), event.at) }),
  teams: (event, { url, locale }) => ({ url, body: teamsBody(writeTelling(event, locale)) }),
  ntfy: (event, { url, locale }) => ntfyPost(writeTelling(event, locale), url),
};

/** What is posted to an endpoint for an event; the same over all retries. */
export function writePost(event: Event, endpoint: Endpoint): Post {
  return FORMATS[endpoint.kind](event, endpoint);
}
