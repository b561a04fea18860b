import type { Ir } from '../ir/ir.ts';

/** Returns the paths of the files of authorities that a mesh names and that may lie beside the spec, sorted. */
export function authorityFiles({ certificates, services, externals, gateways }: Ir): readonly string[] {
  const authorities = [
    ...Object.values(services).flatMap(({ ports }) => ports.map(({ tls }) => tls?.ca)),
    ...Object.values(externals).map(({ tls }) => tls?.ca),
    ...Object.values(gateways).flatMap(({ listeners }) =>
      listeners.map(({ tls }) => tls?.clientCertificates?.ca),
    ),
  ];
  const paths = [
    ...certificates.federation.map(({ bundle }) => bundle),
    ...authorities.flatMap((ca) => (ca?.type === 'file' ? [ca.name] : [])),
  ];
  return [...new Set(paths)]
    .filter((path) => !path.startsWith('/') && !path.split('/').includes('..'))
    .sort();
}
