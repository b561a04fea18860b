import type { CertificateReader } from '../../ports/certificate-reader.ts';
import { expired, renewalDue, type Validity } from '../identity/renewal.ts';
import { type Trust, trustFilePath } from '../identity/trust-file.ts';
import type { Ir } from '../ir/ir.ts';
import type { Check } from './check.ts';

/** Checks that the mesh has a trust file with an issuer for each target, and that no authority expires soon. */
export function certificateChecks(
  { trustDomain, targets }: Ir,
  trust: Trust | undefined,
  reader: CertificateReader,
  now: number,
): readonly Check[] {
  const name = 'certificates';
  const file = trustFilePath(trustDomain);
  if (trust === undefined)
    return [{ name, state: 'note', says: `there is no ${file} yet`, do: 'mesh certs init' }];
  const missing = Object.keys(targets).filter(
    (target) => !trust.issuers.some((one) => one.target === target),
  );
  const lacking: readonly Check[] =
    missing.length === 0
      ? []
      : [
          {
            name,
            state: 'note',
            says: `${file} has no issuer for ${missing.join(', ')}`,
            do: 'mesh certs init',
          },
        ];
  const signers = [
    ...trust.roots.map(({ certificate }) => ({ what: 'root', certificate })),
    ...trust.issuers.map(({ target, certificate }) => ({ what: `issuer of ${target}`, certificate })),
  ];
  return [
    ...lacking,
    ...signers.flatMap(({ what, certificate }) =>
      (reader.certificates(certificate) ?? []).map((facts) => life(what, facts, now)),
    ),
  ];
}

function life(name: string, validity: Validity, now: number): Check {
  const until = new Date(validity.notAfter).toISOString().slice(0, 10);
  if (expired(validity, now))
    return { name, state: 'fail', says: `ended ${until}`, do: 'make a new hierarchy' };
  if (renewalDue(validity, now))
    return { name, state: 'note', says: `ends ${until}`, do: 'plan its renewal' };
  return { name, state: 'ok', says: `until ${until}` };
}
