import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Instance, Service } from '../../../../src/core/ir/service.ts';

/**
 * The same mesh where every instance is a pod: an IP address of its own (istiod knows a proxy by it) on which its proxy takes
 * calls at the target ports, its application behind it on other ports, and a second address where its proxy takes the
 * application's calls. The proxy's admin is at the pod's address, too. `network` is the beginning of a loopback address, such as `127.7.`.
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
