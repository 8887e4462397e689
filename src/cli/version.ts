// The version, and the name drawbell gives itself to servers.

import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export const VERSION = version;

/** An honest User-Agent: what asks, and how to reach whoever runs it. */
export function userAgent({ operator, publicUrl }: Pick<Config, 'operator' | 'publicUrl'>): string {
  const contact = operator ?? publicUrl;
  return contact === null ? `drawbell/${version}` : `drawbell/${version} (+${contact})`;
}
