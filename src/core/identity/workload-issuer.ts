import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import type { CertificatesConfig } from '../ir/certificates.ts';
import type { CertificateRequest } from '../targets/artifact.ts';
import { type AuthorityFormName, authorityText } from '../targets/authority-form.ts';
import { fileForm } from '../targets/material-form.ts';
import { bundleDigest } from './bundle-digest.ts';
import type { CertificateIssuer, Material } from './certificate-issuer.ts';
import { certificatePlan } from './certificate-profile.ts';
import { validityFault } from './check-chain.ts';
import { checkMaterial } from './check-material.ts';
import type { SigningParts } from './hierarchy.ts';
import { checkCertificates } from './rules/check-certificates.ts';
import { signingAuthority } from './signing-authority.ts';
import { issuerKey } from './signing-keys.ts';
import { issuerChain, signingIssuer, type Trust, type TrustIssuer, trustBundle } from './trust-file.ts';

/** The life of a workload certificate in milliseconds if the spec sets none. */
export const defaultLeafLife = 7 * 24 * 60 * 60 * 1000;

/** The ports and the trust that signing a target's workload certificates needs. */
export interface IssuingParts extends SigningParts {
  /** Absent if the repository has no trust file yet. */
  readonly trust: Trust | undefined;
  readonly target: string;
  readonly certificates: CertificatesConfig;
}

/**
 * Signs the certificates of a target's proxies with the target's issuer, and verifies each certificate up to the root.
 */
export function workloadIssuer(parts: IssuingParts): CertificateIssuer {
  const { signer, reader, keys, certificates, target } = parts;
  return {
    async issue(requests, now) {
      if (requests.length === 0) return [];
      const { trust, issuer } = issuerOf(parts);
      const { notAfter } = usableIssuer(reader, issuer, now.getTime());
      const reference = issuerKey(certificates, trust.trustDomain, issuer);
      const authority = await signingAuthority(issuer.certificate, reference, keys, reader);
      const roots = reader.certificates(trustBundle(trust)) ?? [];
      const made: Material[] = [];
      for (const request of requests) {
        const { subject, profile, proxy, form } = request;
        if (profile === 'authority') {
          made.push(handedOver(request, trust, issuer, { ...authority, notAfter }));
          continue;
        }
        const plan = certificatePlan(
          {
            profile,
            subject,
            trustDomain: trust.trustDomain,
            lifetime: certificates.workload.lifetime ?? defaultLeafLife,
            issuerNotAfter: notAfter,
          },
          now.getTime(),
        );
        const pair = await signer.sign(plan, authority);
        const fingerprint = reader.certificates(pair.certificate)?.[0]?.fingerprint ?? '';
        const chain = `${pair.certificate}${issuerChain(issuer)}`;
        const text = fileForm({ form })?.write({ chain, key: pair.key }, fingerprint) ?? '';
        const expected = { profile, subject, trustDomain: trust.trustDomain };
        const examined = { certificates: reader.certificates(chain) ?? [], key: pair.key, roots, expected };
        const [broken] = checkCertificates(reader, { ...examined, now: now.getTime() });
        if (broken?.severity === 'error')
          throw unverified(target, subject, `it breaks the rule ${broken.rule}: ${broken.detail}`);
        const fault = checkMaterial(reader, text, { subject, now: now.getTime(), roots });
        if (fault) throw unverified(target, subject, fault.detail);
        made.push({ proxy, text, fingerprint, notAfter: new Date(plan.notAfter) });
      }
      return made;
    },
  };
}

/** Returns the Secret with the issuer itself, for the authority that a mesh runs. */
function handedOver(
  { proxy, form }: CertificateRequest,
  trust: Trust,
  issuer: TrustIssuer,
  { key, notAfter }: { readonly key: string; readonly notAfter: number },
): Material {
  const bundle = trustBundle(trust);
  const root = trust.roots.find(({ id }) => id === issuer.root)?.certificate ?? '';
  const { certificate, intermediates = '', id: fingerprint } = issuer;
  const material = { trustDomain: trust.trustDomain, certificate, intermediates, key, root, bundle };
  const text = authorityText(form as AuthorityFormName, material, proxy);
  return { proxy, text, fingerprint, notAfter: new Date(notAfter), roots: bundleDigest(bundle) };
}

function unverified(target: string, subject: CertificateRequest['subject'], detail: string): PortError {
  return new PortError(
    `the certificate that the issuer of ${target} signed for ${subject} would be refused: ${detail}; nothing was written`,
    exit.certificate,
  );
}

/** Returns the issuer; throws if it can't sign at this moment. */
function usableIssuer(
  reader: CertificateReader,
  { certificate, target }: TrustIssuer,
  now: number,
): CertificateFacts {
  const [facts] = reader.certificates(certificate) ?? [];
  const fault = facts && validityFault(facts, `the issuer of ${target}`, now);
  if (facts === undefined || fault !== undefined)
    throw new PortError(
      `${fault?.detail ?? `the issuer of ${target} is garbled`}: no certificate can be signed; take it out of the trust file's issuers and make a new one with 'mesh certs init'`,
      exit.certificate,
    );
  return facts;
}

function issuerOf({ trust, target }: IssuingParts): { readonly trust: Trust; readonly issuer: TrustIssuer } {
  if (!trust)
    throw new PortError("the mesh has no certificates yet: 'mesh certs init' makes them", exit.certificate);
  const issuer = signingIssuer(trust, target);
  if (!issuer) {
    throw new PortError(
      `certificates/${trust.trustDomain}.json has no issuer for ${target}: 'mesh certs init' makes it`,
      exit.certificate,
    );
  }
  return { trust, issuer };
}
