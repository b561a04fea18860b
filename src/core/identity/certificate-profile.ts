import type { CertificatePlan, Profile } from '../../ports/certificate-signer.ts';

/** The request for a certificate; `subject` is a SPIFFE ID, a DNS name, or for authorities the trust domain. */
export interface ProfileRequest {
  readonly profile: Profile;
  readonly subject: string;
  readonly trustDomain: string;
  /** Length of the validity, in milliseconds. */
  readonly lifetime: number;
  /** End of the signer's validity; a certificate never outlives its signer. */
  readonly issuerNotAfter?: number;
}

/** Milliseconds by which a certificate's validity begins before its issue. */
export const backdated = 5 * 60 * 1000;

/**
 * Plans a certificate: a SPIFFE X.509-SVID for workloads (one URI SAN, no authority), a signing certificate with the
 * trust domain's own ID for authorities. Validity starts five minutes before `now`, since clocks may differ.
 */
export function certificatePlan(request: ProfileRequest, now: number): CertificatePlan {
  const { profile, subject, trustDomain } = request;
  const authority = profile === 'root' || profile === 'issuer';
  const notAfter = Math.min(now + request.lifetime, request.issuerNotAfter ?? Number.POSITIVE_INFINITY);
  const uri = authority ? `spiffe://${trustDomain}` : subject.startsWith('spiffe://') ? subject : undefined;
  return {
    profile,
    subject: authority ? `CN=${profile},O=${trustDomain}` : `O=${trustDomain}`,
    ...(uri === undefined ? {} : { uri }),
    dnsNames: uri === undefined ? [subject] : [],
    notBefore: wholeSecond(now - backdated),
    notAfter: wholeSecond(notAfter),
    authority,
    ...(profile === 'issuer' ? { pathLength: 0 } : {}),
  };
}

function wholeSecond(time: number): number {
  return Math.floor(time / 1000) * 1000;
}
