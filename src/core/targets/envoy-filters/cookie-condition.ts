import type { StringMatch } from '../../ir/match.ts';
import type { Fields } from '../kubernetes-objects/fields.ts';
import { cookieLinePattern } from './cookie-pattern.ts';

/**
 * Returns a matcher of the header `cookie` for cookies of a name, because Envoy's own cookie matchers see only the
 * first cookie of a name. A missing header can count as an empty line, since no pattern for a cookie matches an empty
 * line.
 */
export function cookieCondition(cookie: string, match: StringMatch, negated: boolean): Fields {
  const absent = match.type === 'present' && !match.value;
  return {
    name: 'cookie',
    string_match: { safe_regex: { regex: cookieLinePattern(cookie, match) } },
    ...(absent !== negated && { invert_match: true, treat_missing_header_as_empty: true }),
  };
}
