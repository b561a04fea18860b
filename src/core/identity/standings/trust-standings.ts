import type { CertificateFacts, CertificateReader } from '../../../ports/certificate-reader.ts';
import { type Trust, trustFilePath } from '../trust-file.ts';
import type { CertificateStanding } from './certificate-standing.ts';
import { type SurveyTime, validityOf } from './validity-of.ts';

/** The trust that verifiers use. */
export interface SurveyedTrust {
  readonly trustDomain: string;
  /** Absent without a trust file. */
  readonly trust?: Trust;
  /** PEM of the roots of each trust domain. */
  readonly bundles: Readonly<Record<string, string>>;
}

/**
 * Returns the roots of the mesh, the root that a rotation has prepared and nothing trusts yet, the issuers of its trust
 * file, and the roots of federated trust domains.
 */
export function trustStandings(
  { trustDomain, trust, bundles }: SurveyedTrust,
  reader: CertificateReader,
  time: SurveyTime,
): readonly CertificateStanding[] {
  const own = reader.certificates(bundles[trustDomain] ?? '') ?? [];
  const others = Object.entries(bundles).filter(([domain]) => domain !== trustDomain);
  const known = new Set(own.map(({ fingerprint }) => fingerprint));
  const prepared = (trust?.roots ?? [])
    .flatMap(({ certificate }) => reader.certificates(certificate) ?? [])
    .filter(({ fingerprint }) => !known.has(fingerprint));
  const file = trust && trustFilePath(trustDomain);
  return [
    ...own.map((facts) => rootStanding('root', trustDomain, facts, time, file)),
    ...prepared.map(
      (facts): CertificateStanding => ({
        ...rootStanding('root', trustDomain, facts, time, file),
        name: `new root of ${trustDomain}`,
        trusted: false,
        breaks: 'nothing trusts it yet: the rotation to it would have to begin again',
      }),
    ),
    ...(trust?.issuers ?? []).flatMap((issuer) =>
      (reader.certificates(issuer.certificate) ?? []).map((facts): CertificateStanding => {
        const { target } = issuer;
        const between = reader.certificates(issuer.intermediates ?? '') ?? [];
        const last = between.at(-1) ?? facts;
        const root = [...own, ...prepared].find((one) => reader.isSignedBy(last, one));
        return {
          kind: 'issuer',
          name: `issuer of ${target}`,
          target,
          ...(file !== undefined && { file }),
          ...validityOf(facts, time),
          chain: [...between, ...(root ? [root] : [])].map(({ fingerprint }) => fingerprint),
          trusted: root !== undefined && known.has(root.fingerprint),
          breaks: `every workload certificate of ${target} ends with it, and no new one can be issued`,
        };
      }),
    ),
    ...others.flatMap(([domain, text]) =>
      (reader.certificates(text) ?? []).map((facts) => rootStanding('federated', domain, facts, time)),
    ),
  ];
}

function rootStanding(
  kind: 'root' | 'federated',
  domain: string,
  facts: CertificateFacts,
  time: SurveyTime,
  file?: string,
): CertificateStanding {
  return {
    kind,
    name: `root of ${domain}`,
    ...(file !== undefined && { file }),
    ...validityOf(facts, time),
    chain: [],
    trusted: true,
    breaks:
      kind === 'root'
        ? `every certificate of ${domain} ends with it: no call of the mesh works`
        : `no call between the mesh and ${domain} works`,
  };
}
