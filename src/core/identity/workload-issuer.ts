import {
  type CertificateIssuer,
  type CertificateSigner,
  type KeyReference,
  type KeyStore,
  type Material,
  PortError,
} from '../../ports.ts';
import type { CertificatesConfig } from '../ir/certificates.ts';
import { certificatePlan } from './certificate-profile.ts';
import { envoySds } from './envoy-sds.ts';
import { expired } from './renewal.ts';
import type { Trust, TrustIssuer } from './trust-file.ts';

const missing = 13;
const week = 7 * 24 * 60 * 60 * 1000;

/** What a target's workload certificates are signed with. */
export interface IssuingParts {
  /** Absent where the repository has no trust file yet. */
  readonly trust: Trust | undefined;
  readonly target: string;
  readonly certificates: CertificatesConfig;
  readonly signer: CertificateSigner;
  readonly keys: KeyStore;
}

/** Signs the certificates that a target's proxies ask for with that target's issuer. */
export function workloadIssuer(parts: IssuingParts): CertificateIssuer {
  return {
    async issue(requests, now) {
      if (requests.length === 0) return [];
      const { trust, issuer } = issuerOf(parts);
      const { notBefore, notAfter } = parts.signer.validity(issuer.certificate);
      if (expired({ notBefore, notAfter }, now.getTime())) {
        throw new PortError(
          `the issuer of ${parts.target} was valid until ${new Date(notAfter).toISOString()}: no certificate can be signed`,
          missing,
        );
      }
      const authority = {
        certificate: issuer.certificate,
        key: await parts.keys.read(issuerKey(parts.certificates, trust.trustDomain, issuer)),
      };
      const made: Material[] = [];
      for (const { subject, profile, proxy } of requests) {
        const plan = certificatePlan(
          {
            profile,
            subject,
            trustDomain: trust.trustDomain,
            lifetime: parts.certificates.workload.lifetime ?? week,
            issuerNotAfter: notAfter,
          },
          now.getTime(),
        );
        const pair = await parts.signer.sign(plan, authority);
        const fingerprint = parts.signer.fingerprint(pair.certificate);
        made.push({
          proxy,
          text: envoySds(`${pair.certificate}${issuer.certificate}`, pair.key, fingerprint),
          fingerprint,
          notAfter: new Date(plan.notAfter),
        });
      }
      return made;
    },
  };
}

/** Where the key of a target's issuer is. */
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

function issuerOf({ trust, target }: IssuingParts): { readonly trust: Trust; readonly issuer: TrustIssuer } {
  if (!trust) throw new PortError("the mesh has no certificates yet: 'mesh certs init' makes them", missing);
  const issuer = trust.issuers.find((candidate) => candidate.target === target);
  if (!issuer) {
    throw new PortError(
      `certificates/${trust.trustDomain}.json has no issuer for ${target}: 'mesh certs init' makes it`,
      missing,
    );
  }
  return { trust, issuer };
}
