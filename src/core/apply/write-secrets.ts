import type { Directory } from '../../ports/directory.ts';
import { Ledger } from '../history/ledger.ts';
import type { KeptCertificate } from '../history/state.ts';
import { certificateRequests } from '../plan/certificate-actions.ts';
import type { Artifact } from '../targets/artifact.ts';
import type { Delivery } from './delivery.ts';

/** Everything in `secrets/`: whole files by proxy, and what is known about each. */
export interface Secrets {
  readonly texts: ReadonlyMap<string, string>;
  readonly kept: Readonly<Record<string, KeptCertificate>>;
}

/** What is in `secrets/` now. */
export async function currentSecrets({ directory, observed }: Delivery): Promise<Secrets> {
  const texts = new Map<string, string>();
  for (const proxy of observed.material) {
    const text = await directory.read(`secrets/current/${proxy}.json`);
    if (text !== undefined) texts.set(proxy, text);
  }
  return { texts, kept: observed.state.certificates };
}

/**
 * What `secrets/` holds while these artifacts are in force. A new identity of a proxy that has another comes with
 * `identities`: together with the routes whose clients expect it. What these artifacts don't ask for goes.
 */
export function secretsFor(
  { materials, observed, next, roots }: Delivery,
  before: Secrets,
  artifacts: readonly Artifact[],
  now: Date,
  identities: boolean,
): Secrets {
  const texts = new Map<string, string>();
  const kept: Record<string, KeptCertificate> = {};
  const issued = new Map(materials.map((material) => [material.proxy, material]));
  const subjects = new Map(
    certificateRequests(next.artifacts).map((request) => [request.proxy, request.subject]),
  );
  for (const { proxy } of certificateRequests(artifacts)) {
    const [material, subject] = [issued.get(proxy), subjects.get(proxy)];
    const [text, known] = [before.texts.get(proxy), before.kept[proxy]];
    const other = text !== undefined && observed.state.certificates[proxy]?.subject !== subject;
    if (material !== undefined && subject !== undefined && (identities || !other)) {
      texts.set(proxy, material.text);
      const { fingerprint, notAfter } = material;
      kept[proxy] = {
        subject,
        fingerprint,
        issued: now.toISOString(),
        expires: notAfter.toISOString(),
        ...(roots !== undefined && { roots }),
      };
    } else if (text !== undefined && known !== undefined) {
      texts.set(proxy, text);
      kept[proxy] = known;
    }
  }
  return { texts, kept };
}

/** Whether the files are the same. */
export function isSame(before: Secrets, after: Secrets): boolean {
  return (
    before.texts.size === after.texts.size &&
    [...after.texts].every(([proxy, text]) => before.texts.get(proxy) === text)
  );
}

/** Exchanges all of `secrets/` by one rename. */
export async function writeSecrets(directory: Directory, name: string, after: Secrets): Promise<void> {
  const files = [...after.texts].map(([proxy, text]) => ({ path: `${proxy}.json`, text }));
  // What is known about them can be told by the name of their folder, whatever happens after the switch.
  await new Ledger(directory).writeMaterial(name, after.kept);
  await directory.createFolder(`secrets/.revisions/${name}`, files, { secret: true });
  await directory.pointLink('secrets/current', `.revisions/${name}`);
}
