/** The most bytes of a SPIFFE ID and of its trust domain (SPIFFE-ID, sections 2.1 and 2.3). */
const [mostBytes, mostDomainBytes] = [2048, 255];

/** A SPIFFE ID in its parts; `path` is empty or begins with `/`. */
export interface SpiffeId {
  readonly trustDomain: string;
  readonly path: string;
}

/** Reads a SPIFFE ID by the rules of SPIFFE-ID, section 2, or returns the rule that it breaks. */
export function parseSpiffeId(uri: string): SpiffeId | { readonly problem: string } {
  if (!/^spiffe:\/\//i.test(uri)) return { problem: 'its scheme is not spiffe' };
  if (new TextEncoder().encode(uri).length > mostBytes) return { problem: 'it is longer than 2048 bytes' };
  const rest = uri.slice('spiffe://'.length);
  if (/[?#]/.test(rest)) return { problem: 'it has a query or a fragment' };
  if (rest.includes('%')) return { problem: 'it is percent-encoded' };
  const slash = rest.indexOf('/');
  const [trustDomain, path] = slash < 0 ? [rest, ''] : [rest.slice(0, slash), rest.slice(slash)];
  if (trustDomain === '') return { problem: 'it has no trust domain' };
  if (/[@:]/.test(trustDomain)) return { problem: 'its trust domain has a user or a port' };
  if (!/^[a-z0-9._-]+$/.test(trustDomain))
    return { problem: 'its trust domain has characters other than a-z, 0-9, ".", "-" and "_"' };
  if (trustDomain.length > mostDomainBytes) return { problem: 'its trust domain is longer than 255 bytes' };
  for (const segment of path.split('/').slice(1)) {
    if (segment === '') return { problem: 'its path has an empty segment or ends with "/"' };
    if (segment === '.' || segment === '..') return { problem: 'its path has a segment "." or ".."' };
    if (!/^[A-Za-z0-9._-]+$/.test(segment))
      return { problem: 'its path has characters other than a-z, A-Z, 0-9, ".", "-" and "_"' };
  }
  return { trustDomain, path };
}
