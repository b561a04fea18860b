import type { Json } from '../../artifact.ts';

/**
 * Returns a permission for tokens in which a claim is one of the values or, as a list, contains one. The claim is read
 * below the token's key in the metadata of the JWT filter.
 */
export function claim(path: readonly string[], values: readonly string[]): Json {
  const equal = values.flatMap(equals);
  return {
    sourced_metadata: {
      metadata_matcher: {
        filter: 'envoy.filters.http.jwt_authn',
        path: path.map((name) => ({ key: name })),
        value: {
          or_match: { value_matchers: [...equal, ...equal.map((one) => ({ list_match: { one_of: one } }))] },
        },
      },
    },
  };
}

/** Returns matchers for a value of a claim; a number or a boolean is compared by its text. */
function equals(value: string): readonly Json[] {
  const number = Number(value);
  return [
    { string_match: { exact: value } },
    ...(Number.isFinite(number) && String(number) === value ? [{ double_match: { exact: number } }] : []),
    ...(value === 'true' || value === 'false' ? [{ bool_match: value === 'true' }] : []),
  ];
}
