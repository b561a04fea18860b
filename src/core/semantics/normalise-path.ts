/**
 * Returns the path as it is matched and passed on, or `undefined` if it is unsafe or not a path (400). In the order of
 * the language page: decodes encoded letters, digits and `-._~`, turns `\` into `/`, resolves dot segments (RFC 3986,
 * 5.2.4; with their parameters), merges `//`. Other encodings stay. A `%` that encodes nothing, and characters that no
 * URI may contain (`|`, `{`), are encoded if servers would read them differently, so that all read the same path.
 */
export function normalisePath(sent: string, query = ''): string | undefined {
  if (!isSafeQuery(query) || !isPath.test(sent) || refused.test(sent)) return undefined;
  const plain = sent.replace(parameters, '$1');
  if (plain.includes('%00')) return undefined;
  const path = decoded(plain).replaceAll('\\', '/').replace(noUri, encoded);
  const normal = withoutDotSegments(path).replace(/\/{2,}/g, '/');
  return hiddenDots.test(normal) ? undefined : normal;
}

/** Returns true if a request line can contain the query: visible ASCII without a fragment. */
export function isSafeQuery(query: string): boolean {
  return isQuery.test(query);
}

/** Matches a path of a request line: only visible ASCII (RFC 9112). */
const isPath = /^\/[!-~]*$/;

/** Matches a query of a request line: visible ASCII without a fragment, which clients don't send (RFC 9110, 7.1). */
const isQuery = /^[!"$-~]*$/;

/** Matches an encoded slash or backslash, or a fragment. */
const refused = /%2f|%5c|#/i;

/**
 * Matches a dot segment with parameters (`..;x`), whose parameters are removed up to the next slash: servers that cut
 * parameters off would read a dot segment.
 */
const parameters = /(\/\.{1,2});[^/]*/g;

/**
 * Matches dots before a `;` that this proxy keeps but the next would resolve: they were encoded, or came after a
 * backslash.
 */
const hiddenDots = /\/\.{1,2};/;

/** Matches an encoding, or a `%` that begins none. */
const encodings = /%[0-9a-f]{2}|%/gi;

/** Matches characters that RFC 3986 allows nowhere, except `\`, which has become a slash. */
const noUri = /["<>^`{|}]/g;

/** A placeholder for a `%` that encodes nothing, while other encodings are decoded; no path contains this character. */
const stray = '\0';

/** Decodes a path. A stray `%` before a decoded character becomes `%25`: `%%32F` must not become `%2F`. */
function decoded(path: string): string {
  return path
    .replace(encodings, (found) =>
      found === '%' ? stray : isUnreserved(decode(found)) ? decode(found) : found,
    )
    .replace(/\0(?=[0-9a-f]{2})/gi, '%25')
    .replaceAll(stray, '%');
}

/** Returns true for letters, digits and `-._~` (RFC 3986, 2.3). */
function isUnreserved(character: string): boolean {
  return /[A-Za-z0-9._~-]/.test(character);
}

function decode(encoding: string): string {
  return String.fromCharCode(Number.parseInt(encoding.slice(1), 16));
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.slice(1).split('/');
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  const last = segments.at(-1);
  if (last === '.' || last === '..') kept.push('');
  return `/${kept.join('/')}`;
}
