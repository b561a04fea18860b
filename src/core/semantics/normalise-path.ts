/**
 * The path as it is matched and passed on, or `undefined` when it is unsafe (400).
 * In the order of the language page: encoded letters, digits and `-._~` decoded, `\` made `/`,
 * dot segments resolved (RFC 3986, 5.2.4), `//` merged. Any other encoding stays as it was sent.
 * A path in which decoding forms a new encoding (`/%%32F`) is unsafe, so that nobody further on reads another path.
 */
export function normalisePath(sent: string): string | undefined {
  if (!sent.startsWith('/') || refused.test(sent)) return undefined;
  const decoded = sent.replace(encodedUnreserved, decode);
  if (refused.test(decoded) || decoded.search(encodedUnreserved) !== -1) return undefined;
  return withoutDotSegments(decoded.replaceAll('\\', '/')).replace(/\/{2,}/g, '/');
}

/** An encoded slash or backslash, a NUL or a fragment. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a raw NUL is one of the refused characters
const refused = /%2f|%5c|%00|#|\0/i;

/** Letters, digits and `-._~`, encoded. */
const encodedUnreserved = /%(?:2[de]|3[0-9]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/gi;

function decode(encoded: string): string {
  return String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
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
