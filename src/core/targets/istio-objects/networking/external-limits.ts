import type { External, ExternalTls } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Limit } from '../../target.ts';
import { egressListener } from './egress-listener.ts';
import { speaksTls } from './external-virtual-services.ts';
import { foreignRules, takesAnyHost } from './foreign-backend.ts';

/** Returns the limits of Istio with hosts outside the mesh. */
export function externalLimits(ir: Ir): readonly Limit[] {
  const externals = Object.values(ir.externals);
  return [
    ...sharedHosts(externals),
    ...externals.flatMap((external) => [...secrets(external), ...ways(ir, external)]),
  ];
}

function sharedHosts(externals: readonly External[]): readonly Limit[] {
  const owners = new Map<string, External>();
  return externals.flatMap((external) => {
    const other = external.hosts.map((host) => owners.get(host)).find((owner) => owner !== undefined);
    for (const host of external.hosts) owners.set(host, external);
    return other === undefined
      ? []
      : [
          {
            feature: 'external.hosts' as const,
            reason: `${other.id} names one of the same hosts, and Istio knows a host once`,
            callers: 'calls to that host go by one of the two Externals, whichever Istio takes',
            origin: external.origin,
          },
        ];
  });
}

function secrets({ tls, gateway }: External): readonly Limit[] {
  const reason = tls && unreadable(tls, gateway !== undefined);
  return tls === undefined || reason === undefined
    ? []
    : [{ feature: 'external.tls', reason, callers: 'calls to that host fail with 503', origin: tls.origin }];
}

/** Returns the reason why a proxy can't read the files of its TLS. */
function unreadable({ ca, clientCertificate }: ExternalTls, atGateway: boolean): string | undefined {
  if (!atGateway && (ca?.type === 'secret' || clientCertificate !== undefined))
    return 'sidecars read no Secrets; name a file, or let calls leave through an egress gateway';
  if (clientCertificate === undefined || ca === undefined) return undefined;
  return ca.type === 'secret' && ca.name === clientCertificate.name
    ? undefined
    : 'Istio takes the certificate of the client and the authorities that it trusts from one Secret';
}

function ways(ir: Ir, external: External): readonly Limit[] {
  const gateway = external.gateway === undefined ? undefined : ir.gateways[external.gateway];
  if (gateway === undefined) return [];
  const limit = (reason: string, callers: string): Limit => ({
    feature: 'external.gateway',
    reason,
    callers,
    origin: external.origin,
  });
  const passed = external.ports.some(
    (port) => speaksTls(port) && egressListener(gateway, external, port) !== undefined,
  );
  const found = external.addresses.length > 0 || !external.hosts.some((host) => host.startsWith('*'));
  return [
    ...(passed && external.from !== undefined
      ? [
          limit(
            'an egress gateway that passes TLS on can not tell who calls, so `from` is not kept there',
            'a service that `from` leaves out gets through if it calls the gateway itself',
          ),
        ]
      : []),
    ...(found
      ? []
      : [limit('no DNS knows a wildcard, and a gateway of Istio knows no other way', 'calls fail with 503')]),
    ...(takesAnyHost(gateway, external) ? [] : foreignRules(ir, external)).map(({ origin }) => ({
      ...limit(
        'a listener of the gateway finds the way by the host that is called: give the rule `rewrite: {host: …}` with a host of the External',
        'calls of that rule get 404 from the gateway',
      ),
      origin,
    })),
  ];
}
