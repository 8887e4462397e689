// The fields that forms are made of: each with its label, its hint, and what is wrong with it beside it. Pure.

import { html, raw } from 'hono/html';
import type { Html } from './frame.ts';

/** `name` is its id too, so that a link can lead to it. */
export interface Field {
  name: string;
  label: string;
  hint?: string;
  /** How to put it right; `undefined` where nothing is wrong. */
  fault?: string | undefined;
}

export interface TextField extends Field {
  value: string;
  type?: 'text' | 'email' | 'date';
  inputmode?: 'numeric' | 'email';
  /** `off` unless it is something that browsers know. */
  autocomplete?: string;
  required?: boolean;
}

export type Option = readonly [value: string, label: string];
export interface OptionGroup {
  label: string;
  options: readonly Option[];
}

/** Something that can be ticked; `of`: the group it stands in, whose fault is also its own. */
export interface Tick extends Field {
  value: string;
  checked: boolean;
  required?: boolean;
}

/** A fault, by the field it leads to. */
export interface FieldFault {
  name: string;
  text: string;
}

export function textField(field: TextField): Html {
  const { name, value, type = 'text', inputmode, autocomplete = 'off', required = false } = field;
  return around(
    field,
    html`<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}"${
      inputmode === undefined ? '' : html` inputmode="${inputmode}"`
    }${type === 'text' ? raw(' spellcheck="false"') : ''}${required ? raw(' required') : ''}${state(field)}>`,
  );
}

/** Nothing is chosen by itself: what no option has as its value leaves the first. */
export function selectField(
  field: Field & { value: string; options: readonly (Option | OptionGroup)[] },
): Html {
  const { name, value, options } = field;
  const one = ([of, label]: Option) =>
    html`<option value="${of}"${of === value ? raw(' selected') : ''}>${label}</option>`;
  return around(
    field,
    html`<select id="${name}" name="${name}"${state(field)}>${options.map((option) =>
      'options' in option
        ? html`<optgroup label="${option.label}">${option.options.map(one)}</optgroup>`
        : one(option),
    )}</select>`,
  );
}

/** One of several, all of them seen at once. */
export function radioField(field: Field & { value: string; options: readonly Option[] }): Html {
  const { name, label, value, options, fault } = field;
  return fieldset(
    { ...field, name, label },
    html`${options.map(
      ([of, text], index) =>
        html`<div class="tick"><input id="${name}-${index + 1}" name="${name}" type="radio" value="${of}"${
          of === value ? raw(' checked') : ''
        }${fault === undefined ? '' : html` aria-describedby="${name}-fault"`}><label for="${name}-${index + 1}">${text}</label></div>
`,
    )}`,
  );
}

/** `id`: where several have one name. Its fault stands above it, as it would be overlooked below a long label. */
export function tickField(field: Tick & { id?: string }): Html {
  const { name, id = name, label, value, checked, required = false, hint, fault } = field;
  const own = { ...field, name: id };
  return html`<div class="field">${faultLine(own)}
<div class="tick"><input id="${id}" name="${name}" type="checkbox" value="${value}"${checked ? raw(' checked') : ''}${
    required ? raw(' required') : ''
  }${state({ name: id, hint, fault })}><label for="${id}">${label}</label></div>
${hintLine(own)}</div>
`;
}

/** What belongs together under one question. A link to it moves the focus there, and so its words are read out. */
export function fieldset(field: Field, body: Html): Html {
  const { name, label, fault } = field;
  return html`<fieldset id="${name}" tabindex="-1"${describedBy(field)}${
    fault === undefined ? '' : raw(' class="faulty"')
  }>
<legend>${label}</legend>
${hintLine(field)}${faultLine(field)}${body}</fieldset>
`;
}

/** What is wrong with the whole form, above it: one line for each fault, which leads to its field. */
export function faultSummary(heading: string, faults: readonly FieldFault[]): Html {
  if (faults.length === 0) return html``;
  return html`<div class="faults" id="faults" role="alert" tabindex="-1" aria-labelledby="faults-heading">
<h2 id="faults-heading">${heading}</h2>
<ul>${faults.map(({ name, text }) => html`<li><a href="#${name}">${text}</a></li>\n`)}</ul>
</div>
`;
}

function around(field: Field, control: Html): Html {
  const { name, label, fault } = field;
  return html`<div class="field${fault === undefined ? '' : ' faulty'}"><label for="${name}">${label}</label>
${hintLine(field)}${faultLine(field)}${control}</div>
`;
}

type Said = Pick<Field, 'name'> & { hint?: string | undefined; fault?: string | undefined };

function hintLine({ name, hint }: Said): Html {
  return hint === undefined ? html`` : html`<p class="hint" id="${name}-hint">${hint}</p>\n`;
}

function faultLine({ name, fault }: Said): Html {
  return fault === undefined ? html`` : html`<p class="fault" id="${name}-fault">${fault}</p>\n`;
}

function state(said: Said): Html {
  return html`${said.fault === undefined ? '' : raw(' aria-invalid="true"')}${describedBy(said)}`;
}

function describedBy({ name, hint, fault }: Said): Html {
  const ids = [hint === undefined ? [] : `${name}-hint`, fault === undefined ? [] : `${name}-fault`].flat();
  return ids.length === 0 ? html`` : html` aria-describedby="${ids.join(' ')}"`;
}
