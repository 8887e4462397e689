// verdict -> words: the names of draw types and programmes, in French. The official ones.

import type { Program } from '../../draw/draw.ts';
import type { Words } from './words.ts';

export const frDrawTypes: Words['drawTypes'] = {
  general: { name: 'Générale', short: 'Générale' },
  cec: { name: 'Catégorie de l’expérience canadienne', short: 'Expérience canadienne' },
  fsw: { name: 'Programme des travailleurs qualifiés (fédéral)', short: 'Travailleurs qualifiés' },
  fst: {
    name: 'Programme des travailleurs de métiers spécialisés (fédéral)',
    short: 'Travailleurs de métiers spécialisés',
  },
  pnp: { name: 'Programme des candidats des provinces', short: 'Candidats des provinces' },
  french: { name: 'Compétence linguistique en français', short: 'Compétence en français' },
  healthcare: { name: 'Professions de la santé et des services sociaux', short: 'Santé' },
  stem: { name: 'Professions des STIM', short: 'STIM' },
  trades: { name: 'Métiers spécialisés', short: 'Métiers spécialisés' },
  transport: { name: 'Métiers des transports', short: 'Transports' },
  agriculture: { name: 'Métiers de l’agriculture et de l’agroalimentaire', short: 'Agriculture' },
  education: { name: 'Professions de l’éducation', short: 'Éducation' },
  physicians: { name: 'Médecins ayant de l’expérience de travail au Canada', short: 'Médecins' },
  'senior-managers': {
    name: 'Cadres supérieurs/cadres supérieures ayant de l’expérience de travail au Canada',
    short: 'Cadres supérieurs/supérieures',
  },
  researchers: {
    name: 'Chercheurs/chercheuses ayant de l’expérience de travail au Canada',
    short: 'Chercheurs/chercheuses',
  },
  military: { name: 'Recrues militaires qualifiées', short: 'Recrues militaires' },
};

export const frPrograms: Words['programs'] = {
  fsw: 'Programme des travailleurs qualifiés (fédéral)',
  cec: 'Catégorie de l’expérience canadienne',
  fst: 'Programme des travailleurs de métiers spécialisés (fédéral)',
  pnp: 'Programme des candidats des provinces',
};

/** With its article: `la Catégorie de l’expérience canadienne`. */
export function theFrProgram(program: Program): string {
  return `${program === 'cec' ? 'la' : 'le'} ${frPrograms[program]}`;
}
