// Notices to test messages with: the round of 31 May 2024 and four readers it means different things for.

import type { Draw } from '../../src/draw/draw.ts';
import type { EventOf, Special } from '../../src/event/event.ts';
import type { Locale, NoticeOf } from '../../src/match/notice.ts';
import type { Profile } from '../../src/match/profile.ts';
import { judge } from '../../src/match/verdict.ts';

export const DRAW: Draw = {
  id: 'ircc:297',
  source: 'ircc',
  number: '297',
  date: '2024-05-31',
  issuedAt: '2024-05-31T12:48:30Z',
  label: 'Canadian Experience Class',
  type: 'cec',
  version: null,
  programs: ['cec'],
  invitations: 3000,
  scoreSystem: 'crs',
  cutoff: 522,
  tieBreakAt: '2024-03-19T18:58:58Z',
  pool: { asOf: '2024-05-29', total: 224404, bands: [] },
  url: 'https://www.canada.ca/en/immigration-refugees-citizenship/corporate/mandate/policies-operational-instructions-agreements/ministerial-instructions/express-entry-rounds/invitations.html?q=297',
};

export const RETURNED: Special = {
  type: 'draw_type.returned',
  drawType: 'cec',
  previous: { id: 'ircc:204', date: '2021-09-14', invitations: 2000, cutoff: 462 },
  dormantDays: 990,
  drawsBetween: 92,
};

export const PROFILES = {
  'invited-above': {
    crs: 530,
    crsAsOf: '2024-05-01',
    profileSubmittedAt: '2024-02-02',
    programs: ['cec', 'fsw'],
  },
  'invited-by-tie-break': { crs: 522, profileSubmittedAt: '2024-03-12T09:05:00Z', programs: ['cec'] },
  'not-invited': { crs: 510, profileSubmittedAt: '2024-01-15', programs: ['cec'] },
  'cannot-tell': { crs: 522, profileSubmittedAt: '2024-03-19' },
} satisfies Record<string, Profile>;

export interface NoticeParts {
  draw?: Draw;
  special?: Special[];
  profile?: Profile;
  locale?: Locale;
}

export function publishedEvent(draw: Draw, special: Special[]): EventOf<'draw.published'> {
  return {
    id: `draw.published/${draw.id}`,
    type: 'draw.published',
    source: draw.source,
    draw: draw.id,
    at: '2024-05-31T17:00:00Z',
    told: true,
    data: { draw, special },
  };
}

export function sampleNotice(parts: NoticeParts = {}): NoticeOf<'email'> & {
  event: EventOf<'draw.published'>;
} {
  const { draw = DRAW, special = [RETURNED], profile = PROFILES['invited-above'], locale = 'en' } = parts;
  return {
    key: 'ntc_7Hq2Zk9',
    channel: 'email',
    event: publishedEvent(draw, special),
    verdict: judge(draw, profile),
    reader: {
      id: 'sub_4f9c21',
      email: 'amina@example.org',
      locale,
      profile,
      consentAt: '2024-05-02T08:30:00Z',
      consentHow: 'operator',
    },
  };
}
