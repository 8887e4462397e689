// How the pages look: the chart. Its colours stand out from the card by 3 to 1 at least, in light and dark.

import { DRAW_TYPES } from '../../draw/draw-type.ts';

const HUES = {
  light: ['#0b57b7', '#b4460a', '#0f766e', '#7c3aed', '#be185d', '#475569'],
  dark: ['#8ab8ff', '#f5a350', '#2dd4bf', '#c4a5ff', '#ff8fb8', '#cbd5e1'],
};

/** While a type stands out, the others stay as a shade of what there is beside it. */
const HIGHLIGHTS = [...DRAW_TYPES, 'other']
  .map(
    (mark) =>
      `.chart:has(#highlight-${mark}:checked) .series:not(.of-${mark}){opacity:.12}` +
      `.chart:has(#highlight-${mark}:checked) .of-${mark} .marks{stroke:currentColor}`,
  )
  .join('\n');

export const CHART = `
:root { ${hues(HUES.light)} }
@media (prefers-color-scheme: dark) { :root { ${hues(HUES.dark)} } }
${HUES.light.map((_, index) => `.hue-${index + 1} { color: var(--hue-${index + 1}) }`).join('\n')}
.chart { margin: 0 }
.chart figcaption { max-width: 42rem; color: var(--quiet) }
.chart svg[role] { display: block; width: 100%; min-width: 40rem; height: auto; margin: .75rem 0 }
.chart text { fill: var(--quiet); font-size: 13px }
.chart .heading { fill: var(--ink); font-weight: 600 }
.chart .level { text-anchor: end }
.chart .panel { fill: none; stroke: var(--line) }
.chart .grid { stroke: var(--line) }
.chart .solid { fill: currentColor }
.chart .hollow { fill: none; stroke: currentColor; stroke-width: 1.5 }
.chart .marks { fill: none; stroke-opacity: .4 }
.chart .alone .marks { stroke: currentColor }
.chart .bars { fill: none; stroke: currentColor; stroke-opacity: .8 }
.chart .mark { width: 1.1rem; height: 1.1rem }
.legend { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 1rem 0 0; padding: 0; border: 0 }
.legend legend { padding: 0; font-weight: 600 }
.legend label { display: inline-flex; align-items: center; gap: .35rem; min-height: 2.5rem; cursor: pointer }
.legend input { width: 1.1rem; height: 1.1rem; min-height: 0; margin: 0; accent-color: var(--link) }
@supports not selector(:has(*)) { .legend input { display: none } }
@media print {
  :root { ${hues(HUES.light)} }
  .legend input { display: none }
}
${HIGHLIGHTS}
`;

function hues(colors: readonly string[]): string {
  return colors.map((color, index) => `--hue-${index + 1}: ${color}`).join('; ');
}
