// Whom the operator means, and what is said when there is nobody: never an address.

import { InputError } from '../../errors.ts';
import { describeText } from '../read-file.ts';

/** A number may be shown, an address may not. */
export function noSuchSubscriber(what: string, who: string): InputError {
  const expected = 'a number or an address that "drawbell subscribers list" shows';
  const found = /^\d+$/.test(who) ? who : describeText(who);
  return new InputError(what, [{ where: 'who', expected, found }]);
}
