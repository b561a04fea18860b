import type { CertificateReader } from '../../../ports/certificate-reader.ts';
import type { Ir } from '../../ir/ir.ts';
import { validityFault } from '../check-chain.ts';
import type { CertificateStanding } from './certificate-standing.ts';
import { type SurveyTime, validityOf } from './validity-of.ts';

/** A certificate file that a listener of a gateway names. */
export interface ListenerFile {
  /** The listener's name for people: `listener web of gateway shop/edge`. */
  readonly name: string;
  readonly target: string;
  readonly certificate: string;
  readonly key: string;
}

/** Returns the certificate files of the listeners of a mesh, each with the first listener that names the file. */
export function listenerFiles({ gateways }: Pick<Ir, 'gateways'>, target: string): readonly ListenerFile[] {
  const files = Object.entries(gateways).flatMap(([id, { listeners }]) =>
    listeners.flatMap(({ name, tls }): ListenerFile[] =>
      tls?.certificate.type === 'files'
        ? [
            {
              name: `listener ${name} of gateway ${id}`,
              target,
              certificate: tls.certificate.certificate,
              key: tls.certificate.key,
            },
          ]
        : [],
    ),
  );
  return [...new Map(files.toReversed().map((file) => [file.certificate, file])).values()].toReversed();
}

/**
 * Returns the standing of a listener's certificate file; `text` is undefined if this machine can't read the file. Its
 * chain is checked by its dates alone: the clients' roots are not known here.
 */
export function listenerStanding(
  { name, target, certificate: file }: ListenerFile,
  text: string | undefined,
  reader: CertificateReader,
  time: SurveyTime,
): CertificateStanding {
  const about = { kind: 'listener' as const, name, target, file, breaks: `clients of ${name} refuse it` };
  if (text === undefined)
    return { ...about, state: 'unseen', detail: 'this machine has no such file that it can read', chain: [] };
  const [leaf, ...signers] = reader.certificates(text) ?? [];
  if (leaf === undefined)
    return { ...about, state: 'wrong', detail: 'the file holds no certificates in PEM', chain: [] };
  const fault = signers
    .map((one) => validityFault(one, 'its issuer', time.now))
    .find((one) => one !== undefined);
  return {
    ...about,
    ...validityOf(leaf, time),
    ...fault,
    chain: signers.map(({ fingerprint }) => fingerprint),
  };
}
