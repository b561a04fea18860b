import type { AuthorityFiles, AuthorityMaterial } from '../authority-files.ts';

/**
 * Returns the configuration of Consul's built-in certificate authority with the issuer of the spec. Consul signs the
 * certificates of services with it, and gives it to proxies as their root.
 */
export function authorityFiles({ certificate, key }: AuthorityMaterial): AuthorityFiles {
  const configuration = {
    Provider: 'consul',
    Config: { RootCert: certificate, PrivateKey: key, LeafCertTTL: '72h' },
  };
  return {
    files: [{ name: 'ca.json', text: `${JSON.stringify(configuration, undefined, 2)}\n`, isSecret: true }],
    next: 'consul connect ca set-config -config-file ca.json; Consul signs new leaf certificates and keeps the old root until they are replaced',
  };
}
