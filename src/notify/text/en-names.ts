// verdict -> words: the names of draw types and programmes, in English.

import type { Words } from './words.ts';

export const enDrawTypes: Words['drawTypes'] = {
  general: { name: 'General', short: 'General' },
  cec: { name: 'Canadian Experience Class', short: 'Canadian Experience Class' },
  fsw: { name: 'Federal Skilled Worker', short: 'Federal Skilled Worker' },
  fst: { name: 'Federal Skilled Trades', short: 'Federal Skilled Trades' },
  pnp: { name: 'Provincial Nominee Program', short: 'Provincial Nominee Program' },
  french: { name: 'French-language proficiency', short: 'French-language proficiency' },
  healthcare: { name: 'Healthcare and social services occupations', short: 'Healthcare' },
  stem: { name: 'STEM occupations', short: 'STEM' },
  trades: { name: 'Trade occupations', short: 'Trades' },
  transport: { name: 'Transport occupations', short: 'Transport' },
  agriculture: { name: 'Agriculture and agri-food occupations', short: 'Agriculture' },
  education: { name: 'Education occupations', short: 'Education' },
  physicians: { name: 'Physicians with Canadian work experience', short: 'Physicians' },
  'senior-managers': { name: 'Senior managers with Canadian work experience', short: 'Senior managers' },
  researchers: { name: 'Researchers with Canadian work experience', short: 'Researchers' },
  military: { name: 'Skilled military recruits', short: 'Skilled military recruits' },
};

export const enPrograms: Words['programs'] = {
  fsw: 'Federal Skilled Worker Program',
  cec: 'Canadian Experience Class',
  fst: 'Federal Skilled Trades Program',
  pnp: 'Provincial Nominee Program',
};
