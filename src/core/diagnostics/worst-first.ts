import type { Severity } from './diagnostic.ts';

/** Findings by severity, the worst first, else in the order they had. */
export function worstFirst<T extends { readonly severity: Severity }>(findings: readonly T[]): readonly T[] {
  return (['error', 'warning', 'info'] as const).flatMap((wanted) =>
    findings.filter(({ severity }) => severity === wanted),
  );
}
