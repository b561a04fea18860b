import type { Json } from '../artifact.ts';

/** Name of the filter and of its policy, which access logs and statistics show. */
export const unsafePaths = 'unsafe-paths';

/**
 * Configuration of an RBAC filter that refuses what normalisation leaves: a dot segment before a `;` whose dots were written
 * encoded or stood behind a backslash, which the next proxy would resolve, and bytes beyond visible ASCII in a query, which
 * HTTP/2 carries (in a path Envoy encodes them). A host that ends with a dot although one was dropped is refused, too: the
 * next proxy would drop that one, and read a host that no rule here was asked about.
 */
export const unsafePathRules: { readonly [key: string]: Json } = {
  rules: {
    action: 'DENY',
    policies: {
      [unsafePaths]: {
        permissions: [
          { url_path: { path: { safe_regex: { regex: '/(?:.*/)?\\.\\.?;.*' } } } },
          { header: { name: ':path', string_match: { safe_regex: { regex: '[^?]*\\?[!-~]*[^!-~].*' } } } },
          { header: { name: ':authority', string_match: { safe_regex: { regex: '.*\\.(?::[^.]*)?' } } } },
        ],
        principals: [{ any: true }],
      },
    },
  },
  rules_stat_prefix: 'unsafe_paths',
};

/** A CEL expression that holds for the local reply of this filter, which has to become 400. */
export const isUnsafePath = `response.code_details == 'rbac_access_denied_matched_policy[${unsafePaths}]'`;
