import type { Clock } from '../../ports.ts';
import type { Delivery } from './delivery.ts';
import type { Event } from './event.ts';
import type { Stage } from './stages.ts';
import { folderNumber } from './step.ts';
import { type Secrets, secretsFor, writeSecrets } from './write-secrets.ts';

/**
 * Puts the certificates in place that a stage needs, before proxies read it. Without a stage, at the end of a run,
 * also takes away what no proxy uses any more.
 */
export async function* bindSecrets(
  delivery: Delivery,
  have: Secrets,
  stage: Stage | undefined,
  epoch: number,
  clock: Clock,
): AsyncGenerator<Event, Secrets> {
  const { name: target, observed, next, plan, directory } = delivery;
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
  const folder = `${folderNumber(epoch)}-${stage?.name ?? 'end'}`;
  if (!(await writeSecrets(directory, folder, have, want))) return want;
  for (const { proxy, subject, action } of plan.certificates) {
    const fingerprint = want.kept[proxy]?.fingerprint;
    if (fingerprint === undefined || have.kept[proxy]?.fingerprint === fingerprint) continue;
    yield { type: 'certificate', target, subject, action, fingerprint };
  }
  return want;
}
