import { exit } from '../core/exit-code.ts';
import { trustProblem } from '../core/identity/check-trust.ts';
import { parseTrust, type Trust, trustFilePath } from '../core/identity/trust-file.ts';
import type { CertificateReader } from '../ports/certificate-reader.ts';
import { PortError } from '../ports/port-error.ts';
import type { SpecStore } from '../ports/spec-store.ts';

/**
 * Reads the trust file of a trust domain, and verifies its certificates; undefined if there is none. Throws
 * PortError(13) if there is one that can't be used.
 */
export async function readTrust(
  store: SpecStore,
  trustDomain: string,
  reader: CertificateReader,
): Promise<Trust | undefined> {
  const file = trustFilePath(trustDomain);
  const bytes = await store.file(file).catch((cause: unknown) => {
    throw cause instanceof PortError ? new PortError(cause.message, exit.certificate, { cause }) : cause;
  });
  if (!bytes) return undefined;
  const parsed = parseTrust(new TextDecoder().decode(bytes), trustDomain);
  const problem = 'problem' in parsed ? parsed.problem : trustProblem(parsed.trust, reader);
  if (!('problem' in parsed) && problem === undefined) return parsed.trust;
  const wayOut = 'isNewer' in parsed ? '' : `; put back the one that was committed (git checkout -- ${file})`;
  throw new PortError(`${file} can't be used: ${String(problem)}${wayOut}`, exit.certificate);
}
