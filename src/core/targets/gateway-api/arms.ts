import type { ArmQuestion, Arms, LabelMatcher, NoArms } from '../../evidence/arms.ts';
import type { Arm } from '../../evidence/stream-line.ts';
import type { Ir } from '../../ir/ir.ts';
import { istioCounters, istioVersion } from '../arm-counters/istio-counters.ts';
import { linkerdCounters } from '../arm-counters/linkerd-counters.ts';
import { oneOf } from '../arm-counters/one-of.ts';
import { podLabels, versionServiceOf } from '../gateway-api-objects/version-services.ts';
import type { LowerContext } from '../target.ts';
import { loweringOf } from './context.ts';
import { loweringOptions } from './options.ts';

/** Returns the counters of the mesh that reads the objects; each arm is the Service of its version. */
export function arms(ir: Ir, question: ArmQuestion, context: LowerContext): Arms | NoArms {
  if (question.copies === true)
    return { why: 'no proxy of a caller is known to count copies of requests on the Gateway API' };
  const { options, versions } = loweringOf(ir, loweringOptions(context));
  const service = ir.services[question.service];
  const [baseline, candidate] = [question.baseline, question.candidate].map((version) =>
    versionServiceOf(versions, question.service, version),
  );
  if (service === undefined || baseline === undefined || candidate === undefined)
    return { why: `no route leads to both versions of ${question.service} apart` };
  const { namespace } = service;
  const ofArm = (arm: Arm): typeof baseline => (arm === 'baseline' ? baseline : candidate);
  const { implementation } = options;
  if (implementation === undefined)
    return {
      why: 'the target does not say which mesh reads its objects, and each counts in its own way: set the option `implementation`',
    };
  if (implementation === 'linkerd')
    return linkerdCounters(question, service, (arm) => ({ namespace, name: ofArm(arm).name }));
  if (implementation !== 'istio')
    return { why: `it is not known how ${implementation} counts requests for each backend of a route` };
  const inNamespace = { label: 'destination_service_namespace', op: '=', value: namespace } as const;
  const names = [service.name, baseline.name, candidate.name];
  return istioCounters(
    question,
    (arm) => {
      const pods = istioVersion(podLabels(ofArm(arm), options.versionLabel));
      const server: readonly LabelMatcher[] = [oneOf('destination_service_name', names), inNamespace];
      return {
        client: [oneOf('destination_service_name', [ofArm(arm).name]), inNamespace],
        ...(pods && { server: [...server, pods] }),
      };
    },
    [oneOf('destination_service_name', names), inNamespace],
    'sidecars',
  );
}
