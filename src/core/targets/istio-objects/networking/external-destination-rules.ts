import type { External, ExternalTls } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import { carriesRequests } from '../../../semantics/port.ts';
import type { Artifact } from '../../artifact.ts';
import type { ClientTls } from '../crds/parts.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { calledHost } from './destination.ts';
import { exportedTo } from './exported-to.ts';
import { placesOf } from './external-virtual-services.ts';
import { nowhere } from './subsets.ts';
import { trafficPolicy } from './traffic-policy.ts';

/** Returns the settings and the TLS of calls to hosts outside the mesh (DestinationRule). */
export function externalDestinationRules(ir: Ir, { mode }: LoweringOptions): readonly Artifact[] {
  return Object.values(ir.externals).flatMap((external) =>
    placesOf(external).map(({ name, hosts }) => {
      const host = calledHost(external, hosts[0]);
      const closes = external.gateway !== undefined || !external.ports.every(carriesRequests);
      return object({
        kind: 'DestinationRule',
        namespace: external.namespace,
        name,
        from: `External/${external.id}`,
        origins: [external.origin, ...(external.tls ? [external.tls.origin] : [])],
        spec: {
          host,
          ...exportedTo(ir, external, mode),
          trafficPolicy: {
            ...trafficPolicy(ir, external.settings, external.ports),
            tls: clientTls(external, hosts.length === 1 ? host : undefined),
          },
          ...(closes && { subsets: [nowhere] }),
        },
      });
    }),
  );
}

/** Returns the TLS that the proxy starts. */
function clientTls(external: External, only: string | undefined): ClientTls {
  const { tls } = external;
  if (tls === undefined) return { mode: 'DISABLE' };
  const secret = tls.clientCertificate?.name ?? (tls.ca?.type === 'secret' ? tls.ca.name : undefined);
  return {
    mode: tls.clientCertificate === undefined ? 'SIMPLE' : 'MUTUAL',
    ...names(external, tls, only),
    ...(secret !== undefined && { credentialName: secret }),
    ...(tls.ca?.type === 'file' && secret === undefined && { caCertificates: tls.ca.name }),
  };
}

/**
 * Returns the server name and the names of the certificate. For a destination with several hosts the server name is
 * left out: the proxy then uses the `Host`.
 */
function names(
  { hosts: [first] }: External,
  tls: ExternalTls,
  only: string | undefined,
): Pick<ClientTls, 'sni' | 'subjectAltNames'> {
  const [name, ...more] = tls.subjectAltNames;
  const follows = tls.sni === first && name === first && more.length === 0;
  if (!follows) return { sni: tls.sni, subjectAltNames: tls.subjectAltNames };
  return only === undefined || only.startsWith('*') ? {} : { sni: only, subjectAltNames: [only] };
}
