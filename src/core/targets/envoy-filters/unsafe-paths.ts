import type { Json } from '../artifact.ts';

/** Name of the filter and of its policy, which access logs and statistics show. */
export const unsafePaths = 'unsafe-paths';

/**
 * Configuration of an RBAC filter that refuses a dot segment before a `;` which normalisation has left: its dots were
 * written encoded or stood behind a backslash, and the next proxy would resolve it.
 */
export const unsafePathRules: { readonly [key: string]: Json } = {
  rules: {
    action: 'DENY',
    policies: {
      [unsafePaths]: {
        permissions: [{ url_path: { path: { safe_regex: { regex: '/(?:.*/)?\\.\\.?;.*' } } } }],
        principals: [{ any: true }],
      },
    },
  },
  rules_stat_prefix: 'unsafe_paths',
};

/** A CEL expression that holds for the local reply of this filter, which has to become 400. */
export const isUnsafePath = `response.code_details == 'rbac_access_denied_matched_policy[${unsafePaths}]'`;
