import type { HeaderMatch, StringMatch } from '../../../ir/match.ts';
import type { PolicyCondition } from '../crds/parts.ts';
import { beginning, ending, exactly, present } from './wildcards.ts';

/** Returns a condition on a header, an entry of `when`; undefined if Istio can't say it. */
export function headerCondition({ name, cookie, match, negated }: HeaderMatch): PolicyCondition | undefined {
  const value = cookie === undefined ? headerValue(match) : undefined;
  if (value === undefined) return undefined;
  const absent = match.type === 'present' && !match.value;
  return {
    key: `request.headers[${name === 'host' ? ':authority' : name}]`,
    ...(absent === negated ? { values: [value] } : { notValues: [value] }),
  };
}

/** As a value of a header that is there; for `present: false` the opposite of what is meant. */
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
