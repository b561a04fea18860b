import type { Ir } from '../ir/ir.ts';
import { allowTakes } from '../semantics/access.ts';
import type { Decision } from '../semantics/outcome.ts';
import { originKey, type SpecRule, specRules } from './spec-rules.ts';

/** The rules of a mesh that tests decide about. */
export interface Coverage {
  readonly rules: number;
  /** The rules that decide no request of a test, in order of their places. */
  readonly uncovered: readonly SpecRule[];
}

/** Returns the coverage by the lines that decided the requests of tests. An allow counts only if it lets a call in. */
export function coverage(ir: Ir, decided: Iterable<readonly Decision[]>): Coverage {
  const deciding = new Set<string>();
  const letIn = new Set<string>();
  for (const lines of decided)
    for (const line of lines) {
      deciding.add(originKey(line));
      if (line.what === allowTakes) letIn.add(originKey(line));
    }
  const rules = specRules(ir);
  const uncovered = rules.filter((rule) => !(rule.isAllow ? letIn : deciding).has(originKey(rule)));
  return { rules: rules.length, uncovered };
}
