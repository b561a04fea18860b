import type { Severity } from './diagnostic.ts';

const order: readonly Severity[] = ['info', 'warning', 'error'];

/** Returns true if a severity is at least as bad as another. */
export function reaches(severity: Severity, least: Severity): boolean {
  return order.indexOf(severity) >= order.indexOf(least);
}
