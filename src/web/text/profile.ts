// The words for the fields of a profile, by language.

import type { Locale } from '../../match/notice.ts';
import { enProfile } from './en-profile.ts';
import { frProfile } from './fr-profile.ts';
import type { ProfileWords } from './profile-words.ts';

export const PROFILE_WORDS: Record<Locale, ProfileWords> = { en: enProfile, fr: frProfile };
