import type { Severity } from './diagnostic.ts';

/** Returns the findings by severity, the worst first; findings of one severity keep their order. */
export function worstFirst<T extends { readonly severity: Severity }>(findings: readonly T[]): readonly T[] {
  return (['error', 'warning', 'info'] as const).flatMap((wanted) =>
    findings.filter(({ severity }) => severity === wanted),
  );
}
