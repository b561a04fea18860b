import { exit } from '../../core/exit-code.ts';
import { changeProblem } from '../../core/identity/rotation/trust-change.ts';
import { signingIssuer } from '../../core/identity/trust-file.ts';
import { certificateRequests } from '../../core/plan/certificate-actions.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { PlannedDelivery } from './plan-deliveries.ts';
import type { TrustBundles } from './trust-bundles.ts';

type Planned = Pick<PlannedDelivery, 'name' | 'observed' | 'next'>;

/**
 * Refuses (4) a run that takes more than one phase of a rotation at once: updated proxies and others would refuse each
 * other. `trustDomain` is the mesh's own.
 */
export function refuseBrokenTrust(
  planned: readonly Planned[],
  trustDomain: string,
  trust: TrustBundles,
  reader: CertificateReader,
  isAllowed = false,
): readonly Refusal[] {
  if (isAllowed) return [];
  const details = planned.flatMap((one) => {
    const problem = problemOf(one, trustDomain, trust, reader);
    return problem === undefined ? [] : [`target ${one.name}: ${problem}`];
  });
  if (details.length === 0) return [];
  return [
    {
      code: exit.refused,
      message:
        'proxies before and after this run would refuse each other: go one phase of the rotation at a time (apply the earlier commit of the trust file first), or say --allow-trust-break',
      details,
    },
  ];
}

function problemOf(
  { name, observed, next }: Planned,
  trustDomain: string,
  { trust, isRecorded }: TrustBundles,
  reader: CertificateReader,
): string | undefined {
  const before = rootsBefore(observed, trustDomain);
  const after = next.trust?.bundles[trustDomain];
  if (before === undefined || after === undefined) return undefined;
  const used = [...(observed.signers?.values() ?? [])].flatMap(({ root }) => root ?? []);
  // Without a working certificate no call succeeds today, so no call can break.
  if (used.length === 0) return undefined;
  const signs = certificateRequests(next.artifacts).length > 0 && trust && signingIssuer(trust, name)?.root;
  const stays = isRecorded === true || signs === undefined || signs === false;
  return changeProblem(
    { trusted: rootsIn(before, reader), signers: new Set(used) },
    { trusted: rootsIn(after, reader), signers: new Set(stays ? used : [signs]) },
  );
}

/** Returns the roots (PEM) that verifiers trust before a run; those that an authority hands out come first. */
function rootsBefore({ handedRoots, current }: Planned['observed'], trustDomain: string): string | undefined {
  return handedRoots ?? current?.snapshot.trust?.bundles[trustDomain];
}

function rootsIn(bundle: string, reader: CertificateReader): ReadonlySet<string> {
  return new Set((reader.certificates(bundle) ?? []).map(({ fingerprint }) => fingerprint));
}
