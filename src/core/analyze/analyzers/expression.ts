import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import type { Analyzer } from '../analyzer.ts';
import { checkExpression } from '../expressions/expression-problem.ts';
import { type WrittenExpression, writtenExpressions } from '../written-expressions.ts';

const messages = defineMessages({
  MESH2265: {
    severity: 'error',
    text: 'this is not an expression over the attributes of a request: {reason}',
    explanation:
      'Expressions are CEL (cel.dev) over the attributes of a request, such as `request.headers["x-tenant"]`, `request.path`, `response.code >= 500`, `source.address`. Names, types and operators are checked: proxies accept a misspelt name, and the expression then never has a value.',
  },
  MESH2266: {
    severity: 'error',
    text: 'proxies cannot evaluate this expression: {reason}',
    explanation:
      'The CEL of proxies has the operators, `size`, `startsWith`, `endsWith`, `contains`, `matches`, `has`, conversions except to a string, and the functions of times. It has no macros (`all`, `exists`, `map`, `filter`), joins no strings or lists, and limits how long a pattern and how deep an expression is; a proxy refuses its whole configuration otherwise.',
  },
  MESH2267: {
    severity: 'error',
    text: '`when` has to be true or false, and this is of the type {type}',
    explanation:
      'A request is logged if `when` is true. A value of any other type counts as false, so no request would ever be logged.',
  },
});

/** Reports texts that aren't CEL expressions, and expressions that proxies can't evaluate. */
export const expression: Analyzer = {
  name: 'expression',
  description: 'Reports expressions of telemetry that proxies do not take.',
  messages,
  analyze({ spec }, report) {
    for (const written of writtenExpressions(spec)) check(written, report);
  },
};

function check({ text, at, condition }: WrittenExpression, report: Report): void {
  const checked = checkExpression(text);
  const location = locationOf(at);
  if ('reason' in checked) {
    const code = checked.kind === 'invalid' ? 'MESH2265' : 'MESH2266';
    report(finding(messages, code, location, { reason: checked.reason }));
  } else if (condition && checked.type !== 'bool' && checked.type !== 'dyn') {
    report(finding(messages, 'MESH2267', location, { type: checked.type }));
  }
}
