import type { Gateway } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import type { Service } from '../../ir/service.ts';
import type { CertificateRequest, FileArtifact, Json } from '../artifact.ts';
import type { LowerContext } from '../target.ts';
import { revisionFolder, trustFile } from './layout.ts';
import { extension, typed } from './typed-config.ts';

/** Resource name of the trust bundle in its SDS file. */
export const trustName = 'trust';

/** The certificate by which the proxy `proxy` is who its workload is. */
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
 * Whose certificates are accepted: those of our trust domain by its bundle, of each federated one by its own bundle
 * alone (SPIFFE Federation). A bundle that isn't known yet is a file that doesn't exist, so that nobody is accepted.
 */
export function trustBundle(ir: Ir, trust: LowerContext['trust']): FileArtifact {
  const federated = ir.certificates.federation.map(({ trustDomain }) => trustDomain);
  const trustDomains = [ir.trustDomain, ...federated.filter((name) => name !== ir.trustDomain).sort()];
  const message = 'envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig';
  return {
    type: 'file',
    kind: 'Secret',
    name: trustName,
    namespace: '',
    origins: [ir.origin],
    path: trustFile(ir.trustDomain),
    resource: typed('envoy.extensions.transport_sockets.tls.v3.Secret', {
      name: trustName,
      validation_context: {
        custom_validator_config: extension('envoy.tls.cert_validator.spiffe', message, {
          trust_domains: trustDomains.map((name) => ({ name, trust_bundle: bundle(name, trust) })),
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
