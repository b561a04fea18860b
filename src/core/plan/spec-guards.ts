import type { Code, Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatOrigin, originOf } from '../location.ts';
import type { Guardrail } from './plan.ts';

/** The findings of Guardrails: a plan or an apply is refused for them, and other commands read the mesh all the same. */
const breaches: ReadonlySet<Code> = new Set<Code>([
  ...(['MESH3100', 'MESH3101', 'MESH3102', 'MESH3103'] as const),
  ...(['MESH3110', 'MESH3111', 'MESH3114'] as const),
]);

/** Returns true if a finding says that the mesh breaks a Guardrail, or that the mesh isn't known to keep it. */
export function isGuardrailBreach({ code }: Pick<Diagnostic, 'code'>): boolean {
  return breaches.has(code);
}

/** Returns a guardrail of the plan for each finding; no option allows it. */
export function specGuards(broken: readonly Diagnostic[]): readonly Guardrail[] {
  return broken.map(({ code, message, location }) => ({
    rule: 'spec',
    message: `${formatOrigin(originOf(location))} ${code} ${message}`,
  }));
}
