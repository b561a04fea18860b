import type { Clock } from '../../ports/clock.ts';
import type { KeptCertificate } from '../history/state.ts';
import type { Step } from '../outputs/step.ts';
import { certificateRequests } from '../plan/certificate-actions.ts';
import type { Artifact } from '../targets/artifact.ts';
import type { Delivery } from './delivery.ts';
import type { Event } from './event.ts';
import type { Journaled } from './journaled.ts';

/** All certificates in an output: whole files by proxy, and the facts about each. */
export interface Material {
  readonly texts: ReadonlyMap<string, string>;
  readonly kept: Readonly<Record<string, KeptCertificate>>;
}

/** Reads the certificates in the output. */
export async function currentMaterial({ output, observed }: Delivery): Promise<Material> {
  const texts = (await output.material?.read(observed.material)) ?? new Map<string, string>();
  return { texts, kept: observed.state.certificates };
}

/**
 * Writes the certificates that a step needs, before proxies read the step. Without a step, at the end of a run, also
 * removes the certificates that no proxy uses any more.
 */
export async function* bindMaterial(
  delivery: Delivery,
  have: Material,
  step: Step | undefined,
  noted: Journaled,
  clock: Clock,
): AsyncGenerator<Event, Material> {
  const { name: target, observed, next, plan, output, epoch } = delivery;
  const place = output.material;
  if (place === undefined) return have;
  // A proxy changes its identity in the step in which its clients' routes begin to expect the new one.
  const identities = step === undefined || step.identities || observed.current === undefined;
  const artifacts = step?.revision.artifacts ?? next.artifacts;
  const asked = materialFor(delivery, have, artifacts, clock.now(), identities);
  const want = step
    ? { texts: new Map([...have.texts, ...asked.texts]), kept: { ...have.kept, ...asked.kept } }
    : asked;
  if (isSame(have, want)) return want;
  const mark = place.mark(epoch, step);
  await noted('secrets', mark, () => place.write(mark, want.texts, want.kept));
  for (const { proxy, subject, action } of plan.certificates) {
    const fingerprint = want.kept[proxy]?.fingerprint;
    if (fingerprint === undefined || have.kept[proxy]?.fingerprint === fingerprint) continue;
    yield { type: 'certificate', target, subject, action, fingerprint };
  }
  return want;
}

/**
 * Returns the certificates that the output holds while these artifacts are in force. A new certificate for a changed
 * identity is included only with `identities`: together with the routes whose clients expect the new identity.
 */
function materialFor(
  { materials, observed, next, roots }: Delivery,
  before: Material,
  artifacts: readonly Artifact[],
  now: Date,
  identities: boolean,
): Material {
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
        ...((material.roots ?? roots) !== undefined && { roots: material.roots ?? roots }),
      };
    } else if (text !== undefined && known !== undefined) {
      texts.set(proxy, text);
      kept[proxy] = known;
    }
  }
  return { texts, kept };
}

/** Returns true if both have the same files. */
function isSame(before: Material, after: Material): boolean {
  return (
    before.texts.size === after.texts.size &&
    [...after.texts].every(([proxy, text]) => before.texts.get(proxy) === text)
  );
}
