import type { CertificateFacts } from '../../../ports/certificate-reader.ts';
import { parseSpiffeId } from '../spiffe-id.ts';
import type { Breaks } from './broken-rule.ts';
import { extensionIds } from './object-identifiers.ts';

/**
 * Checks a signing certificate (X.509-SVID, sections 3 to 5, RFC 5280, section 4.2.1). `below` is the number of
 * authorities between it and the leaf. If `trustDomain` is absent, any trust domain is accepted.
 */
export function checkAuthority(
  authority: CertificateFacts,
  below: number,
  trustDomain: string | undefined,
  breaks: Breaks,
): void {
  const { isAuthority, usages, extensions, pathLength } = authority;
  if (!isAuthority) breaks('signing-ca', 'it signs certificates and is no authority (cA is false)');
  else if (extensions.get(extensionIds.basicConstraints) !== true)
    breaks('constraints-critical', 'its basicConstraints are not critical', 'warning');
  if (usages === undefined) breaks('signing-usage', 'it has no keyUsage', 'warning');
  else if (!usages.has('keyCertSign')) breaks('signing-usage', 'its keyUsage lacks keyCertSign');
  else if (extensions.get(extensionIds.keyUsage) !== true)
    breaks('key-usage-critical', 'its keyUsage is not critical', 'warning');
  if (pathLength !== undefined && below > pathLength)
    breaks('path-length', `it may have ${String(pathLength)} authorities below it, and has ${String(below)}`);
  if (extensions.has(extensionIds.nameConstraints))
    breaks('name-constraints', 'it has nameConstraints, which some proxies ignore', 'warning');
  checkIdentity(authority, trustDomain, breaks);
}

function checkIdentity({ uris }: CertificateFacts, trustDomain: string | undefined, breaks: Breaks): void {
  const [uri] = uris;
  if (uri === undefined) {
    breaks('signing-id', 'it has no SPIFFE ID of its trust domain', 'warning');
    return;
  }
  if (uris.length > 1) breaks('one-uri-san', `it has ${String(uris.length)} URI names (${uris.join(', ')})`);
  const id = parseSpiffeId(uri);
  if ('problem' in id) breaks('spiffe-id', `${uri} is no SPIFFE ID: ${id.problem}`);
  else if (id.path !== '') breaks('signing-id', `${uri} has a path, which the ID of a signer may not`);
  else if (trustDomain !== undefined && id.trustDomain !== trustDomain)
    breaks('trust-domain', `${uri} is not of the trust domain ${trustDomain}`);
}
