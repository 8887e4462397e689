// The configuration -> how mails are signed (DKIM), so that a receiver knows the domain stands by them.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InputError } from '../errors.ts';

/** What the mail library takes. */
export interface Signature {
  domainName: string;
  keySelector: string;
  privateKey: KeyObject;
  headerFieldNames: string;
}

/** A key shorter than this is believed by nobody (RFC 8301). */
const BITS = 1_024;

/**
 * What is signed: who it is from and what it is, and how to end the list (RFC 8058 wants both). Left out is what
 * relays set anew: Date, Message-ID, Sender, Content-Transfer-Encoding.
 */
const FIELDS =
  'From:Reply-To:To:Subject:MIME-Version:Content-Type:' +
  'List-Id:List-Unsubscribe:List-Unsubscribe-Post:Auto-Submitted:Feedback-ID';

/** Makes signatures for the domain of an address. Throws `InputError` when there is no RSA key; none of it is shown. */
export async function openSigner({
  keyFile,
  selector,
}: {
  keyFile: string;
  selector: string;
}): Promise<(address: string) => Signature> {
  const privateKey = await readKey(keyFile);
  return (address) => ({
    domainName: address.slice(address.lastIndexOf('@') + 1),
    keySelector: selector,
    privateKey,
    headerFieldNames: FIELDS,
  });
}

async function readKey(path: string): Promise<KeyObject> {
  let pem: Buffer;
  try {
    pem = await readFile(path);
  } catch (error) {
    throw fault(`one that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw fault('no private key in it, or one with a passphrase');
  }
  if (key.asymmetricKeyType !== 'rsa') throw fault(`a key of another kind (${key.asymmetricKeyType})`);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < BITS) throw fault(`a key of ${bits} bits`);
  return key;
}

function fault(found: string): InputError {
  const expected = `the file of an RSA private key (PEM, no passphrase, at least ${BITS} bits)`;
  return new InputError('mail cannot be signed', [{ where: 'DRAWBELL_DKIM_KEY', expected, found }]);
}
