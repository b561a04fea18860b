import { defineMessages, finding } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import { writtenHeaderValues } from '../../ir/link/written-matches.ts';
import type { StringMatch } from '../../spec/types.gen.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2349: {
    severity: 'error',
    text: 'no value of a header {does} with a space or tab, so this `{field}` never fits',
    explanation:
      'Spaces and tabs around the value of a header are no part of it (RFC 9110, 5.5): HTTP/1.1 drops them, and requests over HTTP/2 that have them in a header that the mesh reads are refused with 400. Write the value without them.',
  },
});

/** Reports conditions on headers whose value begins or ends with a blank. */
export const paddedValue: Analyzer = {
  name: 'padded-value',
  description: 'Reports conditions on headers that never fit, because no value begins or ends with a blank.',
  messages,
  analyze({ spec }, report) {
    for (const match of writtenHeaderValues(spec)) {
      for (const [field, edge, does] of edges) {
        if (match[field] === undefined || !edge.test(match[field])) continue;
        report(finding(messages, 'MESH2349', locationOf({ container: match, key: field }), { field, does }));
        break;
      }
    }
  },
};

type Field = Exclude<keyof StringMatch, 'present' | 'regex' | 'contains'>;

const edges: readonly (readonly [field: Field, edge: RegExp, does: string])[] = [
  ['exact', /^[ \t]/, 'begins'],
  ['prefix', /^[ \t]/, 'begins'],
  ['exact', /[ \t]$/, 'ends'],
  ['suffix', /[ \t]$/, 'ends'],
];
