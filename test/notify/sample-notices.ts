// Notices to test messages with: the round of 31 May 2024 and four readers it means different things for.

import type { Draw } from '../../src/draw/draw.ts';
import {
  type Change,
  type EventOf,
  type OperatorEvent,
  SERVICE,
  type ServiceEventData,
  type ServiceEventType,
  type SourceEvent,
  type SourceEventData,
  type SourceEventType,
  type Special,
} from '../../src/event/event.ts';
import type { Locale, NoticeOf } from '../../src/match/notice.ts';
import type { Profile } from '../../src/match/profile.ts';
import { shippedDraw } from '../draw/history.ts';
import { judgeDraw } from '../match/reference.ts';

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
  pool: {
    asOf: '2024-05-29',
    total: 224404,
    bands: [
      { from: 601, to: 1200, candidates: 2918 },
      { from: 501, to: 600, candidates: 14211 },
      { from: 491, to: 500, candidates: 8855 },
      { from: 481, to: 490, candidates: 12120 },
      { from: 471, to: 480, candidates: 16805 },
      { from: 461, to: 470, candidates: 13828 },
      { from: 451, to: 460, candidates: 11745 },
      { from: 441, to: 450, candidates: 11022 },
      { from: 431, to: 440, candidates: 11023 },
      { from: 421, to: 430, candidates: 9977 },
      { from: 411, to: 420, candidates: 10900 },
      { from: 401, to: 410, candidates: 11156 },
      { from: 351, to: 400, candidates: 57028 },
      { from: 301, to: 350, candidates: 27210 },
      { from: 0, to: 300, candidates: 5606 },
    ],
  },
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

/** Rounds of other kinds, each with a reader: what a category asks for, and a score noted before the points changed. */
export const OCCASIONS = {
  'category-invited': {
    draw: shippedDraw(422),
    profile: {
      crs: 481,
      crsAsOf: '2026-04-02',
      profileSubmittedAt: '2026-04-02',
      programs: ['cec', 'fsw'],
      experience: [{ noc: '31301', months: 14, continuous: false, inCanada: true }],
    },
  },
  'category-cannot-tell': {
    draw: shippedDraw(327),
    profile: {
      crs: 470,
      profileSubmittedAt: '2024-09-12',
      programs: ['fsw'],
      experience: [{ noc: '31301', months: 14 }],
    },
  },
  'points-grid-changed': {
    draw: shippedDraw(353),
    profile: { crs: 530, crsAsOf: '2025-03-01', profileSubmittedAt: '2024-11-05', programs: ['cec'] },
  },
} satisfies Record<string, { draw: Draw; profile: Profile }>;

/** Opaque, as the names of real readers are. */
export const READER_ID = '4f9c2107d3e85ab6019f7c2e';

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
    verdict: judgeDraw(draw, profile),
    verdictBefore: null,
    reader: {
      id: READER_ID,
      email: 'amina@example.org',
      locale,
      profile,
      consentAt: '2024-05-02T08:30:00Z',
      consentHow: 'operator',
    },
  };
}

/** A correction of the draw, with the verdict of one profile before and after it. */
export function correctedNotice(
  parts: Omit<NoticeParts, 'special'> & { before?: Draw; changes?: Change[] } = {},
): NoticeOf<'email'> {
  const {
    before = { ...DRAW, cutoff: 524 },
    draw = DRAW,
    profile = PROFILES['invited-by-tie-break'],
  } = parts;
  const { changes = [{ field: 'cutoff', before: before.cutoff, after: draw.cutoff }] } = parts;
  return {
    ...sampleNotice({ ...parts, profile }),
    event: {
      ...eventOf(`draw.corrected/${draw.id}/2`, draw),
      type: 'draw.corrected',
      data: { draw, changes },
    },
    verdict: judgeDraw(draw, profile),
    verdictBefore: judgeDraw(before, profile),
  };
}

/** The draw is gone, and one reader had been told of it. */
export function withdrawnNotice(parts: Omit<NoticeParts, 'special'> = {}): NoticeOf<'email'> {
  const { draw = DRAW } = parts;
  return {
    ...sampleNotice(parts),
    event: {
      ...eventOf(`draw.withdrawn/${draw.id}`, draw),
      type: 'draw.withdrawn',
      data: { draw, missingSince: '2024-06-02T09:31:00Z' },
    },
  };
}

function eventOf(id: string, draw: Draw) {
  return { id, source: draw.source, draw: draw.id, at: '2024-06-03T17:00:00Z', told: true };
}

export const SOURCE_DATA: SourceEventData = {
  'source.failing': {
    source: 'ircc',
    since: '2024-05-31T15:00:00Z',
    failures: 3,
    trouble: 'not-found',
    reason: 'expected the feed at https://www.canada.ca/rounds.json, found status 404',
    lastSuccessAt: '2024-05-31T14:59:00Z',
    telling: 1,
  },
  'source.recovered': { source: 'ircc', from: 'failing', since: '2024-05-31T15:00:00Z' },
  'source.quiet': {
    source: 'ircc',
    since: '2024-07-20T00:00:10Z',
    last: { id: 'ircc:297', date: '2024-05-31', invitations: 3000, cutoff: 522 },
    quietDays: 50,
    longestDays: 49,
    telling: 1,
  },
  'source.quarantined': {
    source: 'ircc',
    count: 2,
    rounds: [
      {
        id: 'ircc:298',
        reason: 'size',
        faults: [{ where: 'ircc:298 invitations', expected: 'at most 50000', found: '300000' }],
        draw: { ...DRAW, id: 'ircc:298', number: '298', invitations: 300_000 },
        since: '2024-06-19T16:00:00Z',
        looks: 1,
      },
      {
        id: 'ircc:296',
        reason: 'vanished',
        faults: [
          { where: 'ircc:296', expected: 'a round that was listed before', found: 'it no longer listed' },
        ],
        draw: null,
        since: '2024-06-19T16:00:00Z',
        looks: 1,
      },
    ],
  },
  'source.moved': {
    source: 'ircc',
    from: 'https://www.canada.ca/rounds.json',
    to: 'https://www.canada.ca/content/rounds-2.json',
  },
};

export const SERVICE_DATA: ServiceEventData = {
  'endpoint.disabled': {
    endpoint: 'ep_0f3a9c',
    reason: 'failing',
    since: '2024-05-26T15:00:00Z',
    detail: 'status 500',
  },
  'mail.stopped': {
    since: '2024-05-31T17:05:00Z',
    cause: 'policy',
    reason: '554 5.7.1 refused by the mail server (policy)',
    retryAt: '2024-05-31T17:10:00Z',
  },
  'mail.resumed': { since: '2024-05-31T17:05:00Z' },
};

/** About the telling itself. */
export function serviceEvent<Type extends ServiceEventType>(
  type: Type,
  data: Partial<ServiceEventData[Type]> = {},
): OperatorEvent {
  const event = {
    id: `${type}/1`,
    type,
    source: SERVICE,
    draw: null,
    at: '2024-05-31T17:05:00Z',
    told: true,
    data: { ...SERVICE_DATA[type], ...data },
  };
  return event as unknown as OperatorEvent;
}

export function sourceEvent<Type extends SourceEventType>(
  type: Type,
  data: Partial<SourceEventData[Type]> = {},
): SourceEvent {
  const event = {
    id: `${type}/ircc/1`,
    type,
    source: 'ircc',
    draw: null,
    at: '2024-05-31T15:02:00Z',
    told: true,
    data: { ...SOURCE_DATA[type], ...data },
  };
  // One type with its own data, which the compiler cannot follow through the parameter.
  return event as unknown as SourceEvent;
}
