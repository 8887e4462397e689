// The words by which somebody agrees to get mails. They are kept with each consent, as the proof of what it was to.

import { cut, printable } from '../../errors.ts';
import type { Locale } from '../../match/notice.ts';
import { senderName } from '../../notify/text/describe.ts';
import type { Site } from '../site.ts';

/** Another one whenever the words below change: each consent is kept with the version it was to. */
export const CONSENT_VERSION = '1';

/** Longest address of a contact. */
const CONTACT = 200;
const NB = '\u00a0';

interface ConsentWords {
  consent(who: string): string;
  contact(where: string): string;
  /** Who asks, where the operator has given no name. */
  installation(origin: string): string;
}

const CONSENT_WORDS: Record<Locale, ConsentWords> = {
  en: {
    consent: (who) =>
      `I agree to get e-mails from ${who}: about Express Entry draws and what they mean for me, of the kinds I chose here, and about this subscription itself, such as a question for a newer score. I can withdraw this at any time, by the link in every message or by answering one.`,
    contact: (where) => `Contact: ${where}.`,
    installation: (origin) => `the operator of the pages at ${origin}`,
  },
  fr: {
    consent: (who) =>
      `J’accepte de recevoir des courriels de ${who}${NB}: sur les rondes d’Entrée express et ce qu’elles signifient pour moi, des genres que j’ai choisis ici, et sur cet abonnement lui-même, par exemple pour demander une note plus récente. Je peux retirer ce consentement à tout moment, par le lien dans chaque message ou en répondant à l’un d’eux.`,
    contact: (where) => `Contact${NB}: ${where}.`,
    installation: (origin) => `la personne responsable des pages à ${origin}`,
  },
};

/** Who asks, for what, and how it can be withdrawn: as the law wants it, on one line. */
export function consentWords(locale: Locale, { sender, operator, origin }: Site): string {
  const words = CONSENT_WORDS[locale];
  const who = senderName(sender ?? words.installation(origin ?? ''));
  const contact = operator === null ? [] : [words.contact(cut(printable(contactOf(operator)), CONTACT))];
  return [words.consent(who), ...contact].join(' ');
}

/** As people read it: without what only programs need. */
function contactOf(operator: string): string {
  return operator.replace(/^mailto:/i, '').replace(/\?.*$/, '');
}
