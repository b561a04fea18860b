import type { CertificateReader } from '../../ports/certificate-reader.ts';
import { signingIssuer, type Trust } from './trust-file.ts';

/**
 * The remaining share of a validity period below which somebody should act, and below which it is urgent
 * (certificates.md).
 */
const due = 0.25;
const near = 0.15;
const day = 24 * 60 * 60 * 1000;

/** The remaining life of a root or issuer. */
export interface IssuerLife {
  /** The authority's name for people: `root`, `issuer of prod`. */
  readonly what: string;
  /** `early`: not valid yet; `due` and `near`: at most 25 % and 15 % of the validity period are left. */
  readonly state: 'good' | 'due' | 'near' | 'expired' | 'early';
  /** ISO 8601. */
  readonly expires: string;
  /** Whole days; negative once it has expired. */
  readonly daysLeft: number;
}

/** Returns the remaining lives of a target's issuer and its root; an empty list for a target without an issuer. */
export function issuerLives(
  trust: Trust | undefined,
  target: string,
  reader: CertificateReader,
  now: number,
): readonly IssuerLife[] {
  const issuer = trust && signingIssuer(trust, target);
  const root = trust?.roots.find(({ id }) => id === issuer?.root);
  const signers = [
    ...(root ? [{ what: 'root', certificate: root.certificate }] : []),
    ...(issuer ? [{ what: `issuer of ${target}`, certificate: issuer.certificate }] : []),
  ];
  return signers.flatMap(({ what, certificate }) =>
    (reader.certificates(certificate) ?? []).map(({ notBefore, notAfter }): IssuerLife => {
      const left = notAfter - now;
      const share = left / (notAfter - notBefore);
      return {
        what,
        state:
          now < notBefore
            ? 'early'
            : left <= 0
              ? 'expired'
              : share <= near
                ? 'near'
                : share <= due
                  ? 'due'
                  : 'good',
        expires: new Date(notAfter).toISOString(),
        daysLeft: Math.floor(left / day),
      };
    }),
  );
}
