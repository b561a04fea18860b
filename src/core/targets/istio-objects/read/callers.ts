import type { Field } from '../../../import/field.ts';
import { hasLabels, serviceId } from '../../../import/inventory.ts';
import type { Principal, RouteMatch } from '../../../spec/types.gen.ts';
import type { Surroundings } from './surroundings.ts';

/** Reads the namespace and the labels of callers in a match; `lose` takes labels that no pod of the input has. */
export function readCallers(
  field: Field,
  surroundings: Surroundings,
  lose: (condition: Field, why: string) => void,
): Pick<RouteMatch, 'from'> {
  const labels = field.at('sourceLabels');
  const from = field.at('sourceNamespace').text();
  const wanted = labels.labels();
  if (wanted === undefined || Object.keys(wanted).length === 0)
    return from === undefined ? {} : { from: [{ namespace: from }] };
  const callers = callersWith(wanted, from, surroundings);
  if (callers.length === 0) {
    lose(labels, 'no pods with these labels are among the input');
    return {};
  }
  for (const [, label] of labels.entries())
    label.differently({
      callers: 'a Route goes by the verified account of a caller, not by the labels of its pods',
    });
  return { from: callers };
}

function callersWith(
  labels: Readonly<Record<string, string>>,
  namespace: string | undefined,
  { context: { inventory } }: Surroundings,
): readonly Principal[] {
  return inventory.services
    .filter((service) => namespace === undefined || service.namespace === namespace)
    .filter(
      ({ selector, workloads }) =>
        hasLabels(selector, labels) ||
        (workloads.length > 0 && workloads.every((workload) => hasLabels(workload.labels, labels))),
    )
    .map((service) => ({ service: serviceId(service) }));
}
