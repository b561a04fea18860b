import { notHitless, type Way } from '../access-change/not-hitless.ts';
import type { Ir } from '../ir/ir.ts';
import { record } from '../lib/record.ts';
import { type MeaningReport, meaningReport } from '../reach/meaning-report.ts';
import type { Plan } from './plan.ts';
import { materialChanges, type TrustMaterial } from './trust-material.ts';

/** The meshes of a target: the one in force, and the planned one. */
export interface Between {
  readonly before: Ir | undefined;
  readonly after: Ir | undefined;
  /** The way from one to the other, if proxies have meshes between both for a moment and the way is known. */
  readonly way?: Way;
  /** The contents of certificates that both sides trust, if they are known. */
  readonly trust?: { readonly before: TrustMaterial; readonly after: TrustMaterial };
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
        const { before, after, trust, way } = meshes.get(name) ?? {};
        const report =
          before === undefined || after === undefined
            ? {}
            : alsoUnproved(reportOf(before, after), after, trust);
        const strays =
          before === undefined || after === undefined || way === undefined
            ? []
            : notHitless(before, after, way);
        return [name, { ...report, ...(strays.length > 0 && { notHitless: strays }), ...target }] as const;
      }),
    ),
  };
}

function alsoUnproved(report: MeaningReport, { trustDomain }: Ir, trust: Between['trust']): MeaningReport {
  if (trust === undefined) return report;
  const reasons = materialChanges(trust.before, trust.after, trustDomain);
  if (reasons.length === 0) return report;
  return { ...report, unproved: [...new Set([...(report.unproved ?? []), ...reasons])] };
}
