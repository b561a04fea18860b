import type { Ir } from '../../ir/ir.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { configMap } from '../kubernetes-objects/config-map.ts';
import { duration } from '../kubernetes-objects/duration.ts';
import { object } from './object.ts';

/** The label of pods whose proxies take certificates from SPIRE's agent, as Istio's templates have it. */
const managedLabel = 'spiffe.io/spire-managed-identity';

/**
 * Returns the objects by which SPIRE hands out the identities of a mesh: the registration of its pods, and a part of
 * the server's configuration with the upstream authority, by which cert-manager signs the authority of the server. The
 * server has to be started with this part. Returns an empty list if the spec doesn't delegate to SPIRE.
 */
export function spireObjects(ir: Ir): readonly ObjectArtifact[] {
  const { spire, certManager, workload } = ir.certificates;
  if (spire === undefined || certManager === undefined) return [];
  const common = { from: `Mesh/${ir.name}`, origins: [ir.origin] };
  const registration = object({
    ...common,
    kind: 'ClusterSPIFFEID',
    namespace: '',
    name: `mesh-${ir.name}`,
    spec: {
      ...(spire.className !== undefined && { className: spire.className }),
      podSelector: { matchLabels: { [managedLabel]: 'true' } },
      spiffeIDTemplate:
        'spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}',
      ...(workload.lifetime !== undefined && { ttl: duration(workload.lifetime) }),
    },
  });
  const upstream = configMap({
    ...common,
    namespace: spire.namespace,
    name: `mesh-${ir.name}-spire-server`,
    data: { 'server.json': `${serverPart(ir, certManager, spire.namespace)}\n` },
  });
  return [registration, upstream];
}

/** Returns the part of the configuration of SPIRE's server as JSON; lifetimes are in Go's form. */
function serverPart(
  { trustDomain, certificates: { issuer, workload } }: Ir,
  { name, kind, group }: NonNullable<Ir['certificates']['certManager']>,
  namespace: string,
): string {
  return canonicalJson({
    server: {
      trust_domain: trustDomain,
      ca_key_type: 'ec-p256',
      ca_ttl: duration(issuer.lifetime),
      ...(workload.lifetime !== undefined && { default_x509_svid_ttl: duration(workload.lifetime) }),
    },
    plugins: {
      UpstreamAuthority: [
        {
          'cert-manager': {
            plugin_data: { namespace, issuer_name: name, issuer_kind: kind, issuer_group: group },
          },
        },
      ],
    },
  });
}
