import type { ArmQuestion, Arms, LabelMatcher } from '../../evidence/arms.ts';
import type { Service } from '../../ir/service.ts';
import { istioCounters } from '../arm-counters/istio-counters.ts';
import { linkerdCounters } from '../arm-counters/linkerd-counters.ts';
import type { LoweringOptions } from './options.ts';

/** Returns the counters of a Kubernetes Service beside a service; undefined for a mesh whose counters aren't known. */
export function serviceCounters(
  service: Service,
  question: ArmQuestion,
  name: string,
  { implementation }: LoweringOptions,
): Pick<Arms, 'counters'> | undefined {
  const { namespace } = service;
  if (implementation === 'linkerd') return linkerdCounters(question, service, () => ({ namespace, name }));
  if (implementation !== 'istio') return undefined;
  const client: readonly LabelMatcher[] = [
    { label: 'destination_service_name', op: '=', value: name },
    { label: 'destination_service_namespace', op: '=', value: namespace },
  ];
  return istioCounters(question, () => ({ client }), [], 'sidecars');
}
