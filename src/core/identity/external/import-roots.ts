import type { CertificateReader } from '../../../ports/certificate-reader.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import { checkCertificates } from '../rules/check-certificates.ts';
import type { TrustRoot } from '../trust-file.ts';

/** Roots that another authority keeps and signs with. */
export interface GivenRoots {
  readonly trustDomain: string;
  /** PEM. */
  readonly text: string;
  /** The file of `text`, for messages. */
  readonly file: string;
  /** ms since the epoch. */
  readonly now: number;
}

/** Returns the roots in a text, in their order. Throws PortError(13), which names the broken rule. */
export function importRoots(
  reader: CertificateReader,
  { trustDomain, text, file, now }: GivenRoots,
): readonly TrustRoot[] {
  const refuse = (why: string): PortError =>
    new PortError(`${file} can't be taken as roots: ${why}; nothing was written`, exit.certificate);
  const given = reader.certificates(text);
  if (given === undefined || given.length === 0)
    throw refuse('it holds something else than certificates in PEM');
  return given.map((root) => {
    if (!reader.isSignedBy(root, root))
      throw refuse(
        `its certificate ${root.fingerprint.slice(0, 16)} is not self-signed; an authority below a root can't be renewed if verifiers trust it`,
      );
    const examined = { certificates: [root], now, expected: { trustDomain }, isAuthorities: true };
    const found = checkCertificates(reader, examined).find(({ severity }) => severity === 'error');
    if (found) throw refuse(`it breaks the rule ${found.rule}: ${found.detail}`);
    return { id: root.fingerprint, certificate: `${root.pem.trim()}\n` };
  });
}
