// The list of languages in which people sign up.

import type { Locale } from '../../match/notice.ts';
import { enSubscribe } from './en-subscribe.ts';
import { frSubscribe } from './fr-subscribe.ts';
import type { SubscribeWords } from './subscribe-words.ts';

export const SUBSCRIBE_WORDS: Record<Locale, SubscribeWords> = { en: enSubscribe, fr: frSubscribe };
