import type { CertificateFacts, CertificateReader } from '../../../ports/certificate-reader.ts';
import { checkAuthority } from './authority-rules.ts';
import type { BrokenRule } from './broken-rule.ts';
import { checkCertificate } from './certificate-rules.ts';

/** Rules that depend on the moment: a stored authority that has ended is reported elsewhere. */
const timely: ReadonlySet<string> = new Set(['expired', 'not-yet-valid']);

/**
 * Returns the first rule that a signing certificate of a trust domain breaks, with its name; undefined if it breaks
 * none. Warnings and dates don't count.
 */
export function brokenAuthorityRule(
  reader: CertificateReader,
  authority: CertificateFacts,
  trustDomain: string,
): string | undefined {
  const broken: BrokenRule[] = [];
  const breaks = (rule: BrokenRule['rule'], detail: string, severity: BrokenRule['severity'] = 'error') =>
    void broken.push({ rule, detail, severity });
  checkAuthority(authority, 0, trustDomain, breaks);
  checkCertificate(
    authority,
    { now: authority.notBefore, isRoot: reader.isSignedBy(authority, authority) },
    breaks,
  );
  const found = broken.find(({ rule, severity }) => severity === 'error' && !timely.has(rule));
  return found && `breaks the rule ${found.rule}: ${found.detail}`;
}
