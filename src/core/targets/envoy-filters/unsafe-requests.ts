import type { Json } from '../artifact.ts';

/** Name of the filter and of its policy for paths, in access logs and statistics. */
export const unsafePaths = 'unsafe-paths';

/** Name of the filter's policy for headers. */
const unsafeHeaders = 'unsafe-headers';

/**
 * Returns the configuration of an RBAC filter that refuses requests which a proxy and the next one would read
 * differently.
 *
 * It refuses paths in which normalisation leaves a dot segment before a `;`: its dots were encoded or came after a
 * backslash, and the next proxy would resolve it. It refuses bytes beyond visible ASCII in a query, which HTTP/2
 * carries (in a path Envoy encodes them). It refuses a host that still ends with a dot after one was dropped: the next
 * proxy would drop that one, too, and see a host for which no rule was checked here. If `x-forwarded-proto` is empty,
 * Envoy finds no route.
 *
 * It refuses values with blanks around them in the headers of `read`, which Envoy strips over HTTP/1.1 and keeps over
 * HTTP/2. HTTP/2 treats such a request as malformed (RFC 9113, 8.2.1). Envoy compares repeated headers one by one.
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

/** A CEL expression that is true for the local replies of this filter, which must become 400. */
export const isUnsafeRequest =
  "response.code_details.startsWith('rbac_access_denied_matched_policy[unsafe-')";
