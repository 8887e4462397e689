// The doctor's look at the environment: all that is wrong with it, and what is left of it to go on with.

import { type Config, isMailto, readConfig } from '../../config.ts';
import { FetchError, formatFault, InputError } from '../../errors.ts';
import { SOURCES } from '../../sources/index.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';

type Environment = Record<string, string | undefined>;

/** `faulty` names the variables that are wrong; `config` is what would be without them. */
export function examineConfiguration(environment: Environment): {
  config: Config;
  faulty: ReadonlySet<string>;
  finding: Finding;
} {
  const name = 'configuration';
  try {
    const config = readConfig(environment, SOURCES);
    const set = Object.keys(environment).filter((key) => key.startsWith('DRAWBELL_') && environment[key]);
    const found =
      set.length === 0 ? 'nothing is set, so all is as usual' : `nothing wrong in ${set.sort().join(', ')}`;
    return { config, faulty: new Set(), finding: ok(name, found) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const faulty = new Set(error.faults.map(({ where }) => where));
    const rest = Object.fromEntries(Object.entries(environment).filter(([key]) => !faulty.has(key)));
    const found = error.faults.map(formatFault).join('; ');
    const finding = wrong(name, found, `Correct or unset ${[...faulty].join(', ')}: nothing runs before.`);
    return { config: readConfig(rest, SOURCES), faulty, finding };
  }
}

export function examineOperator({ operator }: Config): Finding {
  const name = 'operator';
  if (isMailto(operator)) return ok(name, 'a mail address is set');
  return warning(
    name,
    operator === null ? 'no contact is set' : 'the contact is a page, not a mail address',
    'Set DRAWBELL_OPERATOR to mailto: and your address: else nobody is told by mail when a source fails.',
  );
}

export async function examineBrowser({ browser, searchPath }: Config): Promise<Finding> {
  const name = 'browser';
  const { findBrowser } = await import('../../fetch/browser.ts');
  try {
    const executable = await findBrowser(browser, searchPath);
    if (executable !== null) return ok(name, executable);
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return warning(
      name,
      error.message,
      'Correct DRAWBELL_BROWSER, or unset it to use whichever is installed.',
    );
  }
  return warning(
    name,
    'none is installed',
    'Run "npx playwright install chromium", or set DRAWBELL_BROWSER to a Chrome or Chromium: ' +
      'without one a feed that has moved is not found again.',
  );
}
