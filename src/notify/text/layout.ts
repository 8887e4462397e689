// words -> MJML: the shape of a message, with slots in the place of its text. No text from elsewhere comes here.

import type { Locale } from '../../match/notice.ts';
import type { Outcome } from '../../match/verdict.ts';
import type { Section } from './message.ts';

/** All that a layout depends on: few enough that each is rendered once. */
export interface Shape {
  locale: Locale;
  outcome: Outcome | null;
  numbers: boolean;
  /** Whether something is special about the draw, or new about it. */
  special: boolean;
  sections: Section['kind'][];
}

interface Tone {
  ink: string;
  paper: string;
}

/** The colours of each outcome; the words beside them say the same. */
const TONES: Record<Outcome, { light: Tone; dark: Tone }> = {
  invited: { light: { ink: '#0f5132', paper: '#e3f4e9' }, dark: { ink: '#a6e9c0', paper: '#12351f' } },
  'not-invited': { light: { ink: '#374151', paper: '#e8ebf0' }, dark: { ink: '#d5dbe5', paper: '#2b323d' } },
  'cannot-tell': { light: { ink: '#6b4300', paper: '#fdf0d5' }, dark: { ink: '#f6d48f', paper: '#3d2e0f' } },
};
/** The colours of what is no outcome. */
const PLAIN: { light: Tone; dark: Tone } = {
  light: { ink: '#173a68', paper: '#e4edf9' },
  dark: { ink: '#b9d4ff', paper: '#152a47' },
};
export const LIGHT = { page: '#eef0f3', card: '#ffffff', ink: '#1f2733', quiet: '#566070', link: '#0b57b7' };
const DARK = { page: '#14171c', card: '#1e232b', ink: '#e6e9ee', quiet: '#a9b2c0', link: '#8ab8ff' };

/** MJML in which `{{name}}` stands where the text of a reader's message goes. */
export function layout({ locale, outcome, numbers, special, sections }: Shape): string {
  const { light, dark } = outcome === null ? PLAIN : TONES[outcome];
  return `<mjml lang="${locale}" dir="ltr">
  <mj-head>
    <mj-title>{{subject}}</mj-title>
    <mj-preview>{{lead}}</mj-preview>
    <mj-raw>
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
    </mj-raw>
    <mj-attributes>
      <mj-all font-family="-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" />
      <mj-text color="${LIGHT.ink}" font-size="16px" line-height="24px" padding="0 20px" />
      <mj-table color="${LIGHT.ink}" font-size="16px" line-height="24px" padding="0 20px" />
      <mj-section background-color="${LIGHT.card}" padding="0" />
    </mj-attributes>
    <mj-style>${styles(dark)}</mj-style>
  </mj-head>
  <mj-body width="600px" background-color="${LIGHT.page}" css-class="page">
    <mj-section background-color="${light.paper}" padding="20px 0" css-class="answer">
      <mj-column>
        <mj-text color="${light.ink}" font-size="15px" line-height="22px" css-class="tone">{{drawLine}}</mj-text>
        <mj-text color="${light.ink}" font-size="27px" line-height="34px" padding="6px 20px 12px" css-class="tone"><h1 style="margin:0;font-size:27px;line-height:34px">{{verdict}}</h1></mj-text>
        ${numbers ? `<mj-table color="${light.ink}" css-class="tone numbers">{{numbers}}</mj-table>` : ''}
        ${special ? `<mj-text color="${light.ink}" padding="12px 20px 0" css-class="tone"><strong>{{special}}</strong></mj-text>` : ''}
      </mj-column>
    </mj-section>
    <mj-section padding="4px 0 20px" css-class="card">
      <mj-column>
        ${sections.map(sectionLayout).join('\n        ')}
      </mj-column>
    </mj-section>
    <mj-section background-color="${LIGHT.page}" padding="4px 0 24px" css-class="about">
      <mj-column>
        <mj-text color="${LIGHT.quiet}" font-size="14px" line-height="21px" padding="12px 20px 0" css-class="quiet"><h2 style="margin:0 0 6px;font-size:14px;line-height:21px">{{about.heading}}</h2>{{about}}</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
}

function sectionLayout(kind: Section['kind'], index: number): string {
  const heading = `<mj-text padding="18px 20px 6px" css-class="ink"><h2 style="margin:0;font-size:17px;line-height:24px">{{${index}.heading}}</h2></mj-text>`;
  switch (kind) {
    case 'lines':
      return `${heading}<mj-text css-class="ink">{{${index}}}</mj-text>`;
    case 'rows':
      return `${heading}<mj-table css-class="ink facts">{{${index}}}</mj-table>`;
    case 'link':
      return `<mj-text padding="16px 20px 0" css-class="ink">{{${index}}}</mj-text>`;
    case 'button':
      return `<mj-text padding="18px 20px 6px" css-class="go">{{${index}}}</mj-text>`;
  }
}

/** Mail programs without `prefers-color-scheme` show the light colours written into the elements. */
function styles(dark: Tone): string {
  return `
    p, td, th { overflow-wrap: anywhere; }
    a { color: ${LIGHT.link}; }
    .quiet a { color: ${LIGHT.quiet}; }
    @media (prefers-color-scheme: dark) {
      body, .page { background: ${DARK.page} !important; }
      .about, .about > table { background: ${DARK.page} !important; }
      .card, .card > table { background: ${DARK.card} !important; }
      .answer, .answer > table { background: ${dark.paper} !important; }
      .tone div, .tone table { color: ${dark.ink} !important; }
      .ink div, .ink table, .facts td { color: ${DARK.ink} !important; }
      .facts th, .quiet div, .quiet a { color: ${DARK.quiet} !important; }
      .go a { background: ${DARK.link} !important; color: ${DARK.page} !important; }
      .ink a { color: ${DARK.link} !important; }
    }`;
}
