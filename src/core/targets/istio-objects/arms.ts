import type { ArmQuestion, Arms, NoArms } from '../../evidence/arms.ts';
import type { Ir } from '../../ir/ir.ts';
import { readsRequests } from '../../ir/service.ts';
import { istioCounters, istioVersion } from '../arm-counters/istio-counters.ts';
import type { LowerContext } from '../target.ts';
import { loweringOptions } from './lowering-options.ts';
import { subsetLabels } from './networking/subsets.ts';

/** Returns the counters of Istio's standard metrics; the arms are told apart by the labels of their pods. */
export function arms(ir: Ir, question: ArmQuestion, context: LowerContext): Arms | NoArms {
  if (question.copies === true)
    return {
      why: 'no proxy of a caller counts copies of requests in Istio: judge a rollout with the strategy canary',
    };
  const options = loweringOptions(context);
  const service = ir.services[question.service];
  if (service === undefined || !service.ports.some((port) => readsRequests(service, port)))
    return { why: `${question.service} has no port whose requests proxies can tell apart` };
  const versions = (['baseline', 'candidate'] as const).map((arm) => {
    const version = service.versions.find(({ name }) => name === question[arm]);
    return version && istioVersion(subsetLabels(service, version, options) ?? {});
  });
  const [baseline, candidate] = versions;
  if (baseline === undefined || candidate === undefined || baseline.value === candidate.value)
    return {
      why: `Istio's metrics tell versions apart by the label \`version\` of pods, and the versions ${question.baseline} and ${question.candidate} of ${service.id} do not both have one of their own`,
    };
  const destination = [
    { label: 'destination_service_name', op: '=', value: service.name },
    { label: 'destination_service_namespace', op: '=', value: service.namespace },
  ] as const;
  return istioCounters(
    question,
    (arm) => {
      const matchers = [...destination, arm === 'baseline' ? baseline : candidate];
      return { client: matchers, server: matchers };
    },
    destination,
    options.mode === 'ambient' ? 'waypoints' : 'sidecars',
  );
}
