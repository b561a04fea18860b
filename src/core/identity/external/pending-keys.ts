import type { KeyReference } from '../../../ports/key-store.ts';
import type { CertificatesConfig } from '../../ir/certificates.ts';
import { issuerKey } from '../signing-keys.ts';

/** Returns the reference of an issuer's key while its request waits for a signature. */
export function pendingIssuerKey(
  certificates: CertificatesConfig,
  trustDomain: string,
  target: string,
): KeyReference {
  return {
    ...issuerKey(certificates, trustDomain, { id: `request-${target}`, target }),
    what: `request of ${target}`,
  };
}

/** Returns the reference of a workload's key while its request waits: in the user's state folder, never in Git. */
export function pendingWorkloadKey(trustDomain: string, name: string): KeyReference {
  return {
    trustDomain,
    id: `request-${name}`,
    storage: 'file',
    recipients: [],
    what: `request of ${name}`,
  };
}

/** Returns the path of an issuer's certification request, relative to the root of the mesh repository. */
export function issuerRequestPath(trustDomain: string, target: string): string {
  return `certificates/${trustDomain}/${target}.csr`;
}
