import type { CertificateList } from '../../core/identity/standings/certificate-list.ts';
import { firstToEnd } from '../../core/identity/standings/first-to-end.ts';
import { jsonText } from '../json-text.ts';

/** Returns the certificates of a mesh, in the shape of schemas/output/certificates.json. */
export function certificatesJson({ trustDomain, now, certificates, fails }: CertificateList): string {
  const first = firstToEnd(certificates);
  return jsonText({
    formatVersion: '1.0',
    trustDomain,
    time: new Date(now).toISOString(),
    ok: !certificates.some(fails),
    ...(first && { first: certificates.indexOf(first) }),
    certificates: certificates.map((one) => ({ ...one, fails: fails(one) })),
  });
}
