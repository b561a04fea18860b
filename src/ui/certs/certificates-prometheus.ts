import type { CertificateList } from '../../core/identity/standings/certificate-list.ts';
import type { CertificateStanding } from '../../core/identity/standings/certificate-standing.ts';
import { needsCare } from '../../core/identity/standings/certificate-standing.ts';

/**
 * Returns metrics in Prometheus' text format 0.0.4. `mesh_certificate_expiry_seconds` is the time that is left,
 * negative after the end; the timestamp metric stays right if the text is scraped later.
 */
export function certificatesPrometheus({ now, certificates }: CertificateList): string {
  const dated = certificates.flatMap((one) =>
    one.expires === undefined ? [] : [[one, Date.parse(one.expires)] as const],
  );
  const seconds = (time: number): string => String(Math.floor(time / 1000));
  return [
    ...metric(
      'mesh_certificate_expiry_seconds',
      'Seconds until the certificate ends; negative once it has ended.',
      dated.map(([one, end]) => [one, seconds(end - now)] as const),
    ),
    ...metric(
      'mesh_certificate_expiry_timestamp_seconds',
      'Unix time at which the certificate ends.',
      dated.map(([one, end]) => [one, seconds(end)] as const),
    ),
    ...metric(
      'mesh_certificate_usable',
      '0 if the certificate is refused, has ended, is missing or is near its end; else 1.',
      certificates
        .filter(({ state }) => state !== 'unseen')
        .map((one) => [one, needsCare(one) ? '0' : '1'] as const),
    ),
    '',
  ].join('\n');
}

function metric(
  name: string,
  help: string,
  samples: readonly (readonly [CertificateStanding, string])[],
): readonly string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...samples.map(([one, value]) => `${name}{${labels(one)}} ${value}`),
  ];
}

/** Returns labels that name one certificate: an issuer that is renewed keeps its labels, except the fingerprint. */
function labels({ kind, name, target, proxy, file, fingerprint }: CertificateStanding): string {
  return Object.entries({ kind, name, target, proxy, file, fingerprint: fingerprint?.slice(0, 16) })
    .flatMap(([label, value]) => (value === undefined ? [] : [`${label}="${escaped(value)}"`]))
    .join(',');
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
