import type { Field } from '../../../import/field.ts';
import type { ListenerTls } from '../../../spec/types.gen.ts';
import { account, idle, lost, wider } from './account.ts';
import { extension } from './messages.ts';
import type { Resource } from './resources.ts';
import { readFilename } from './tls-files.ts';

/** The transport of a chain: plain text, TLS that ends there, or one that the spec has no form for. */
export type Transport =
  | { readonly type: 'plain' }
  | { readonly type: 'tls'; readonly tls: ListenerTls }
  | { readonly type: 'unknown' };

/** Reads the transport of a chain. */
export function readTransport(socket: Field, secrets: readonly Resource[]): Transport {
  if (!socket.isPresent) return { type: 'plain' };
  const { kind, config } = extension(socket);
  if (/raw_buffer/i.test(kind)) return { type: 'plain' };
  if (!kind.endsWith('DownstreamTlsContext')) return { type: 'unknown' };
  account(config, {
    disable_stateful_session_resumption: idle('sessions change no call'),
    disable_stateless_session_resumption: idle('sessions change no call'),
    full_scan_certs_on_sni_mismatch: idle('a listener shows one certificate'),
    ocsp_staple_policy: idle('the answer of OCSP is optional'),
    prefer_client_ciphers: idle('ciphers are those of the target'),
    require_sni: lost('clients may come without a server name'),
    session_ticket_keys: idle('sessions change no call'),
    session_ticket_keys_sds_secret_config: idle('sessions change no call'),
    session_timeout: idle('sessions change no call'),
  });
  const common = config.at('common_tls_context');
  const certificate = readCertificate(common, secrets);
  const required = config.at('require_client_certificate');
  const isRequired = required.boolean() === true;
  const ca = readAuthorities(common, secrets);
  const version = common.along('tls_params', 'tls_minimum_protocol_version').value;
  account(common, {
    alpn_protocols: idle('both versions of HTTP are taken'),
    key_log: idle('it logs keys'),
    custom_handshaker: lost('the handshake is the usual one'),
    tls_params:
      version === 'TLSv1_3'
        ? idle('the spec has the lowest version')
        : lost('versions and ciphers of TLS are those of the target'),
  });
  if (certificate === undefined || (isRequired && ca === undefined)) return { type: 'unknown' };
  return {
    type: 'tls',
    tls: {
      certificate: { files: certificate },
      ...(version === 'TLSv1_3' && { minVersion: '1.3' as const }),
      ...(ca !== undefined && {
        clientCertificates: { ca: { file: ca }, ...(isRequired ? {} : { required: false }) },
      }),
    },
  };
}

interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

function readCertificate(common: Field, secrets: readonly Resource[]): CertificateFiles | undefined {
  const own = common.at('tls_certificates').items();
  const named = common
    .at('tls_certificate_sds_secret_configs')
    .items()
    .flatMap((item) => secretOf(item, secrets)?.at('tls_certificate') ?? []);
  const [first, ...others] = [...own, ...named];
  for (const other of others) other.lost({ callers: 'a listener shows one certificate' });
  if (first === undefined) return undefined;
  const [certificate, key] = [
    readFilename(first.at('certificate_chain')),
    readFilename(first.at('private_key')),
  ];
  account(first, {
    ocsp_staple: lost('the certificate comes without an answer of OCSP'),
    password: lost('the key is read without a password'),
    pkcs12: lost('the spec names files of PEM'),
    private_key_provider: lost('the key is a file'),
    watched_directory: idle('it says when files are read again'),
  });
  return certificate === undefined || key === undefined ? undefined : { certificate, key };
}

/** Returns the secret of a name; marks the reference to one that is not among the input. */
function secretOf(item: Field, secrets: readonly Resource[]): Field | undefined {
  const name = item.at('name').text();
  item
    .at('sds_config')
    .withoutEffect('it says where the secret comes from: a file is read if it is among the input');
  const found = secrets.find(({ field }) => field.at('name').value === name)?.field;
  if (found === undefined) item.at('name').lost({ callers: 'the secret is not among the input' });
  found?.at('name').text();
  return found;
}

function readAuthorities(common: Field, secrets: readonly Resource[]): string | undefined {
  const combined = common.at('combined_validation_context');
  const reference = [
    common.at('validation_context_sds_secret_config'),
    combined.at('validation_context_sds_secret_config'),
  ].find(({ isPresent }) => isPresent);
  const context = [
    common.at('validation_context'),
    ...(reference === undefined ? [] : [secretOf(reference, secrets)?.at('validation_context')]),
  ].find((one) => one?.isPresent === true);
  const fields = [
    common.at('validation_context'),
    combined.at('default_validation_context'),
    ...(context === undefined ? [] : [context]),
  ];
  for (const field of new Set(fields)) markNarrowing(field);
  return context === undefined ? undefined : readFilename(context.at('trusted_ca'));
}

const witness = 'a client with another certificate of these authorities';

function markNarrowing(context: Field): void {
  account(context, {
    allow_expired_certificate: lost('expired certificates are refused'),
    crl: wider('revoked certificates are taken', witness),
    custom_validator_config: wider('certificates are checked against the authorities alone', witness),
    match_subject_alt_names: wider('any certificate of the authorities is taken: write an Access', witness),
    match_typed_subject_alt_names: wider(
      'any certificate of the authorities is taken: write an Access',
      witness,
    ),
    max_verify_depth: idle('chains have the usual length'),
    only_verify_leaf_cert_crl: idle('no list of revoked certificates is read'),
    require_signed_certificate_timestamp: wider('certificates need no timestamp', witness),
    trust_chain_verification: lost('a certificate that no authority signed is refused'),
    verify_certificate_hash: wider('any certificate of the authorities is taken', witness),
    verify_certificate_spki: wider('any certificate of the authorities is taken', witness),
  });
}
