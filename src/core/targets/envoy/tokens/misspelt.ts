import type { Authentication } from '../../../ir/authentication.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { Json } from '../../artifact.ts';
import { extension, type Fields } from '../typed-config.ts';
import { tokenPlaces } from './places.ts';

/**
 * Returns the filter that refuses (401, by `tokenReplies`) a header whose prefix differs in case (`bearer`). Envoy
 * finds no token there, but applications do, since names of schemes ignore case (RFC 9110, 11.1).
 */
export function misspeltTokensFilter(authentication: Authentication): readonly Fields[] {
  const misspelt = tokenPlaces(authentication).flatMap(({ source }) =>
    source.type === 'header' && source.prefix !== '' ? [otherLetters(source.name, source.prefix)] : [],
  );
  if (misspelt.length === 0) return [];
  return [
    extension('tokens misspelt', 'envoy.extensions.filters.http.rbac.v3.RBAC', {
      rules: {
        action: 'DENY',
        policies: { [tokenMisspelt]: { permissions: misspelt, principals: [{ any: true }] } },
      },
      rules_stat_prefix: 'token_misspelt',
    }),
  ];
}

/** Name of the policy that refuses them. */
export const tokenMisspelt = 'token-misspelt';

/** Returns the condition on other spellings of a prefix. Repeated lines of `authorization` arrive joined by commas. */
function otherLetters(name: string, prefix: string): Json {
  const scheme = quoteRegex(prefix.trim());
  const any = {
    header: { name, string_match: { safe_regex: { regex: `(?is)(.*,\\s*)?${scheme}([^a-z0-9].*)?` } } },
  };
  const exact = { header: { name, string_match: { contains: prefix } } };
  return { and_rules: { rules: [any, { not_rule: exact }] } };
}
