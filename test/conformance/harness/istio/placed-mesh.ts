import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Instance, Service } from '../../../../src/core/ir/service.ts';

/**
 * Returns the mesh with every instance as a pod. A pod has its own IP address (by which istiod recognises a proxy),
 * where its proxy accepts calls at the target ports, and the application listens behind it on other ports. It has a
 * second address where its proxy accepts the application's calls. The proxy's admin is at the pod's first address, too.
 * `network` is the beginning of a loopback address, such as `127.7.`.
 */
export function placed(ir: Ir, network: string): Ir {
  let count = 0;
  const moved = (service: Service, instance: Instance): Instance => {
    count += 1;
    const pod = `${network}100.${String(count)}`;
    const outbound = `${network}101.${String(count)}`;
    const byPort = (port: (targetPort: number) => number) =>
      Object.fromEntries(
        service.ports.map(({ name, targetPort }) => [name, { host: pod, port: port(targetPort) }]),
      );
    return {
      ...instance,
      app: byPort((port) => port + 20_000),
      inbound: byPort((port) => port),
      outbound: { host: outbound, port: 0 },
      outboundTcp: {},
      admin: { host: pod, port: 15_000 },
    };
  };
  const services = Object.fromEntries(
    Object.entries(ir.services).map(([id, service]) => [
      id,
      {
        ...service,
        versions: service.versions.map(({ instances, ...version }) => ({
          ...version,
          ...(instances && { instances: instances.map((instance) => moved(service, instance)) }),
        })),
      },
    ]),
  );
  return { ...ir, services };
}
