import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { Linking } from './linking.ts';
import { entriesOf, locationOf, type SpecPlace } from './spec-place.ts';

export const messages = defineMessages({
  MESH2101: {
    severity: 'error',
    text: '{field}: {value} is not supported yet',
    explanation:
      'The language has this value, and this version of the tool does not act on it. No part of a spec is ever ignored silently: take the value out until it is supported.',
  },
});

/** Fields of a Mesh that have no effect yet; `*` is any name. `idle` is a value that asks for no effect. */
export const unsupportedFields: readonly { readonly path: string; readonly idle?: unknown }[] = [
  { path: 'certificates.files.group' },
  { path: 'targets.*.delivery.requireSigned' },
];

/** Reports fields of the language that have no effect yet. */
export function reportUnsupported({ mesh, report }: Linking): void {
  reportFields(mesh, unsupportedFields, report);
}

function reportFields(container: object, fields: typeof unsupportedFields, report: Report): void {
  for (const { path, idle } of fields) {
    for (const [field, value, at] of written(container, path.split('.'))) {
      if (value === idle) continue;
      report(finding(messages, 'MESH2101', locationOf(at), { field, value: [value].flat().join(', ') }));
    }
  }
}

/** Returns the value at a path below a container. */
function written(
  container: object,
  [key = '', ...rest]: readonly string[],
): readonly (readonly [string, unknown, SpecPlace])[] {
  return entriesOf<unknown>(container as Readonly<Record<string, unknown>>)
    .filter(([name]) => key === '*' || key === name)
    .flatMap(([name, value, at]) => {
      if (rest.length === 0) return [[name, value, at] as const];
      return typeof value === 'object' && value !== null ? written(value, rest) : [];
    });
}
