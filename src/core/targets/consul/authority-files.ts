import type { AuthorityFiles, ExportedAuthority } from '../authority-files.ts';

const hour = 60 * 60 * 1000;

/** The lives of leaf certificates that Consul takes beside its default `IntermediateCertTTL` of 8760h, in hours. */
const lives = { shortest: 1, longest: 2920 };

/**
 * Returns the configuration of Consul's built-in certificate authority with the issuer of the spec. Consul signs the
 * certificates of services with it, and gives it to proxies as their root.
 */
export function authorityFiles({
  certificate,
  key,
  leafLife,
}: ExportedAuthority): AuthorityFiles | { readonly refuses: string } {
  const hours = leafLife / hour;
  if (hours < lives.shortest || hours > lives.longest)
    return {
      refuses: `Consul signs certificates for ${String(lives.shortest)}h to ${String(lives.longest)}h, so set \`certificates.workload.lifetime\` to one of these`,
    };
  const configuration = {
    Provider: 'consul',
    Config: {
      RootCert: certificate,
      PrivateKey: key,
      LeafCertTTL: `${String(Math.round(leafLife / 1000))}s`,
    },
  };
  return {
    files: [{ name: 'ca.json', text: `${JSON.stringify(configuration, undefined, 2)}\n`, isSecret: true }],
    next: 'consul connect ca set-config -config-file ca.json; Consul signs new leaf certificates and keeps the old root until they are replaced',
  };
}
