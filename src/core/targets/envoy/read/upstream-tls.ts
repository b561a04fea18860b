import { defined } from '../../../import/defined.ts';
import type { Field } from '../../../import/field.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { ExternalTls } from '../../../spec/types.gen.ts';
import { account, idle, lost } from './account.ts';
import { extension } from './messages.ts';
import { readFilename } from './tls-files.ts';

/** The TLS that a proxy starts. */
export interface UpstreamTls {
  readonly spec: ExternalTls;
  readonly sni: string | undefined;
}

/** Reads the transport of a cluster: undefined for plain text, `unknown` for one that the spec has no form for. */
export function readUpstreamTls(socket: Field): UpstreamTls | 'unknown' | undefined {
  if (!socket.isPresent) return undefined;
  const { kind, config } = extension(socket);
  if (/raw_buffer/i.test(kind)) return undefined;
  if (!kind.endsWith('UpstreamTlsContext')) return 'unknown';
  const written = config.at('sni').text()?.toLowerCase();
  const sni =
    written !== undefined && isHostPattern(written) && !written.startsWith('*') ? written : undefined;
  account(config, {
    allow_renegotiation: idle('TLS is not renegotiated'),
    auto_host_sni: lost('the server name is that of the host'),
    auto_sni_san_validation: idle('the certificate has to carry the server name'),
    enforce_rsa_key_usage: idle('the usage of keys is checked'),
    max_session_keys: idle('it limits the memory of the proxy'),
  });
  const common = config.at('common_tls_context');
  account(common, {
    alpn_protocols: idle('the protocol of the port says it'),
    tls_params: lost('versions and ciphers of TLS are those of the target'),
    tls_certificates: lost('the proxy shows no certificate of its own: write clientCertificate'),
    tls_certificate_sds_secret_configs: lost(
      'the proxy shows no certificate of its own: write clientCertificate',
    ),
    key_log: idle('it logs keys'),
  });
  const validation = common.at('validation_context');
  const ca = readFilename(validation.at('trusted_ca'));
  account(validation, {
    match_typed_subject_alt_names: lost('the certificate has to carry the server name'),
    match_subject_alt_names: lost('the certificate has to carry the server name'),
    crl: lost('revoked certificates are taken'),
    verify_certificate_hash: lost('any certificate of the authorities is taken'),
    verify_certificate_spki: lost('any certificate of the authorities is taken'),
    system_root_certs: idle('these are the authorities of the spec'),
    allow_expired_certificate: lost('expired certificates are refused'),
    trust_chain_verification: lost('a certificate that no authority signed is refused'),
    max_verify_depth: idle('chains have the usual length'),
  });
  for (const name of ['combined_validation_context', 'validation_context_sds_secret_config'])
    common
      .at(name)
      .lost({ callers: 'the certificate is checked against the authorities of the system: write ca' });
  if (!common.at('validation_context').isPresent)
    (common.isPresent ? common : socket.at('name')).differently({
      callers:
        'the certificate of the server is checked against the authorities of the system, which Envoy does not do by itself',
    });
  return { spec: defined({ sni, ca: ca === undefined ? undefined : { file: ca } }), sni };
}
