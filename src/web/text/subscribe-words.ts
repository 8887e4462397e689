// What the pages say to whoever signs up, in every language.

import type { NOTICE_KINDS } from '../../match/profile.ts';
import type { Text } from './words.ts';

/** What one can be told of; how many points a near miss may be short is a field of its own. */
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The fields that are not of the profile. */
export type SubscriptionField = 'email' | 'locale' | 'notify' | 'nearMiss' | 'consent';

export interface SubscribeWords {
  title: string;
  description: string;
  lead: readonly string[];
  /** Instead of the form, where no mail can lead back to these pages. */
  closed: Text;
  labels: Record<SubscriptionField, string>;
  hints: Record<'email' | 'notify' | 'nearMiss', string>;
  /** As items of a list: what somebody is told of. */
  notices: Record<NoticeKind, string>;
  /** `near misses, at most 10 points short` */
  nearMissOf(points: number): string;
  /** Opens the rest of the profile. */
  more: string;
  moreHint: string;
  /** Beside the field that people do not see, for those who come across it all the same. */
  trap: string;
  button: string;
  faults: Record<SubscriptionField, string>;
  /** Whoever the address belongs to. */
  sent: Text;
  /** Too much was sent, from one network or in all. */
  tooMany(minutes: number): string;
}
