import type { KeyReference } from '../../ports/key-store.ts';
import type { CertificatesConfig } from '../ir/certificates.ts';
import type { TrustIssuer } from './trust-file.ts';

/** Returns the reference of the key of a root. */
export function rootKey(certificates: CertificatesConfig, trustDomain: string, id: string): KeyReference {
  return {
    trustDomain,
    id,
    storage: certificates.root.keys,
    recipients: certificates.recipients.root,
    what: 'root',
  };
}

/** Returns the reference of the key of a target's issuer. */
export function issuerKey(
  certificates: CertificatesConfig,
  trustDomain: string,
  issuer: Pick<TrustIssuer, 'id' | 'target'>,
): KeyReference {
  return {
    trustDomain,
    id: issuer.id,
    storage: certificates.issuer.keys,
    recipients: certificates.recipients.issuer,
    what: `issuer of ${issuer.target}`,
  };
}
