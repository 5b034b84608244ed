/** The user information of a URL: `scheme://user:password@host`. Offsets are into the text. */
export interface UrlCredentials {
  readonly scheme: string;
  readonly user: string;
  readonly password: string;
  readonly host: string;
  /** Of the password. */
  readonly start: number;
  readonly end: number;
  /** Of the scheme. */
  readonly urlStart: number;
}

const AUTHORITY_LIMIT = 400;
const STOP = new Set(['/', '?', '#', ' ', '\t', '\n', '\r', '"', "'", '`', '<', '>', '\\', '|', ',', ';', ')']);

/** Reads the credentials of the URL whose `://` starts at `colon`; undefined when it has no password. */
export function readUrlCredentials(text: string, colon: number): UrlCredentials | undefined {
  const from = colon + 3;
  const limit = Math.min(text.length, from + AUTHORITY_LIMIT);
  let at = -1;
  let end = from;
  for (; end < limit; end++) {
    const character = text[end]!;
    if (STOP.has(character) && !(character === '#' && at < 0)) break;
    if (character === '@') at = end;
  }
  if (at < 0) return undefined;
  const separator = text.indexOf(':', from);
  if (separator < 0 || separator >= at - 1) return undefined;
  let urlStart = colon;
  while (urlStart > 0 && colon - urlStart < 24 && /[a-z0-9+.-]/i.test(text[urlStart - 1]!)) urlStart--;
  return {
    scheme: text.slice(urlStart, colon).toLowerCase(),
    user: text.slice(from, separator),
    password: text.slice(separator + 1, at),
    host: text
      .slice(at + 1, end)
      .replace(/:[^:]*$/, '')
      .toLowerCase(),
    start: separator + 1,
    end: at,
    urlStart,
  };
}

/** Loopback, container host, single-label service names, private ranges and names that never leave a network. */
export function isLocalHost(host: string): boolean {
  return (
    !host.includes('.') ||
    /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0$|169\.254\.)/.test(host) ||
    /(?:^|\.)(?:localhost|local|internal|lan|test|svc|cluster)$/.test(host)
  );
}
