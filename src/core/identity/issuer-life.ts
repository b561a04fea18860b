import type { CertificateReader } from '../../ports/certificate-reader.ts';
import { type Life, lifeOf } from './life.ts';
import { signingIssuer, type Trust } from './trust-file.ts';

/** The remaining life of a root or issuer. */
export interface IssuerLife extends Life {
  /** The authority's name for people: `root`, `issuer of prod`. */
  readonly what: string;
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
    (reader.certificates(certificate) ?? []).map((facts): IssuerLife => ({ what, ...lifeOf(facts, now) })),
  );
}
