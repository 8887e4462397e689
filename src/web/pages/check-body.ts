// a profile and draws -> the answer, and the form it was asked with: the part of the page that a browser can make too. Pure.

import { html } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import { drawNumber, drawTypeName } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import { textIn } from '../profile-form.ts';
import type { View } from '../site.ts';
import { CHECK_WORDS } from '../text/check.ts';
import { PROFILE_WORDS } from '../text/profile.ts';
import type { CheckMaterial, CheckState } from './check-answer.ts';
import { writeAnswer } from './check-verdicts.ts';
import { type FieldFault, faultSummary, type Option, type OptionGroup, selectField } from './fields.ts';
import type { Html } from './frame.ts';
import { profileFaults, profileFields } from './profile-fields.ts';

/** What a script finds it by. */
export const CHECK_ID = 'check';

/** The answer first where there is one, what is wrong where something is, then the form as it was filled in. */
export function checkBody(view: View, { draws }: CheckMaterial, state: CheckState): Html {
  const { raw, faults, answer } = state;
  const words = PROFILE_WORDS[view.locale];
  const say = CHECK_WORDS[view.locale];
  const unknown = faults.has('draw') ? say.draws.unknown : undefined;
  const told: FieldFault[] = [
    ...(unknown === undefined ? [] : [{ name: 'draw', text: unknown }]),
    ...profileFaults(view, faults),
  ];
  return html`${faultSummary(words.faultsHeading(told.length), told)}${
    answer === null ? html`<p>${say.lead}</p>\n` : html`${writeAnswer(view, answer)}<h2>${say.again}</h2>\n`
  }<p>${say.kept[view.site.kind]}</p>
<form method="post">
${selectField({
  name: 'draw',
  label: say.draws.label,
  fault: unknown,
  value: textIn(raw, 'draw'),
  options: optionsOf(view, draws),
})}<p>${words.leftOut}</p>
${profileFields(view, raw, faults)}<button>${say.button}</button>
</form>
`;
}

/** By year, as the draws come. */
function optionsOf({ locale }: View, draws: readonly Draw[]): (Option | OptionGroup)[] {
  const words = LANGUAGES[locale];
  const say = CHECK_WORDS[locale];
  const option = (draw: Draw): Option => {
    const cutoff = draw.cutoff === null ? null : words.number(draw.cutoff);
    const { short } = drawTypeName(words, draw);
    return [draw.id, say.option(drawNumber(draw), words.day(draw.date), short, cutoff)];
  };
  return [
    ['latest', say.draws.latest],
    ['all', say.draws.all],
    ...[...Map.groupBy(draws, ({ date }) => date.slice(0, 4))].map(([label, ofYear]) => ({
      label,
      options: ofYear.map(option),
    })),
  ];
}
