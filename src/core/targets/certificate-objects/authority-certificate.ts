import type { Ir } from '../../ir/ir.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { duration } from '../kubernetes-objects/duration.ts';
import { object } from './object.ts';

/** The place at which a mesh reads the certificate and the key of its authority. */
export interface AuthorityPlace {
  readonly namespace: string;
  /** The Secret that cert-manager writes; the Certificate has the same name. */
  readonly secret: string;
  /** The common name of the authority. */
  readonly commonName: string;
}

/**
 * Returns the Certificate by which cert-manager makes and renews the authority of a mesh: an authority with the trust
 * domain's own SPIFFE ID, ECDSA P-256, a new key each time, renewed at two thirds of its life. cert-manager has no field
 * for a path length. Returns undefined if the spec names no issuer of cert-manager.
 */
export function authorityCertificate(ir: Ir, place: AuthorityPlace): ObjectArtifact | undefined {
  const { certificates, trustDomain } = ir;
  const issuerRef = certificates.certManager;
  if (issuerRef === undefined) return undefined;
  const { lifetime } = certificates.issuer;
  return object({
    kind: 'Certificate',
    namespace: place.namespace,
    name: place.secret,
    from: `Mesh/${ir.name}`,
    origins: [ir.origin],
    spec: {
      commonName: place.commonName,
      duration: duration(lifetime),
      isCA: true,
      issuerRef: { group: issuerRef.group, kind: issuerRef.kind, name: issuerRef.name },
      privateKey: { algorithm: 'ECDSA', encoding: 'PKCS8', rotationPolicy: 'Always', size: 256 },
      renewBefore: duration(Math.floor(lifetime / 3000) * 1000),
      secretName: place.secret,
      subject: { organizations: [trustDomain] },
      uris: [`spiffe://${trustDomain}`],
      usages: ['cert sign', 'crl sign'],
    },
  });
}
