import { parseTrust, type Trust, trustFilePath } from '../core/identity/trust-file.ts';
import { PortError, type SpecStore } from '../ports.ts';

/** The trust file of a trust domain as the store has it; rejects (13) where it can't be used. */
export async function readTrust(store: SpecStore, trustDomain: string): Promise<Trust | undefined> {
  const file = trustFilePath(trustDomain);
  const bytes = await store.file(file);
  if (!bytes) return undefined;
  const parsed = parseTrust(new TextDecoder().decode(bytes), trustDomain);
  if ('problem' in parsed) throw new PortError(`${file} can't be used: ${parsed.problem}`, 13);
  return parsed.trust;
}
