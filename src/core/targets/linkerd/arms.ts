import type { ArmQuestion, Arms, NoArms } from '../../evidence/arms.ts';
import type { Ir } from '../../ir/ir.ts';
import { linkerdCounters } from '../arm-counters/linkerd-counters.ts';
import { versionServiceOf } from '../gateway-api-objects/version-services.ts';
import type { LowerContext } from '../target.ts';
import { loweringOf } from './context.ts';
import { loweringOptions } from './options.ts';

/** Returns the counters of Linkerd's proxies; each arm is the Service of its version. */
export function arms(ir: Ir, question: ArmQuestion, context: LowerContext): Arms | NoArms {
  if (question.copies === true) return { why: 'Linkerd copies no requests' };
  const { versions } = loweringOf(ir, loweringOptions(context));
  const service = ir.services[question.service];
  const [baseline, candidate] = [question.baseline, question.candidate].map((version) =>
    versionServiceOf(versions, question.service, version),
  );
  if (service === undefined || baseline === undefined || candidate === undefined)
    return { why: `no route leads to both versions of ${question.service} apart` };
  return linkerdCounters(question, service, (arm) => ({
    namespace: service.namespace,
    name: (arm === 'baseline' ? baseline : candidate).name,
  }));
}
