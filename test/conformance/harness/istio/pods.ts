import type { Gateway } from '../../../../src/core/ir/gateway.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Principal } from '../../../../src/core/ir/principal.ts';
import type { Instance, Service, Version } from '../../../../src/core/ir/service.ts';

/** A pod with its proxy: an instance of a service or of a gateway. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly ip: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly principal: Principal;
  /** Empty if no address is declared, so that the pod can't be started. */
  readonly admin: string;
  readonly version: string;
  readonly of:
    | { readonly type: 'service'; readonly service: Service; readonly instance: Instance | undefined }
    | { readonly type: 'gateway'; readonly gateway: Gateway };
}

/** The label that identifies a pod. */
export const podLabel = 'case/pod';

/** Returns the pods of a mesh. If only a registry would know the instances, there is one for each version. */
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
        labels: labelsOf(name, { ...service.workload.labels, ...versionLabels(service, version) }),
        principal: service.workload.principal,
        admin: instance === undefined ? '' : `${instance.admin.host}:${String(instance.admin.port)}`,
        version: version.name,
        of: { type: 'service', service, instance },
      };
    }),
  );
}

/**
 * Returns the labels that the target's option `versionLabel` gives to versions without labels, if there are several.
 */
function versionLabels({ versions }: Service, { name, labels }: Version): Readonly<Record<string, string>> {
  return Object.keys(labels).length > 0 || versions.length < 2 ? labels : { version: name };
}

function gatewayPods(gateway: Gateway): readonly Pod[] {
  return (gateway.instances ?? [undefined]).map((instance) => {
    const name = instance?.id ?? `${gateway.namespace}-${gateway.name}`;
    return {
      name,
      namespace: gateway.namespace,
      ip: instance?.host ?? '10.1.1.1',
      labels: labelsOf(name, gateway.workload.labels),
      principal: gateway.workload.principal,
      admin: instance === undefined ? '' : `${instance.admin.host}:${String(instance.admin.port)}`,
      version: '',
      of: { type: 'gateway', gateway },
    };
  });
}

/** A label that the injector adds, by which istiod knows that the pod accepts mTLS. */
export const tlsModeLabel = 'security.istio.io/tlsMode';

function labelsOf(name: string, own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...own, [podLabel]: name, [tlsModeLabel]: 'istio' };
}
