import type { Json } from '../artifact.ts';

/** Name of the filter, and of its policy of paths, which access logs and statistics show. */
export const unsafePaths = 'unsafe-paths';

/** Name of its policy of headers. */
const unsafeHeaders = 'unsafe-headers';

/**
 * Returns the configuration of an RBAC filter that refuses what a proxy and the next one would read differently.
 *
 * Paths that normalisation leaves: a dot segment before a `;` whose dots were written
 * encoded or stood behind a backslash, which the next proxy would resolve, and bytes beyond visible ASCII in a query, which
 * HTTP/2 carries (in a path Envoy encodes them). A host that ends with a dot although one was dropped is refused, too: the
 * next proxy would drop that one, and read a host that no rule here was asked about. Where `x-forwarded-proto` is empty, Envoy
 * finds no route.
 *
 * A value of a header in `read` with blanks around it, which Envoy strips over HTTP/1.1 and keeps over HTTP/2. HTTP/2
 * takes such a request for malformed (RFC 9113, 8.2.1). Envoy looks at repeated headers one by one.
 */
export function unsafeRequestRules(read: readonly string[] = []): { readonly [key: string]: Json } {
  const policies = {
    [unsafePaths]: policy(unsafe),
    ...(read.length > 0 && { [unsafeHeaders]: policy(read.map(padded)) }),
  };
  return { rules: { action: 'DENY', policies }, rules_stat_prefix: 'unsafe_paths' };
}

const unsafe: readonly Json[] = [
  { url_path: { path: { safe_regex: { regex: '/(?:.*/)?\\.\\.?;.*' } } } },
  { header: { name: ':path', string_match: { safe_regex: { regex: '[^?]*\\?[!-~]*[^!-~].*' } } } },
  { header: { name: 'x-forwarded-proto', string_match: { exact: '' } } },
  { header: { name: ':authority', string_match: { safe_regex: { regex: '.*\\.(?::[^.]*)?' } } } },
];

function padded(name: string): Json {
  return { header: { name, string_match: { safe_regex: { regex: '[ \\t].*|.*[ \\t]' } } } };
}

function policy(permissions: readonly Json[]): Json {
  return { permissions, principals: [{ any: true }] };
}

/** A CEL expression that holds for the local replies of this filter, which have to become 400. */
export const isUnsafeRequest =
  "response.code_details.startsWith('rbac_access_denied_matched_policy[unsafe-')";
