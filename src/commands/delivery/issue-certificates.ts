import { workloadIssuer } from '../../core/identity/workload-issuer.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { certificateRequests } from '../../core/plan/certificate-actions.ts';
import type { Delivery } from '../../core/run/delivery.ts';
import type { DeliveringParts } from './delivery-parts.ts';
import type { PlannedDelivery } from './plan-deliveries.ts';
import type { TrustBundles } from './trust-bundles.ts';

/** A planned target with its certificates; its lock need not be held. */
export type IssuedDelivery = Omit<Delivery, 'epoch'>;

/**
 * Issues every certificate that the plans need, before anything is written; throws PortError(13) if trust or keys are
 * missing.
 */
export async function issueCertificates(
  planned: readonly PlannedDelivery[],
  { certificates }: Ir,
  root: string,
  trust: TrustBundles,
  parts: DeliveringParts,
): Promise<readonly IssuedDelivery[]> {
  const deliveries: IssuedDelivery[] = [];
  for (const delivery of planned) {
    const due = new Set(
      delivery.plan.certificates
        // Without a signer the present certificate stays.
        .filter(({ action }) => action === 'issue' || (action === 'renew' && trust.isRecorded !== true))
        .map(({ proxy }) => proxy),
    );
    const requests = certificateRequests(delivery.next.artifacts).filter(({ proxy }) => due.has(proxy));
    const issuer = workloadIssuer({
      trust: trust.trust,
      target: delivery.name,
      certificates,
      signer: parts.signer,
      reader: parts.reader,
      keys: parts.keyStore(root),
    });
    const materials = await issuer.issue(requests, parts.clock.now());
    deliveries.push({ ...delivery, materials, renews: trust.isRecorded !== true });
  }
  return deliveries;
}
