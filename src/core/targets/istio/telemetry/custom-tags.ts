import type { Tracing } from '../../../ir/telemetry.ts';
import type { CustomTags } from '../crds/parts.ts';

/** The first version whose spans take any expression; before it, only headers of requests. */
export const formatterSince = 29;

/** Tags of spans by name. */
export function customTags({ tags }: Tracing, minor: number): CustomTags {
  return Object.fromEntries(
    tags.flatMap(({ name, expression }): readonly (readonly [string, CustomTags[string]])[] => {
      if (minor >= formatterSince) return [[name, { formatter: { value: `%CEL(${expression})%` } }]];
      const header = headerOf(expression);
      return header === undefined ? [] : [[name, { header: { name: header } }]];
    }),
  );
}

/** The header that an expression stands for. */
export function headerOf(expression: string): string | undefined {
  return /^\s*request\.headers\[(['"])([!#$%&*+.^_`|~0-9A-Za-z-]+)\1\]\s*$/.exec(expression)?.[2];
}
