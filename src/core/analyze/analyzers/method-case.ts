import { defineMessages, finding } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import { writtenMethods } from '../../ir/link/written-matches.ts';
import { standardMethods } from '../../lib/standard-methods.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2207: {
    severity: 'warning',
    text: 'the method is {upper}: case counts, and no client sends {method}',
    explanation:
      'HTTP methods are compared letter by letter (RFC 9110, 9.1), and the usual ones are capitals.',
  },
});

/** Reports well-known methods in lower case. */
export const methodCase: Analyzer = {
  name: 'method-case',
  description: 'Reports usual HTTP methods that are not written in capitals.',
  messages,
  analyze({ spec }, report) {
    for (const [method, at] of writtenMethods(spec)) {
      const upper = method.toUpperCase();
      if (method === upper || !standardMethods.has(upper)) continue;
      const location = locationOf(at);
      const fix = { title: `Write ${upper}`, edits: [{ location, text: upper }] };
      report(finding(messages, 'MESH2207', location, { method, upper }, { fix }));
    }
  },
};
