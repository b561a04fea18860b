import type { Field } from '../../../../import/field.ts';
import { unsafePolicy } from './connection-manager.ts';
import { hole } from './forms.ts';
import type { Reading } from './reading.ts';
import type { ReadRules } from './rules.ts';

/** Returns the headers that rules of Routes read. */
export function headersOfRules({ rules, affinities }: ReadRules): readonly string[] {
  return [
    ...rules.flatMap(({ match = [], rateLimit, cors }) => [
      ...match.flatMap(({ headers = {} }) => Object.keys(headers)),
      ...(rateLimit?.key === undefined ? [] : [rateLimit.key.header]),
      ...(cors === undefined ? [] : ['access-control-request-method', 'origin']),
    ]),
    ...affinities.flatMap(({ keys }) => keys.flatMap(({ header }) => header ?? [])),
  ].map((name) => name.toLowerCase());
}

/**
 * Reads the headers whose values are refused with blanks around them: they have to be those that the rules of the table read, which
 * two versions of HTTP would hand to them in two forms.
 */
export function readRefused(reading: Reading, field: Field, read: ReadonlySet<string>, place: Field): void {
  const wanted = [...read].filter((name) => name !== 'cookie' && name !== 'host').sort();
  if (!field.isPresent) {
    if (wanted.length > 0) reading.report(place, `blanks around ${wanted.join(', ')} to be refused`);
    return;
  }
  const { list } = reading.take(field, {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBACPerRoute',
    rbac: {
      rules: {
        action: 'DENY',
        policies: {
          'unsafe-paths': unsafePolicy,
          'unsafe-headers': { permissions: hole('list'), principals: [{ any: true }] },
        },
      },
      rules_stat_prefix: 'unsafe_paths',
    },
  });
  const names = list.items().map((one) => {
    const { name } = reading.take(one, {
      header: { name: hole('name'), string_match: { safe_regex: { regex: '[ \\t].*|.*[ \\t]' } } },
    });
    return name.text() ?? '';
  });
  if (names.sort().join() !== wanted.join()) reading.report(list, `the headers ${wanted.join(', ')}`);
}
