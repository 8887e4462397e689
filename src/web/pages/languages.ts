// The first page of a site of files, which cannot know what a browser asks for. Pure.

import { html } from 'hono/html';
import { PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { HOME_WORDS } from '../text/home.ts';
import { LOCALES, PAGE_WORDS } from '../text/index.ts';
import { NAME, type Page } from './frame.ts';

export function languagesPage({ to }: View): Page {
  const links = LOCALES.map(
    (locale) =>
      html`<li lang="${locale}"><a href="${to(PATHS.home(locale))}" hreflang="${locale}">${PAGE_WORDS[locale].frame.language}</a>: ${HOME_WORDS[locale].title}</li>\n`,
  );
  return { title: NAME, body: html`<ul>\n${links}</ul>\n`, inLanguage: null };
}
