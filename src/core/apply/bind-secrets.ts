import type { Clock } from '../../ports/clock.ts';
import type { Delivery } from './delivery.ts';
import type { Event } from './event.ts';
import type { Stage } from './stages.ts';
import { folderNumber } from './step.ts';
import type { Noted } from './walk.ts';
import { isSame, type Secrets, secretsFor, writeSecrets } from './write-secrets.ts';

/**
 * Puts the certificates in place that a stage needs, before proxies read it. Without a stage, at the end of a run,
 * also takes away what no proxy uses any more.
 */
export async function* bindSecrets(
  delivery: Delivery,
  have: Secrets,
  stage: Stage | undefined,
  noted: Noted,
  clock: Clock,
): AsyncGenerator<Event, Secrets> {
  const { name: target, observed, next, plan } = delivery;
  // A proxy takes on another identity when the routes of its clients begin to expect it.
  const identities = stage?.name !== 'make' || observed.current === undefined;
  const asked = secretsFor(
    delivery,
    have,
    stage?.revision.artifacts ?? next.artifacts,
    clock.now(),
    identities,
  );
  const want = stage
    ? { texts: new Map([...have.texts, ...asked.texts]), kept: { ...have.kept, ...asked.kept } }
    : asked;
  const folder = `${folderNumber(delivery.epoch)}-${stage?.name ?? 'end'}`;
  if (isSame(have, want)) return want;
  await noted('secrets', folder, () => writeSecrets(delivery.directory, folder, want));
  for (const { proxy, subject, action } of plan.certificates) {
    const fingerprint = want.kept[proxy]?.fingerprint;
    if (fingerprint === undefined || have.kept[proxy]?.fingerprint === fingerprint) continue;
    yield { type: 'certificate', target, subject, action, fingerprint };
  }
  return want;
}
