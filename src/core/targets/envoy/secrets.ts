import type { Gateway } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import type { Service } from '../../ir/service.ts';
import type { Artifact, CertificateRequest, FileArtifact, Json } from '../artifact.ts';
import type { LowerContext } from '../target.ts';
import { revisionFolder, trustFile } from './layout.ts';
import { extension, typed } from './typed-config.ts';

/** Returns the request for the certificate with which the proxy `proxy` proves the identity of its workload. */
export function certificateRequest(owner: Service | Gateway, proxy: string): CertificateRequest {
  return {
    type: 'certificate',
    kind: 'Certificate',
    name: proxy,
    namespace: owner.namespace,
    origins: [owner.origin],
    subject: spiffeId(owner.workload.principal),
    profile: 'workload',
    form: 'envoy-sds',
    proxy,
  };
}

/**
 * Returns the bundles that verify certificates, each trust domain by its own bundle only (SPIFFE Federation): servers
 * are of our domain, callers also of federated ones. A bundle that isn't known yet becomes a missing file, so that
 * nobody is accepted.
 */
export function trustBundles(ir: Ir, trust: LowerContext['trust']): readonly FileArtifact[] {
  const { serverTrust, callerTrust } = trustOf(ir);
  const own = bundles(ir, serverTrust, [ir.trustDomain], trust);
  return callerTrust === serverTrust
    ? [own]
    : [own, bundles(ir, callerTrust, [ir.trustDomain, ...federatedDomains(ir)], trust)];
}

/** Returns true for the artifact of a bundle. */
export function isTrust(artifact: Artifact): boolean {
  return artifact.type === 'file' && artifact.path === trustFile(artifact.name);
}

/**
 * Returns the names of the bundles, which are also the names of their files. A distrusted root is in the name: listeners
 * and clusters that name the new bundle have never accepted a certificate by the old one, so no connection is accepted
 * after the change that the change doesn't end.
 */
export function trustOf(ir: Ir): { readonly serverTrust: string; readonly callerTrust: string } {
  const { distrusted } = ir.certificates;
  // No trust domain contains a plus sign.
  const without = distrusted === undefined ? '' : `+without-${distrusted.slice(0, 16)}`;
  const federated = federatedDomains(ir).length === 0 ? '' : '+federated';
  return {
    serverTrust: `${ir.trustDomain}${without}`,
    callerTrust: `${ir.trustDomain}${federated}${without}`,
  };
}

function federatedDomains(ir: Ir): readonly string[] {
  const federated = ir.certificates.federation.map(({ trustDomain }) => trustDomain);
  return federated.filter((name) => name !== ir.trustDomain).sort();
}

function bundles(
  ir: Ir,
  name: string,
  trustDomains: readonly string[],
  trust: LowerContext['trust'],
): FileArtifact {
  const message = 'envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig';
  return {
    type: 'file',
    kind: 'Secret',
    name,
    namespace: '',
    origins: [ir.origin],
    path: trustFile(name),
    resource: typed('envoy.extensions.transport_sockets.tls.v3.Secret', {
      name,
      validation_context: {
        custom_validator_config: extension('envoy.tls.cert_validator.spiffe', message, {
          trust_domains: trustDomains.map((domain) => ({
            name: domain,
            trust_bundle: bundle(domain, trust),
          })),
        }),
      },
    }),
  };
}

function bundle(trustDomain: string, trust: LowerContext['trust']): Json {
  const pem = trust === undefined || !Object.hasOwn(trust, trustDomain) ? undefined : trust[trustDomain];
  return pem === undefined
    ? { filename: `\${DIR}/${revisionFolder}/trust/${trustDomain}.unbound.pem` }
    : { inline_string: pem };
}
