import { type At, entriesOf } from '../ir/link/written.ts';
import type { Spec } from '../spec/spec.ts';

/** A CEL expression of the spec, with its place. */
export interface WrittenExpression {
  readonly text: string;
  readonly at: At;
  /** Whether the expression decides something, and so has to be true or false. */
  readonly condition: boolean;
}

/** Every CEL expression of the telemetry that the spec describes. */
export function* writtenExpressions({ mesh }: Spec): Generator<WrittenExpression> {
  const { metrics, accessLog, tracing } = mesh.value.spec.telemetry ?? {};
  for (const [, text, at] of [...entriesOf(metrics?.labels), ...entriesOf(tracing?.tags)])
    yield { text, at, condition: false };
  if (accessLog?.when !== undefined)
    yield { text: accessLog.when, at: { container: accessLog, key: 'when' }, condition: true };
}
