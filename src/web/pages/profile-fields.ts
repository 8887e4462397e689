// The fields that a profile is asked for with. Pure.

import { html } from 'hono/html';
import { dayStart } from '../../draw/calendar.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import {
  FORM_PROGRAMS,
  type FormFaults,
  MOST_WORK,
  NONE,
  type RawForm,
  textIn,
  WORK_FIELDS,
  type WorkField,
  workRows,
} from '../profile-form.ts';
import type { View } from '../site.ts';
import { PROFILE_WORDS } from '../text/profile.ts';
import type { ProfileField, ProfileWords } from '../text/profile-words.ts';
import { type FieldFault, fieldset, type Option, selectField, textField, tickField } from './fields.ts';
import type { Html } from './frame.ts';

/** Rows for occupations that an empty form has. */
const ROWS = 3;

type YesOrNo = 'nominated' | 'frenchNclc7' | 'militaryRecruit' | 'continuous' | 'inCanada';

/** Every field of a profile, filled in as it was, each fault beside its field. */
export function profileFields(view: View, raw: RawForm, faults: FormFaults): Html {
  return html`${scoreFields(view, raw, faults)}${detailFields(view, raw, faults)}`;
}

/** The score, and the day on which it was noted. */
export function scoreFields(view: View, raw: RawForm, faults: FormFaults): Html {
  const form: Form = { view, words: PROFILE_WORDS[view.locale], raw, faults };
  return html`${text(form, 'crs', 'numeric')}${dayField(form)}`;
}

/** All the others. */
export function detailFields(view: View, raw: RawForm, faults: FormFaults): Html {
  const form: Form = { view, words: PROFILE_WORDS[view.locale], raw, faults };
  return html`${text(form, 'profileSubmittedAt')}${programs(form)}${answer(form, 'nominated')}${answer(
    form,
    'frenchNclc7',
  )}${experience(form)}${answer(form, 'militaryRecruit')}`;
}

/** What is wrong with them, in the order of the fields, for a summary above the form. */
export function profileFaults(view: View, faults: FormFaults): FieldFault[] {
  const words = PROFILE_WORDS[view.locale];
  const order = Object.keys(words.labels);
  // Whoever asks for more than a profile may have faults of its own in the same list.
  const places = [...faults]
    .map(([name, kind]) => ({ name, kind, ...partsOf(name) }))
    .filter(({ field }) => order.includes(field));
  const place = ({ field, row }: (typeof places)[number]) =>
    row === null ? order.indexOf(field) : order.indexOf('experience') + row / (MOST_WORK * 1_000);
  return places
    .sort((a, b) => place(a) - place(b))
    .map(({ name, kind, field, row }) => {
      const fault = words.faults[field][kind] ?? words.faults[field].wrong;
      return { name, text: row === null ? fault : words.inRow(row, fault) };
    });
}

/** Of a field of the form: which one, and in which row. */
function partsOf(name: string): { field: ProfileField; row: number | null } {
  const [field, row] = name.split('-');
  return { field: field as ProfileField, row: row === undefined ? null : Number(row) };
}

interface Form {
  view: View;
  words: ProfileWords;
  raw: RawForm;
  faults: FormFaults;
}

/** What every field has; `name` differs from the field's own in a row. */
function about({ words, faults }: Form, field: ProfileField, name: string = field) {
  const kind = faults.get(name);
  const hint = words.hints[field];
  return {
    name,
    label: words.labels[field],
    ...(hint === undefined ? {} : { hint }),
    fault: kind === undefined ? undefined : (words.faults[field][kind] ?? words.faults[field].wrong),
  };
}

function text(form: Form, field: ProfileField, inputmode?: 'numeric', name: string = field): Html {
  return textField({
    ...about(form, field, name),
    value: textIn(form.raw, name),
    ...(inputmode ? { inputmode } : {}),
  });
}

/** A browser shows nothing in a field for days that holds none: then it is a field for text, and what was written stays. */
function dayField(form: Form): Html {
  const value = textIn(form.raw, 'crsAsOf');
  const type = value === '' || dayStart(value) !== null ? 'date' : 'text';
  return textField({ ...about(form, 'crsAsOf'), value, type });
}

function answer(form: Form, field: YesOrNo, name: string = field): Html {
  const { unsaid, yes, no } = form.words.answers;
  const options: Option[] = [
    ['', unsaid],
    ['yes', yes],
    ['no', no],
  ];
  return selectField({ ...about(form, field, name), value: textIn(form.raw, name), options });
}

function programs(form: Form): Html {
  const { view, words, raw } = form;
  const ticked = raw.get('programs') ?? [];
  const names = LANGUAGES[view.locale].programs;
  const boxes = [...FORM_PROGRAMS.map((one) => [one, names[one]] as const), [NONE, words.noProgram] as const];
  return fieldset(
    about(form, 'programs'),
    html`${boxes.map(([value, label]) =>
      tickField({ name: 'programs', id: `programs-${value}`, label, value, checked: ticked.includes(value) }),
    )}`,
  );
}

function experience(form: Form): Html {
  const { words, raw } = form;
  return fieldset(
    about(form, 'experience'),
    html`${shownRows(raw).map((row) => occupation(form, row))}${tickField({
      name: 'experience',
      id: 'experience-none',
      label: words.noWork,
      value: NONE,
      checked: raw.get('experience')?.includes(NONE) === true,
    })}`,
  );
}

/** Those that are filled, and empty ones behind or between them: some at first, and always one more. */
function shownRows(raw: RawForm): number[] {
  const filled = workRows(raw).slice(0, MOST_WORK);
  const wanted = Math.min(Math.max(ROWS, filled.length + 1), MOST_WORK);
  const rows = new Set(filled);
  for (let row = 1; rows.size < wanted; row += 1) rows.add(row);
  return [...rows].sort((a, b) => a - b);
}

const WORK: Record<WorkField, (form: Form, name: string) => Html> = {
  noc: (form, name) => text(form, 'noc', 'numeric', name),
  months: (form, name) => text(form, 'months', 'numeric', name),
  continuous: (form, name) => answer(form, 'continuous', name),
  inCanada: (form, name) => answer(form, 'inCanada', name),
};

function occupation(form: Form, row: number): Html {
  return html`<fieldset class="row">
<legend>${form.words.work(row)}</legend>
${WORK_FIELDS.map((field) => WORK[field](form, `${field}-${row}`))}</fieldset>
`;
}
