import { entriesOf, type SpecPlace } from '../ir/link/spec-place.ts';
import type { Spec } from '../spec/spec.ts';
import type { ServiceTelemetry } from '../spec/types.gen.ts';

/** A CEL expression of the spec, with its place. */
export interface WrittenExpression {
  readonly text: string;
  readonly at: SpecPlace;
  /** True for a condition, whose type has to be bool. */
  readonly condition: boolean;
}

/** Yields every CEL expression in the telemetry of the spec. */
export function* writtenExpressions({ mesh, profiles, services }: Spec): Generator<WrittenExpression> {
  const { telemetry, defaults } = mesh.value.spec;
  for (const [, text, at] of entriesOf(telemetry?.metrics?.labels)) yield { text, at, condition: false };
  yield* expressionsOf(telemetry);
  yield* expressionsOf(defaults?.telemetry);
  for (const { value } of profiles) yield* expressionsOf(value.spec.settings.telemetry);
  for (const { value } of services) yield* expressionsOf(value.spec.telemetry);
}

function* expressionsOf({
  accessLog,
  tracing,
}: Pick<ServiceTelemetry, 'accessLog' | 'tracing'> = {}): Generator<WrittenExpression> {
  for (const [, text, at] of entriesOf(tracing?.tags)) yield { text, at, condition: false };
  if (accessLog?.when !== undefined)
    yield { text: accessLog.when, at: { container: accessLog, key: 'when' }, condition: true };
}
