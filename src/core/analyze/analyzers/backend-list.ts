import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { itemsOf, locationOf } from '../../ir/link/spec-place.ts';
import type { Backend, Mirror, RouteRule } from '../../spec/types.gen.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2222: {
    severity: 'warning',
    text: 'this backend stands in the rule twice: its share is the sum of both',
    explanation:
      'Weights of one destination add up. If another version or service is meant, write it; if not, write one backend with the sum.',
  },
  MESH2223: {
    severity: 'warning',
    text: 'the weight {weight} decides nothing: this is the only backend, and gets every request',
    explanation:
      'Weights are shares of their sum. A single backend gets all requests, whatever its weight. Add the backend that gets the rest, or take the weight out.',
  },
  MESH2234: {
    severity: 'warning',
    text: 'requests are copied to where they are sent: each comes there twice',
    explanation:
      'A mirror sends a copy to a second destination, whose answer is dropped. Here it is a backend of the same rule. Name another version or service, or take the mirror out.',
  },
});

/** Reports backends that stand twice, weights that decide nothing, and mirrors to the backend itself. */
export const backendList: Analyzer = {
  name: 'backend-list',
  description:
    'Reports backends that stand twice in a rule, weights of a single backend, and mirrors to a backend.',
  messages,
  analyze({ spec }, report) {
    for (const { value } of spec.routes) for (const rule of value.spec.rules) check(rule, report);
  },
};

function check({ backends = [], mirror }: RouteRule, report: Report): void {
  const keys = backends.map(keyOf);
  for (const [index, [{ weight }, at]] of itemsOf(backends).entries()) {
    if (keys.indexOf(keys[index] ?? '') < index) report(finding(messages, 'MESH2222', locationOf(at), {}));
    if (backends.length === 1 && weight !== undefined && ![0, 1, 100].includes(weight))
      report(finding(messages, 'MESH2223', locationOf(at), { weight }));
  }
  for (const [copy, at] of itemsOf(mirror)) {
    const isBackend = backends.some((one) => one.weight !== 0 && keyOf(one) === keyOf(copy));
    if (isBackend) report(finding(messages, 'MESH2234', locationOf(at), {}));
  }
}

function keyOf({ service = '', version = '', port = '' }: Backend | Mirror): string {
  return [service, version, port].join(' ');
}
