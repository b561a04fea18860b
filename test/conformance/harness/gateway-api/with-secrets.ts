import { readFileSync } from 'node:fs';
import type { External } from '../../../../src/core/ir/external.ts';
import type { Listener } from '../../../../src/core/ir/gateway.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Pair } from '../authorities.ts';
import type { KubernetesObject } from '../istio/kubernetes-object.ts';

/**
 * The same mesh where the certificate of each https listener is in a Secret, and the authorities of each External are
 * named as an object, as the Gateway API wants them.
 */
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
  const externals = Object.entries(ir.externals).map(
    ([id, external]) => [id, { ...external, ...withAuthorityObject(external) }] as const,
  );
  return { ...ir, gateways: Object.fromEntries(gateways), externals: Object.fromEntries(externals) };
}

function withAuthorityObject({ name, tls }: External): Pick<External, 'tls'> {
  if (tls?.ca?.type !== 'file') return {};
  return { tls: { ...tls, ca: { type: 'secret', name: authorityName(name) } } };
}

function authorityName(external: string): string {
  return `authority-${external}`;
}

/** Returns the ConfigMaps with the authorities of the Externals of a mesh whose authorities are files. */
export function namedAuthorities({ externals }: Ir): readonly KubernetesObject[] {
  return Object.values(externals).flatMap(({ name, namespace, tls }) =>
    tls?.ca?.type === 'file'
      ? [
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: authorityName(name), namespace },
            data: { 'ca.crt': readFileSync(tls.ca.name, 'utf8') },
          },
        ]
      : [],
  );
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
