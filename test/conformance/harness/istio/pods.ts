import type { Gateway } from '../../../../src/core/ir/gateway.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Principal } from '../../../../src/core/ir/principal.ts';
import type { Instance, Service } from '../../../../src/core/ir/service.ts';

/** A pod with its proxy: an instance of a service or of a gateway. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly ip: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly principal: Principal;
  readonly admin: string;
  readonly version: string;
  readonly of:
    | { readonly type: 'service'; readonly service: Service; readonly instance: Instance | undefined }
    | { readonly type: 'gateway'; readonly gateway: Gateway };
}

/** Label by which one pod is told from all others. */
const podLabel = 'case/pod';

/** The pods of a mesh. Where a registry would know the instances, one for each version. */
export function pods(ir: Ir): readonly Pod[] {
  return [
    ...Object.values(ir.services).flatMap(servicePods),
    ...Object.values(ir.gateways).flatMap(gatewayPods),
  ];
}

function servicePods(service: Service): readonly Pod[] {
  return service.versions.flatMap((version) =>
    (version.instances ?? [undefined]).map((instance, position): Pod => {
      const name = instance?.id ?? `${service.namespace}-${service.name}-${version.name}-${String(position)}`;
      return {
        name,
        namespace: service.namespace,
        ip: instance?.admin.host ?? `10.1.0.${String(position + 1)}`,
        labels: labelsOf(name, { ...service.workload.labels, ...version.labels }),
        principal: service.workload.principal,
        admin: `${instance?.admin.host ?? ''}:${String(instance?.admin.port ?? 0)}`,
        version: version.name,
        of: { type: 'service', service, instance },
      };
    }),
  );
}

function gatewayPods(gateway: Gateway): readonly Pod[] {
  return (gateway.instances ?? []).map((instance) => ({
    name: instance.id,
    namespace: gateway.namespace,
    ip: instance.host,
    labels: labelsOf(instance.id, gateway.workload.labels),
    principal: gateway.workload.principal,
    admin: `${instance.admin.host}:${String(instance.admin.port)}`,
    version: '',
    of: { type: 'gateway', gateway },
  }));
}

/** With what the injector adds: by its label istiod knows that the pod takes mTLS. */
function labelsOf(name: string, own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...own, [podLabel]: name, 'security.istio.io/tlsMode': 'istio' };
}
