import type { Ir } from '../ir/ir.ts';
import { record } from '../lib/record.ts';
import { type MeaningReport, meaningReport } from './meaning-report.ts';
import type { Plan } from './plan.ts';

/** The meshes of a target: the one in force, and the planned one. */
export interface Between {
  readonly before: Ir | undefined;
  readonly after: Ir | undefined;
}

/** Returns the plan with the difference of the meaning; a target that has no mesh on one side gets none. */
export function withMeaning(plan: Plan, meshes: ReadonlyMap<string, Between>): Plan {
  const known = new Map<Ir, Map<Ir, MeaningReport>>();
  const reportOf = (before: Ir, after: Ir): MeaningReport => {
    const own = known.get(before) ?? new Map<Ir, MeaningReport>();
    known.set(before, own);
    const report = own.get(after) ?? meaningReport(before, after);
    own.set(after, report);
    return report;
  };
  return {
    ...plan,
    targets: record(
      Object.entries(plan.targets).map(([name, target]) => {
        const { before, after } = meshes.get(name) ?? {};
        const report = before === undefined || after === undefined ? {} : reportOf(before, after);
        return [name, { ...report, ...target }] as const;
      }),
    ),
  };
}
