// What the fields of a profile are called, and what is said about what was written in them, in every language.

import type { FaultKind, WorkField } from '../profile-form.ts';

/** The fields that a form asks a profile with; those of an occupation once for each row. */
export type ProfileField =
  | 'crs'
  | 'crsAsOf'
  | 'profileSubmittedAt'
  | 'programs'
  | 'nominated'
  | 'frenchNclc7'
  | 'experience'
  | 'militaryRecruit'
  | WorkField;

export interface ProfileWords {
  labels: Record<ProfileField, string>;
  hints: Partial<Record<ProfileField, string>>;
  /** What yes and no are chosen from. */
  answers: { unsaid: string; yes: string; no: string };
  noProgram: string;
  /** Above the fields of one occupation. */
  work(number: number): string;
  noWork: string;
  /** Said first, where fields are left out: what that means. */
  leftOut: string;
  /** How to put it right, a sentence each; `wrong` also stands in for what has no words of its own. */
  faults: Record<ProfileField, { wrong: string } & Partial<Record<FaultKind, string>>>;
  /** Of a fault in a row: which one it is, and the fault. */
  inRow(number: number, fault: string): string;
  /** Above what is wrong with a form. */
  faultsHeading(count: number): string;
}
