import type { Gateway } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Service } from '../../ir/service.ts';
import type { Spec } from '../../spec/spec.ts';
import type { ServiceSpec } from '../../spec/types.gen.ts';
import { defined } from '../defined.ts';
import { Inventory, type KnownService, type KnownWorkload } from '../inventory.ts';

/** Returns what registries know of the services of a mesh: ports, pods, accounts, versions and endpoints. */
export function inventoryOfMesh(ir: Ir, spec: Spec): Inventory {
  const written = new Map(spec.services.map((one) => [`${one.namespace}/${one.name}`, one.value.spec]));
  const services = Object.entries(ir.services).map(([id, service]) =>
    knownService(id, service, written.get(id)),
  );
  return new Inventory(services, [
    ...services.flatMap(({ workloads }) => workloads),
    ...Object.values(ir.gateways).map(gatewayPods),
  ]);
}

/** Returns the pods of a gateway, with the label that names their Gateway (GEP-1762). */
function gatewayPods({ namespace, name, workload: { labels, principal } }: Gateway): KnownWorkload {
  return {
    namespace,
    name,
    labels: { ...labels, 'gateway.networking.k8s.io/gateway-name': name },
    serviceAccount: principal.serviceAccount,
  };
}

function knownService(id: string, service: Service, written: ServiceSpec | undefined): KnownService {
  const [namespace = '', name = ''] = id.split('/');
  const { ports, versions, workload } = service;
  const { labels, principal } = workload;
  const account = principal.serviceAccount;
  return {
    namespace,
    name,
    selector: labels,
    ports: ports.map((port) => ({
      name: port.name,
      nativeName: port.name,
      port: port.number,
      targetPort: port.targetPort,
      protocol: port.protocol,
      isGuessed: false,
    })),
    workloads: versions.map((version) => ({
      namespace,
      name: `${name}-${version.name}`,
      labels: { ...labels, ...version.labels },
      serviceAccount: account,
    })),
    spec: {
      ...(ports.length > 0
        ? {
            ports: Object.fromEntries(
              ports.map(({ name: key, number, targetPort, protocol }) => [
                key,
                { port: number, targetPort, protocol },
              ]),
            ),
          }
        : {}),
      workload: { labels, serviceAccount: account },
      versions: Object.fromEntries(versions.map((version) => [version.name, { labels: version.labels }])),
      ...defined({ endpoints: written?.endpoints, clusters: written?.clusters }),
    },
    from: [],
  };
}
