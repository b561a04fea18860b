import type { CiliumNetworkPolicySpec } from '../crds/cilium.gen.ts';
import { type Callers, everybody, keyOf } from './callers.ts';

type Ingress = NonNullable<CiliumNetworkPolicySpec['ingress']>[number];
type Selector = NonNullable<Ingress['fromEndpoints']>[number];
type Expression = NonNullable<Selector['matchExpressions']>[number];

/** The label of a pod that says its namespace. */
export const namespaceLabel = 'k8s:io.kubernetes.pod.namespace';
/** The label of a pod that says its account. */
export const accountLabel = 'k8s:io.cilium.k8s.policy.serviceaccount';

/** Callers in the words of a rule: a rule takes selectors or entities, never both. */
export type Peers = Pick<Ingress, 'fromEndpoints'> | Pick<Ingress, 'fromEntities'>;

/** Callers without an identity, one by one: `all` would name pods and gateways, too. */
const otherEntities = ['host', 'kube-apiserver', 'remote-node', 'unmanaged', 'world'] as const;

/**
 * Returns callers in the words of rules, one for each rule. A selector always asks for a namespace: without it Cilium
 * would take its own, or callers that are no pods.
 */
export function peersOf(callers: Callers): readonly Peers[] {
  if (keyOf(callers) === keyOf(everybody)) return [{ fromEntities: ['all'] }];
  const selectors = selectorsOf(callers);
  const entities = [
    ...(callers.others ? otherEntities : []),
    ...(callers.gateways ? (['ingress'] as const) : []),
  ].sort();
  return [
    ...(selectors.length > 0 ? [{ fromEndpoints: selectors }] : []),
    ...(entities.length > 0 ? [{ fromEntities: entities }] : []),
  ];
}

function selectorsOf({ namespaces, elsewhere }: Callers): readonly Selector[] {
  const named = [...namespaces].flatMap(([namespace, { but, names }]): readonly Selector[] => {
    if (!but && names.size === 0) return [];
    const [first = '', ...more] = [...names].sort();
    const labels = { [namespaceLabel]: namespace };
    if (names.size === 0) return [{ matchLabels: labels }];
    if (!but && more.length === 0) return [{ matchLabels: { ...labels, [accountLabel]: first } }];
    const account: Expression = {
      key: accountLabel,
      operator: but ? 'NotIn' : 'In',
      values: [first, ...more],
    };
    return [{ matchLabels: labels, matchExpressions: [account] }];
  });
  if (!elsewhere) return named;
  const exists: Expression = { key: namespaceLabel, operator: 'Exists' };
  const names = [...namespaces.keys()].sort();
  const others: Expression = { key: namespaceLabel, operator: 'NotIn', values: names };
  // `NotIn` alone takes callers without the label: hosts outside of the cluster.
  return [{ matchExpressions: names.length === 0 ? [exists] : [exists, others] }, ...named];
}
