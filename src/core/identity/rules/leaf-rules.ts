import type { CertificateFacts } from '../../../ports/certificate-reader.ts';
import { parseSpiffeId } from '../spiffe-id.ts';
import type { Breaks } from './broken-rule.ts';
import { extensionIds, purposes } from './object-identifiers.ts';

/** Requirements on a leaf beyond its profile. */
export interface ExpectedLeaf {
  readonly profile: 'workload' | 'server';
  /** The SPIFFE ID or host name that the leaf must have; absent if any is good. */
  readonly subject?: string;
  /** The trust domain that the SPIFFE ID must be of; absent if any is good. */
  readonly trustDomain?: string;
}

/**
 * Checks a leaf by its profile: X.509-SVID sections 2 to 4 for a workload, RFC 5280 and RFC 9525 for a server. Server
 * certificates of public authorities have no purpose clientAuth, so servers need serverAuth alone.
 */
export function checkLeaf(leaf: CertificateFacts, expected: ExpectedLeaf, breaks: Breaks): void {
  if (expected.profile === 'workload') checkIdentity(leaf, expected, breaks);
  else if (expected.subject !== undefined && !leaf.dnsNames.includes(expected.subject))
    breaks('host-name', `it is of ${named(leaf.dnsNames)}, not of ${expected.subject}`);
  if (leaf.isAuthority) breaks('leaf-not-ca', 'it is the certificate of an authority (cA is true)');
  if (leaf.hasEmptySubject && leaf.extensions.get(extensionIds.subjectAltName) !== true)
    breaks('san-critical', 'its subject is empty, so subjectAltName has to be critical');
  checkUsages(leaf, expected, breaks);
}

function checkIdentity(
  { uris }: CertificateFacts,
  { subject, trustDomain }: ExpectedLeaf,
  breaks: Breaks,
): void {
  const [uri] = uris;
  if (uri === undefined || uris.length > 1) {
    breaks('one-uri-san', `it has ${String(uris.length)} URI names (${named(uris)}), and needs exactly one`);
    return;
  }
  const id = parseSpiffeId(uri);
  if ('problem' in id) breaks('spiffe-id', `${uri} is no SPIFFE ID: ${id.problem}`);
  else if (id.path === '') breaks('spiffe-path', `${uri} has no path, so it names a trust domain`);
  else if (trustDomain !== undefined && id.trustDomain !== trustDomain)
    breaks('trust-domain', `${uri} is not of the trust domain ${trustDomain}`);
  if (subject !== undefined && uri !== subject) breaks('subject', `it is of ${uri}, not of ${subject}`);
}

function checkUsages(
  { usages, extensions, extendedUsages }: CertificateFacts,
  { profile }: ExpectedLeaf,
  breaks: Breaks,
): void {
  const isWorkload = profile === 'workload';
  if (usages === undefined) {
    if (isWorkload) breaks('key-usage', 'it has no keyUsage');
  } else {
    if (isWorkload && extensions.get(extensionIds.keyUsage) !== true)
      breaks('key-usage-critical', 'its keyUsage is not critical');
    if (!usages.has('digitalSignature')) breaks('key-usage', 'its keyUsage lacks digitalSignature');
    for (const usage of ['keyCertSign', 'cRLSign'] as const)
      if (usages.has(usage))
        breaks('no-signing-usage', `its keyUsage has ${usage}, which only authorities may`);
  }
  if (!extensions.has(extensionIds.extendedKeyUsage)) {
    if (isWorkload) breaks('extended-usages', 'it has no extendedKeyUsage', 'warning');
    return;
  }
  for (const [purpose, id] of Object.entries(purposes))
    if (!extendedUsages.includes(id) && (isWorkload || id === purposes.serverAuth))
      breaks('extended-usages', `its extendedKeyUsage lacks ${purpose}`);
}

function named(names: readonly string[]): string {
  return names.length === 0 ? 'nobody' : names.join(', ');
}
