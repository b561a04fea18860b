import type { Observed } from '../history/observed.ts';
import { overdueRenewal } from '../identity/renewal.ts';
import { certificateRequests } from '../plan/certificate-actions.ts';
import type { CertificateStatus } from './status.ts';

const day = 24 * 60 * 60 * 1000;
/**
 * The remaining share of a validity period below which a certificate is renewed, and below which the renewal is overdue
 * (certificates.md).
 */
const due = 1 / 3;
const near = 0.15;

/** Returns the certificates that the revision in force needs, compared with those in the output. */
export function certificateStatuses(observed: Observed, now: Date): readonly CertificateStatus[] {
  const { current, state, material, faults } = observed;
  return certificateRequests(current?.snapshot.artifacts ?? []).map(({ proxy, subject }) => {
    const kept = state.certificates[proxy];
    if (kept === undefined || !material.has(proxy)) return { proxy, subject, state: 'missing' };
    const { issued, expires, fingerprint } = kept;
    const left = Date.parse(expires) - now.getTime();
    const fault = faults?.get(proxy);
    const share = left / (Date.parse(expires) - Date.parse(issued));
    const validity = { notBefore: Date.parse(issued), notAfter: Date.parse(expires) };
    const detail = fault?.detail ?? (left > 0 ? overdueRenewal(validity, now.getTime()) : undefined);
    return {
      proxy,
      subject: kept.subject,
      state: fault?.state ?? (left <= 0 ? 'expired' : share <= near ? 'near' : share <= due ? 'due' : 'good'),
      ...(detail !== undefined && { detail }),
      fingerprint,
      expires,
      daysLeft: Math.floor(left / day),
    };
  });
}
