import type { HeaderMatch, StringMatch } from '../../../ir/match.ts';
import type { PolicyCondition } from '../crds/parts.ts';
import { beginning, ending, exactly, present } from './wildcards.ts';

/** Returns a condition on a header as an entry of `when`; undefined if Istio can't express it. */
export function headerCondition({ name, cookie, match, negated }: HeaderMatch): PolicyCondition | undefined {
  const value = cookie === undefined ? headerValue(match) : undefined;
  if (value === undefined) return undefined;
  const absent = match.type === 'present' && !match.value;
  return {
    key: `request.headers[${name === 'host' ? ':authority' : name}]`,
    ...(absent === negated ? { values: [value] } : { notValues: [value] }),
  };
}

/** Returns the value for a header that is present; for `present: false` it is the opposite of what is meant. */
function headerValue(match: StringMatch): string | undefined {
  switch (match.type) {
    case 'exact':
      return exactly(match.value);
    case 'prefix':
      return beginning(match.value);
    case 'suffix':
      return ending(match.value);
    case 'contains':
      return match.value === '' ? present : undefined;
    case 'regex':
      return undefined;
    case 'present':
      return present;
  }
}
