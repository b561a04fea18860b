import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { KeyStore } from '../../ports/key-store.ts';
import { PortError } from '../../ports/port-error.ts';
import { signingAuthority } from '../identity/signing-authority.ts';
import { issuerKey } from '../identity/signing-keys.ts';
import type { Trust } from '../identity/trust-file.ts';
import type { Ir } from '../ir/ir.ts';
import type { Check } from './check.ts';

/**
 * Checks that this machine has the key of each target's issuer, and that the key belongs to the certificate. A missing
 * key fails for a target of `needed`, whose next apply here has to sign; elsewhere it is a note, since only a machine
 * that signs needs the key. An unusable key always fails.
 */
export async function signingKeyChecks(
  { targets, certificates }: Ir,
  trust: Trust | undefined,
  keys: KeyStore,
  reader: CertificateReader,
  needed: ReadonlySet<string> = new Set(),
): Promise<readonly Check[]> {
  const issuers = trust?.issuers.filter(({ target }) => Object.hasOwn(targets, target)) ?? [];
  const checks: Check[] = [];
  for (const issuer of issuers) {
    const reference = issuerKey(certificates, trust?.trustDomain ?? '', issuer);
    const name = `${reference.what} key`;
    const missing = await problemOf(() => keys.read(reference));
    if (missing !== undefined) {
      const says = `this machine can't issue certificates: ${missing}`;
      checks.push(
        needed.has(issuer.target)
          ? { name, state: 'fail', says: `the next apply has to issue certificates, and ${says}` }
          : { name, state: 'note', says },
      );
      continue;
    }
    const wrong = await problemOf(() => signingAuthority(issuer.certificate, reference, keys, reader));
    checks.push(
      wrong === undefined
        ? { name, state: 'ok', says: 'belongs to its certificate' }
        : { name, state: 'fail', says: wrong },
    );
  }
  return checks;
}

async function problemOf(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return error.message;
  }
}
