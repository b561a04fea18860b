import type { Listener } from '../../../../src/core/ir/gateway.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Pair } from '../authorities.ts';
import type { KubernetesObject } from '../istio/kubernetes-object.ts';

/** The same mesh where the certificate of each https listener is in a Secret, as a Gateway of the Gateway API wants it. */
export function withSecrets(ir: Ir): Ir {
  const listening = (listener: Listener): Listener =>
    listener.tls === undefined
      ? listener
      : {
          ...listener,
          tls: { ...listener.tls, certificate: { type: 'secret', name: `certificate-${listener.name}` } },
        };
  const gateways = Object.entries(ir.gateways).map(
    ([id, gateway]) => [id, { ...gateway, listeners: gateway.listeners.map(listening) }] as const,
  );
  return { ...ir, gateways: Object.fromEntries(gateways) };
}

/** Returns the Secrets that the listeners of a mesh name, all with one certificate. */
export function namedSecrets({ gateways }: Ir, { cert, key }: Pair): readonly KubernetesObject[] {
  const encoded = (text: string): string => Buffer.from(text).toString('base64');
  return Object.values(gateways).flatMap(({ namespace, listeners }) =>
    listeners.flatMap(({ tls }) =>
      tls?.certificate.type === 'secret'
        ? [
            {
              apiVersion: 'v1',
              kind: 'Secret',
              type: 'kubernetes.io/tls',
              metadata: { name: tls.certificate.name, namespace },
              data: { 'tls.crt': encoded(cert), 'tls.key': encoded(key) },
            },
          ]
        : [],
    ),
  );
}
