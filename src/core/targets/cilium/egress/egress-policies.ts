import type { External } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import { namespaceLabel } from '../access/selectors.ts';
import type { CiliumNetworkPolicySpec } from '../crds/cilium.gen.ts';
import { policy } from '../object.ts';
import { mayCall, obstacleAt, rangesOf } from './external-reach.ts';
import { selectedPods } from './selected-pods.ts';

type Egress = NonNullable<CiliumNetworkPolicySpec['egress']>[number];

/**
 * Returns a policy for the pods of each service that closes them to hosts that the mesh doesn't name; none if every
 * host may be called.
 */
export function egressPolicies(ir: Ir): readonly ObjectArtifact[] {
  if (ir.egress === 'allow') return [];
  const namespaces = [...new Set(Object.values(ir.services).map(({ namespace }) => namespace))].sort();
  return Object.values(ir.services).map((service) => {
    const open = Object.values(ir.externals).filter((external) =>
      mayCall(external, service.workload.principal),
    );
    return policy({
      namespace: service.namespace,
      name: objectName(service.name, 'egress'),
      from: `Service/${service.id}`,
      origins: [ir.origin, service.origin, ...open.map(({ origin }) => origin)],
      spec: {
        endpointSelector: selectedPods(service),
        egress: [meshPods(namespaces), names, ...open.flatMap(externalRules)],
        enableDefaultDeny: { egress: true },
      },
    });
  });
}

function meshPods(namespaces: readonly string[]): Egress {
  return {
    toEndpoints: [{ matchExpressions: [{ key: namespaceLabel, operator: 'In', values: namespaces }] }],
  };
}

/** Questions about names, which Cilium has to see: it knows a host by the answers. */
const names: Egress = {
  toEndpoints: [{ matchLabels: { [namespaceLabel]: 'kube-system', 'k8s:k8s-app': 'kube-dns' } }],
  toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
};

function externalRules(external: External): readonly Egress[] {
  const ports = external.ports
    .filter((port) => obstacleAt(external, port) === undefined)
    .map(({ number }) => ({ port: String(number), protocol: 'TCP' }) as const);
  if (ports.length === 0) return [];
  const ranges = rangesOf(external);
  const toPorts = portLists(ports);
  if (ranges.length > 0) return [{ toCIDRSet: ranges.map((cidr) => ({ cidr })), toPorts }];
  return [
    {
      toFQDNs: external.hosts.map((host) =>
        // Two stars stand for one or more labels.
        host.startsWith('*.') ? { matchPattern: `*${host}` } : { matchName: host },
      ),
      toPorts,
    },
  ];
}

/** The most ports of a list (`maxItems` of the CRD). */
const mostPorts = 40;

function portLists<T>(ports: readonly T[]): readonly { readonly ports: readonly T[] }[] {
  const count = Math.ceil(ports.length / mostPorts);
  return Array.from({ length: count }, (_, set) => ({
    ports: ports.slice(set * mostPorts, (set + 1) * mostPorts),
  }));
}
