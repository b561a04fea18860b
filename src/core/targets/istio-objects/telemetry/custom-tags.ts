import type { Tracing } from '../../../ir/telemetry.ts';
import type { CustomTags } from '../crds/parts.ts';

/** The first version whose spans can have tags from any expression; earlier versions can only use request headers. */
export const formatterSince = 29;

/** Returns the tags of spans by name. */
export function customTags({ tags }: Tracing, minor: number): CustomTags {
  return Object.fromEntries(
    tags.flatMap(({ name, expression }): readonly (readonly [string, CustomTags[string]])[] => {
      if (minor >= formatterSince) return [[name, { formatter: { value: `%CEL(${expression})%` } }]];
      const header = headerOf(expression);
      return header === undefined ? [] : [[name, { header: { name: header } }]];
    }),
  );
}

/** Returns the request header that an expression reads. */
export function headerOf(expression: string): string | undefined {
  return /^\s*request\.headers\[(['"])([!#$%&*+.^_`|~0-9A-Za-z-]+)\1\]\s*$/.exec(expression)?.[2];
}
