// Names of draws to types: every official name in both languages, and what naive rules get wrong.

import { describe, expect, it } from 'vitest';
import { DRAW_TYPES, isKnownDrawType, readDrawType } from '../../src/draw/draw-type.ts';

/** Every name the official feeds have used, with the type and category version it stands for. */
const OFFICIAL: readonly (readonly [name: string, type: string, version: string | null])[] = [
  ['No Program Specified', 'general', null],
  ['Aucun programme spécifié', 'general', null],
  ['General', 'general', null],
  ['Générale', 'general', null],
  ['Canadian Experience Class', 'cec', null],
  ['Catégorie de l’expérience canadienne', 'cec', null],
  ["Catégorie de l'expérience canadienne", 'cec', null],
  ['Provincial Nominee Program', 'pnp', null],
  ['Programme des candidats des provinces', 'pnp', null],
  ['Federal Skilled Trades', 'fst', null],
  ['Programme des travailleurs de métiers spécialisés (fédéral)', 'fst', null],
  ['Federal Skilled Worker', 'fsw', null],
  ['Programme des travailleurs qualifiés (fédéral)', 'fsw', null],
  ['Healthcare occupations (Version 1)', 'healthcare', '1'],
  ['Professions de la santé (Version 1)', 'healthcare', '1'],
  ['Healthcare and social services occupations (Version 2)', 'healthcare', '2'],
  ['Professions de la santé et des services sociaux (Version 2)', 'healthcare', '2'],
  ['Healthcare and Social Services Occupations, 2026-Version 3', 'healthcare', '2026-3'],
  ['Professions de la santé et des services sociaux 2026-version 3', 'healthcare', '2026-3'],
  ['STEM occupations (Version 1)', 'stem', '1'],
  ['Professions des STIM (Version 1)', 'stem', '1'],
  ['French language proficiency (Version 1)', 'french', '1'],
  ['Compétence linguistique en français (Version 1)', 'french', '1'],
  ['French-Language proficiency 2026-Version 2', 'french', '2026-2'],
  ['Compétence linguistique en français 2026-Version 2', 'french', '2026-2'],
  ['Trade occupations (Version 1)', 'trades', '1'],
  ['Métiers spécialisés (Version 1)', 'trades', '1'],
  ['Métiers (Version 1)', 'trades', '1'],
  ['Trade occupations (Version 2)', 'trades', '2'],
  ['Métiers (Version 2)', 'trades', '2'],
  ['Trades Occupations, 2026-Version 3', 'trades', '2026-3'],
  ['Métiers spécialisés 2026-Version 3', 'trades', '2026-3'],
  ['Transport occupations (Version 1)', 'transport', '1'],
  ['Métiers des transports (Version 1)', 'transport', '1'],
  ['Agriculture and agri-food occupations (Version 1)', 'agriculture', '1'],
  ["Métiers de l'agriculture et de l'agroalimentaire (Version 1)", 'agriculture', '1'],
  ['Métiers de l’agriculture et de l’agroalimentaire (Version 1)', 'agriculture', '1'],
  ['Education occupations (Version 1)', 'education', '1'],
  ['Professions de l’éducation (Version 1)', 'education', '1'],
  ['Physicians with Canadian Work Experience, 2026-Version 1', 'physicians', '2026-1'],
  ['Médecins ayant de l’expérience de travail au Canada 2026-Version 1', 'physicians', '2026-1'],
  ['Senior managers with Canadian Work Experience, 2026-Version 1', 'senior-managers', '2026-1'],
  [
    'Cadres supérieurs/cadres supérieures ayant de l’expérience de travail au Canada 2026-version 1',
    'senior-managers',
    '2026-1',
  ],
  // As the past category rounds were named until they were renamed to "(Version 1)".
  ['Healthcare occupations (2023-1)', 'healthcare', '2023-1'],
  ['French language proficiency (2024-1)', 'french', '2024-1'],
];

/** Announced, but not yet held: the wording is ours. */
const EXPECTED_ONE_DAY: readonly (readonly [name: string, type: string, version: string | null])[] = [
  ['Researchers with Canadian Work Experience, 2026-Version 1', 'researchers', '2026-1'],
  ['Skilled military recruits, 2026-Version 1', 'military', '2026-1'],
];

/** What a rule of thumb would take for something it is not. */
const UNKNOWN: readonly (readonly [name: string, type: string, version: string | null])[] = [
  ['Hospitality occupations (Version 1)', 'other:hospitality-occupations', '1'],
  [
    'Canadian Experience Class and Federal Skilled Worker',
    'other:canadian-experience-class-and-federal-skilled-worker',
    null,
  ],
  ['Trade and transport occupations, 2027-Version 4', 'other:trade-and-transport-occupations', '2027-4'],
  [
    'Federal Skilled Trades and healthcare occupations',
    'other:federal-skilled-trades-and-healthcare-occupations',
    null,
  ],
  ['Canadian Experience Class (French)', 'other:canadian-experience-class-french', null],
  ['Generals', 'other:generals', null],
  ['System engineers', 'other:system-engineers', null],
  ['Île-des-Chênes pilot', 'other:ile-des-chenes-pilot', null],
  ['<script>alert("1")</script>', 'other:script-alert-1-script', null],
  ['???', 'other:unnamed', null],
];

describe('readDrawType', () => {
  it.each(OFFICIAL)('reads the official name %j as %s, version %s', (name, type, version) => {
    expect(readDrawType(name)).toEqual({ type, version });
  });

  it.each(EXPECTED_ONE_DAY)('reads the likely name %j as %s, version %s', (name, type, version) => {
    expect(readDrawType(name)).toEqual({ type, version });
  });

  it.each(UNKNOWN)('takes %j for nothing it knows: %s, version %s', (name, type, version) => {
    expect(readDrawType(name)).toEqual({ type, version });
  });

  it('has a name to read for every type it knows', () => {
    const covered = new Set([...OFFICIAL, ...EXPECTED_ONE_DAY].map(([, type]) => type));

    expect([...covered].sort()).toEqual([...DRAW_TYPES].sort());
  });

  it('takes "Federal Skilled Trades" for the programme, never for the trades category', () => {
    expect(readDrawType('Federal Skilled Trades').type).toBe('fst');
    expect(readDrawType('Federal Skilled Trades Program').type).toBe('fst');
    expect(readDrawType('Trade occupations').type).toBe('trades');
  });

  it('does not mind capitals, spaces or the kind of apostrophe', () => {
    const names = ['CANADIAN  experience\u00a0class ', "Catégorie de l'expérience canadienne"];

    expect(names.map((name) => readDrawType(name).type)).toEqual(['cec', 'cec']);
  });

  it('keeps the name of an unknown type to a readable length', () => {
    const { type } = readDrawType('occupations '.repeat(50));

    expect(type.length).toBeLessThanOrEqual('other:'.length + 60);
    expect(type).toMatch(/^other:[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});

describe('isKnownDrawType', () => {
  it('knows the types it was taught and no other', () => {
    expect(DRAW_TYPES.every(isKnownDrawType)).toBe(true);
    expect(isKnownDrawType('other:hospitality-occupations')).toBe(false);
    expect(isKnownDrawType('toString')).toBe(false);
  });
});
