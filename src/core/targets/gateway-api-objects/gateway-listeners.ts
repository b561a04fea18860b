import type { Gateway, Listener } from '../../ir/gateway.ts';
import type { Listener as GatewayListener } from './parts.ts';

/** A listener of a Gateway: a listener of the spec for one of its hostnames. */
export interface Section {
  readonly of: Listener;
  /** `*` for all. */
  readonly hostname: string;
  readonly listener: GatewayListener;
}

const protocols = { http: 'HTTP', https: 'HTTPS', tls: 'TLS', tcp: 'TCP' } as const;

/**
 * Returns the listeners of a Gateway, one for each hostname. A listener whose TLS a Gateway can't express is left out,
 * and so closed.
 */
export function sectionsOf({ listeners }: Gateway): readonly Section[] {
  return listeners.filter(isSayable).flatMap((of) =>
    of.hostnames.map((hostname, index) => ({
      of,
      hostname,
      listener: {
        name: of.hostnames.length === 1 ? of.name : `${of.name}-${String(index + 1)}`,
        port: of.port,
        protocol: protocols[of.protocol],
        ...(hostname !== '*' && of.protocol !== 'tcp' && { hostname }),
        ...tlsOf(of),
        allowedRoutes: { namespaces: { from: 'Same' } },
      },
    })),
  );
}

/**
 * Returns true if a Gateway can end the TLS of a listener: its certificate is in a Secret, and it asks callers for
 * none.
 */
export function isSayable({ tls }: Listener): boolean {
  return tls === undefined || (tls.certificate.type === 'secret' && tls.clientCertificates === undefined);
}

function tlsOf({ protocol, tls }: Listener): Pick<GatewayListener, 'tls'> {
  if (protocol === 'tls') return { tls: { mode: 'Passthrough' } };
  if (tls?.certificate.type !== 'secret') return {};
  const { name } = tls.certificate;
  return { tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name }] } };
}
