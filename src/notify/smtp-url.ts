// The configuration -> how to talk to the mail server: its place, our sign-in, and when nothing is said in the clear.

/** What the mail library takes. */
export interface SmtpServer {
  host: string;
  /** Left out: 465 for `smtps:`, else 587. */
  port?: number;
  /** TLS from the first byte on; else STARTTLS wherever it is offered. */
  secure: boolean;
  /** Without STARTTLS nothing is sent at all. */
  requireTLS: boolean;
  auth?: { user: string; pass: string };
  tls: { rejectUnauthorized: true };
}

const HERE = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Of an `smtp:` or `smtps:` URL. Only its host, port, name and password count: a query in it could switch the checks
 * off. A password goes to no other machine than this one without TLS, and certificates are always verified.
 */
export function readSmtpUrl(text: string): SmtpServer {
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'smtps:' || url.port === '465';
  const user = decoded(url.username);
  const pass = decoded(url.password);
  return {
    host,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    secure,
    requireTLS: !secure && user !== '' && !HERE.has(host.toLowerCase()),
    ...(user === '' ? {} : { auth: { user, pass } }),
    tls: { rejectUnauthorized: true },
  };
}

/** A password with a bare `%` in it is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
