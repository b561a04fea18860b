import type { CertificateFacts, CertificateReader } from '../../../ports/certificate-reader.ts';
import type { CertificateRequest } from '../../targets/artifact.ts';
import { readMaterial } from '../../targets/material-form.ts';
import { certificationPath } from '../certification-path.ts';
import { checkMaterial } from '../check-material.ts';
import type { CertificateStanding } from './certificate-standing.ts';
import { type SurveyTime, validityOf } from './validity-of.ts';

/** The certificates of an output. */
export interface OutputMaterial {
  readonly target: string;
  /** Requests of the revision in force. */
  readonly requests: readonly Pick<CertificateRequest, 'proxy' | 'subject' | 'profile'>[];
  /** The text of each proxy's file. */
  readonly texts: ReadonlyMap<string, string>;
  /** The roots that the proxies trust. */
  readonly roots: readonly CertificateFacts[];
}

/** Returns a standing for each certificate that the revision in force needs; none holds a part of a key. */
export function materialStandings(
  { target, requests, texts, roots }: OutputMaterial,
  reader: CertificateReader,
  time: SurveyTime,
): readonly CertificateStanding[] {
  // An authority is the issuer of the trust file, which has a standing of its own.
  const leaves = requests.filter(({ profile }) => profile !== 'authority');
  return leaves.map(({ proxy, subject, profile }): CertificateStanding => {
    const about = {
      kind: profile === 'server' ? ('listener' as const) : ('workload' as const),
      name: subject,
      target,
      proxy,
      breaks:
        profile === 'server'
          ? `clients of ${subject} refuse the connection`
          : `no call from or to ${proxy} works`,
    };
    const text = texts.get(proxy);
    if (text === undefined)
      return { ...about, state: 'missing', detail: 'it is not in the output', chain: [], trusted: false };
    const fault = checkMaterial(reader, text, { subject, roots, now: time.now });
    const [leaf, ...rest] = reader.certificates(readMaterial(text)?.chain ?? '') ?? [];
    const path = leaf && certificationPath(reader, leaf, { others: rest, roots, now: time.now });
    return {
      ...about,
      state: 'wrong',
      ...(leaf && validityOf(leaf, time)),
      ...fault,
      chain: (path?.signers ?? []).map(({ fingerprint }) => fingerprint),
      trusted: path?.isTrusted ?? false,
    };
  });
}
