import { defineMessages, finding } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import type { Analyzer } from '../analyzer.ts';
import { checkExpression } from '../expressions/expression-problem.ts';
import { writtenExpressions } from '../written-expressions.ts';

const messages = defineMessages({
  MESH2237: {
    severity: 'warning',
    text: 'this writes the secret header {header} into telemetry',
    explanation:
      'Labels and tags are kept and shown by systems that many people read. A token or a session there is as good as the password. Write something that is derived and harmless, or ask only whether the header is there: `"authorization" in request.headers`.',
  },
  MESH2238: {
    severity: 'warning',
    text: 'the label has as many values as there are requests: `{attribute}`',
    explanation:
      'A metric is one series for each combination of the values of its labels. A label with a value for each path, request or connection makes series without end, until proxies or Prometheus run out of memory. Use a value of few kinds, or a tag of a trace.',
  },
});

/** Headers that let whoever reads them act as the caller. */
const secret =
  /\b(?:request|response)\.headers(?:\[\s*["'](authorization|proxy-authorization|cookie|set-cookie|x-api-key)["']\s*\]|\.(authorization|cookie))/i;

/** Attributes with a value for each request or connection. */
const unbounded: ReadonlySet<string> = new Set([
  ...['request.path', 'request.url_path', 'request.query', 'request.id', 'request.time', 'request.duration'],
  ...['request.size', 'request.total_size', 'response.size', 'response.total_size', 'source.port'],
  ...['source.address', 'connection.id'],
]);

/** Reports expressions that put secrets into telemetry, and labels without bound. */
export const telemetryContent: Analyzer = {
  name: 'telemetry-content',
  description: 'Reports secrets in labels and tags, and labels of metrics with a value for each request.',
  messages,
  analyze({ spec }, report) {
    const labels = spec.mesh.value.spec.telemetry?.metrics?.labels;
    for (const { text, at, condition } of writtenExpressions(spec)) {
      const header = condition ? undefined : secretIn(text);
      if (header !== undefined) report(finding(messages, 'MESH2237', locationOf(at), { header }));
      const attribute = text.trim();
      if (at.container === labels && unbounded.has(attribute))
        report(finding(messages, 'MESH2238', locationOf(at), { attribute }));
    }
  },
};

/** Returns the secret header whose value an expression contains; undefined if it has another type than a text. */
function secretIn(text: string): string | undefined {
  const [, quoted, dotted] = secret.exec(text) ?? [];
  const header = quoted ?? dotted;
  if (header === undefined) return undefined;
  const checked = checkExpression(text);
  return 'type' in checked && checked.type !== 'string' && checked.type !== 'dyn' ? undefined : header;
}
