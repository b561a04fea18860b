import { defineMessages, finding } from '../../diagnostics/message.ts';
import { parseDuration } from '../../spec/duration.ts';
import type { Certificates, IssuerCertificates } from '../../spec/types.gen.ts';
import type { CertificatesConfig } from '../certificates.ts';
import type { Linking } from './linking.ts';
import { entriesOf, keyLocationOf, locationOf } from './spec-place.ts';

export const messages = defineMessages({
  MESH2180: {
    severity: 'error',
    text: 'the {who} key is kept with age, so `recipients.{who}` has to say who can use it',
    explanation:
      'A key that is kept in the repository is encrypted for the holders of age identities. List their recipients (`age1…`) in `spec.certificates.recipients`.',
  },
  MESH2181: {
    severity: 'error',
    text: 'the bundle {path} is not a path below the root of the repository',
    explanation:
      'The bundle of a federated trust domain is read from the repository, so that it is reviewed like everything else. Write a path relative to the root, without `..`.',
  },
  MESH2182: {
    severity: 'error',
    text: 'the mesh does not federate with itself: {trustDomain} is its own trust domain',
    explanation: '`federation` lists other trust domains. The mesh trusts its own by `mesh certs init`.',
  },
  MESH2183: {
    severity: 'error',
    text: '{inner} certificates live longer than the {outer} that signs them',
    explanation:
      'A certificate cannot outlive its issuer. Shorten the first lifetime, or lengthen the second.',
  },
});

/** Returns the certificate settings with defaults. */
export function certificatesOf(linking: Linking): CertificatesConfig {
  const written = linking.mesh.certificates ?? {};
  const workload = written.workload?.lifetime;
  const config: CertificatesConfig = {
    root: authorityOf(written.root, '3650d'),
    issuer: authorityOf(written.issuer, '90d'),
    workload: workload === undefined ? {} : { lifetime: parseDuration(workload) },
    keyAlgorithm: written.keyAlgorithm ?? 'ecdsa-p256',
    recipients: { root: written.recipients?.root ?? [], issuer: written.recipients?.issuer ?? [] },
    ...delegationOf(written),
    ...(written.files?.group !== undefined && { fileGroup: written.files.group }),
    federation: federationOf(linking),
  };
  checkKeys(linking, config);
  checkLifetimes(linking, config);
  return config;
}

function delegationOf({
  delegate = 'none',
  certManager,
  spire,
}: Certificates): Pick<CertificatesConfig, 'delegate' | 'certManager' | 'spire'> {
  const { issuer: name, kind = 'ClusterIssuer', group = 'cert-manager.io' } = certManager ?? {};
  const { namespace = 'spire-server', className } = spire ?? {};
  return {
    delegate,
    ...(name !== undefined && { certManager: { name, kind, group } }),
    ...(delegate === 'spire' && { spire: { namespace, ...(className !== undefined && { className }) } }),
  };
}

function authorityOf(
  written: IssuerCertificates | undefined,
  lifetime: string,
): CertificatesConfig['issuer'] {
  return { lifetime: parseDuration(written?.lifetime ?? lifetime), keys: written?.keys ?? 'file' };
}

function federationOf(linking: Linking): CertificatesConfig['federation'] {
  return entriesOf(linking.mesh.certificates?.federation).map(([trustDomain, federated, at]) => {
    const { bundle } = federated;
    if (bundle.startsWith('/') || bundle.split('/').includes('..')) {
      const location = locationOf({ container: federated, key: 'bundle' });
      linking.report(finding(messages, 'MESH2181', location, { path: bundle }));
    }
    if (trustDomain === linking.mesh.trustDomain) {
      linking.report(finding(messages, 'MESH2182', keyLocationOf(at), { trustDomain }));
    }
    return { trustDomain, bundle };
  });
}

function checkKeys(linking: Linking, config: CertificatesConfig): void {
  for (const who of ['root', 'issuer'] as const) {
    const written = linking.mesh.certificates?.[who];
    if (written === undefined || config[who].keys !== 'age' || config.recipients[who].length > 0) continue;
    linking.report(finding(messages, 'MESH2180', locationOf({ container: written, key: 'keys' }), { who }));
  }
}

function checkLifetimes(linking: Linking, { root, issuer, workload }: CertificatesConfig): void {
  const written = linking.mesh.certificates;
  const at = (name: 'issuer' | 'workload'): { container: object; key?: string } =>
    written?.[name]?.lifetime === undefined
      ? { container: written ?? linking.mesh }
      : { container: written[name], key: 'lifetime' };
  if (issuer.lifetime > root.lifetime) {
    linking.report(
      finding(messages, 'MESH2183', locationOf(at('issuer')), { inner: 'Issuer', outer: 'root' }),
    );
  }
  if ((workload.lifetime ?? 0) > issuer.lifetime) {
    linking.report(
      finding(messages, 'MESH2183', locationOf(at('workload')), { inner: 'Workload', outer: 'issuer' }),
    );
  }
}
