import { defineMessages, finding } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import { writtenMethods } from '../../ir/link/written-matches.ts';
import { closest } from '../../lib/closest.ts';
import { standardMethods } from '../../lib/standard-methods.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2085: {
    severity: 'warning',
    text: 'there is no method {method}; did you mean "{nearest}"?',
    explanation:
      'HTTP (RFC 9110) and its registered extensions have no such method, and one of the usual methods differs by a letter. A condition on a method that no client sends never holds. Correct the method; if the application has a method of this name, suppress the finding.',
  },
  MESH1062: {
    severity: 'warning',
    text: 'no method is called `*`, and it is no wildcard: leave `methods` out to mean all of them',
    explanation:
      'A condition on methods lists them by name. `*` is a name that HTTP allows and that no client sends: an allow with it admits no call, and a deny with it refuses none. Without `methods` a condition holds for every method.',
  },
});

/** Methods that are registered with IANA and differ by a letter from a usual one. */
const registered: ReadonlySet<string> = new Set([
  'PRI',
  'QUERY',
  'SEARCH',
  'ACL',
  'COPY',
  'MOVE',
  'LOCK',
  'LINK',
  'BIND',
]);

/** Reports methods that look like a misspelt usual one. */
export const misspeltMethod: Analyzer = {
  name: 'misspelt-method',
  description: 'Reports methods that differ by a letter from a usual HTTP method.',
  messages,
  analyze({ spec }, report) {
    for (const [method, at] of writtenMethods(spec)) {
      if (method === '*') {
        report(finding(messages, 'MESH1062', locationOf(at), {}));
        continue;
      }
      const upper = method.toUpperCase();
      if (standardMethods.has(upper) || registered.has(upper)) continue;
      const nearest = closest(upper, standardMethods);
      if (nearest === undefined) continue;
      const location = locationOf(at);
      const fix = { title: `replace by ${nearest}`, edits: [{ location, text: nearest }] };
      report(finding(messages, 'MESH2085', location, { method, nearest }, { fix }));
    }
  },
};
