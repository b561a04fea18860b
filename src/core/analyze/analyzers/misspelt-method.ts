import { defineMessages, finding } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import { writtenMethods } from '../../ir/link/written-matches.ts';
import { closest } from '../../lib/closest.ts';
import { http1Methods } from '../../lib/http1-methods.ts';
import { standardMethods } from '../../lib/standard-methods.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2085: {
    severity: 'warning',
    text: 'there is no method {method}; did you mean "{nearest}"?',
    explanation:
      'HTTP (RFC 9110) and its registered extensions have no such method, and one of the usual methods differs by a letter. A condition on a method that no client sends never holds. Correct the method; if the application has a method of this name, suppress the finding.',
  },
  MESH2411: {
    severity: 'warning',
    text: 'over HTTP/1.1, proxies that do not know the method {method} answer 400',
    explanation:
      'Many proxies know the methods of HTTP and WebDAV, PURGE, QUERY and a few others. Over HTTP/1.1 they answer 400 to all other methods, before any rule is asked; over HTTP/2 they pass every method on, and the rules apply. Use a known method, give the port the protocol http2 and callers that speak it, or suppress the finding if your proxies know the method.',
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

/** Reports methods that look like a misspelt usual one, and those that proxies do not know. */
export const misspeltMethod: Analyzer = {
  name: 'misspelt-method',
  description:
    'Reports methods that differ by a letter from a usual HTTP method, and those that proxies do not know.',
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
      const location = locationOf(at);
      if (nearest === undefined) {
        if (!http1Methods.has(method)) report(finding(messages, 'MESH2411', location, { method }));
        continue;
      }
      const fix = { title: `replace by ${nearest}`, edits: [{ location, text: nearest }] };
      report(finding(messages, 'MESH2085', location, { method, nearest }, { fix }));
    }
  },
};
