import type { QueryMatch } from '../../../../ir/match.ts';
import { quoteRegex } from '../../../../lib/quote-regex.ts';
import type { StringMatch, StringMatches } from '../../crds/parts.ts';
import { stringMatch } from './string-match.ts';

/** Conditions on query parameters; absence, which Istio can't express, becomes a condition on the whole path. */
export interface QueryFields {
  readonly queryParams: StringMatches;
  /** A pattern that the path with its query must not match. */
  readonly absent?: StringMatch;
}

export function queryMatches(matches: readonly QueryMatch[]): QueryFields {
  const params: Record<string, StringMatch> = {};
  const absent: string[] = [];
  for (const { name, match } of matches) {
    if (match.type !== 'present') params[name] = stringMatch(match);
    else if (match.value) params[name] = {};
    else absent.push(quoteRegex(name));
  }
  return {
    queryParams: params,
    ...(absent.length > 0 && { absent: { regex: `[^?]*\\?(?:.*&)?(?:${absent.join('|')})(?:[=&].*)?` } }),
  };
}
