import type { State } from '../history/state.ts';
import type { ReachedTrust } from '../identity/rotation/evidence.ts';
import { certificateRequests } from '../plan/certificate-actions.ts';
import type { Delivery } from './delivery.ts';

/**
 * Returns the parts of the state that a successful run changes although no configuration does: the time of the renewal if
 * there are certificates to renew, and the trust in force with the proxies that confirmed it.
 */
export function certificateState(
  {
    output,
    observed,
    next,
    renews,
    reaches,
  }: Pick<Delivery, 'output' | 'observed' | 'next' | 'renews' | 'reaches'>,
  seen: ReadonlySet<string>,
  at: string,
): Pick<State, 'renewed' | 'trust'> {
  const hasCertificates =
    output.material !== undefined &&
    (Object.keys(observed.state.certificates).length > 0 || certificateRequests(next.artifacts).length > 0);
  const renewed = renews === true && hasCertificates ? { renewed: at } : {};
  if (reaches === undefined) return renewed;
  const before = observed.state.trust;
  const isSame = before !== undefined && isSamePhase(before, reaches);
  const trust = { ...reaches, since: isSame ? before.since : at, evidence: [...seen].sort() };
  return { ...renewed, trust };
}

function isSamePhase(one: Omit<ReachedTrust, 'since' | 'evidence'>, other: typeof one): boolean {
  return (
    one.phase === other.phase &&
    one.rotation === other.rotation &&
    one.issuer === other.issuer &&
    one.roots.join() === other.roots.join()
  );
}
