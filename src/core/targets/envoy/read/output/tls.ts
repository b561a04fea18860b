import type { Field } from '../../../../import/field.ts';
import { extensionForm, hole, maybe, optional } from './forms.ts';
import type { Reading } from './reading.ts';

const versions = {
  tls_minimum_protocol_version: 'TLSv1_2',
  tls_maximum_protocol_version: 'TLSv1_3',
} as const;

/** The certificate of the proxy itself. */
const ownCertificate = [
  {
    name: 'certificate',
    sds_config: {
      resource_api_version: 'V3',
      path_config_source: { path: 'sds.json', watched_directory: { path: '${DIR}/secrets' } },
    },
  },
] as const;

const trust = {
  default_validation_context: hole('context'),
  validation_context_sds_secret_config: { name: hole('trust'), sds_config: hole('source') },
} as const;

const context = 'envoy.extensions.transport_sockets.tls.v3';

/** The TLS of an inbound chain. */
export interface ReadDownstream {
  readonly alpn: readonly string[];
  /** Matchers of the identities that may connect; empty if all may. */
  readonly callers: readonly Field[];
  /** Trust domains whose certificates are accepted. */
  readonly domains: readonly string[];
}

/** Reads the TLS of a chain for callers that prove their identity. */
export function readDownstream(reading: Reading, socket: Field): ReadDownstream {
  const got = reading.take(
    socket,
    extensionForm('envoy.transport_sockets.tls', `${context}.DownstreamTlsContext`, {
      require_client_certificate: true,
      disable_stateless_session_resumption: true,
      disable_stateful_session_resumption: true,
      common_tls_context: {
        tls_params: versions,
        tls_certificate_sds_secret_configs: ownCertificate,
        combined_validation_context: trust,
        alpn_protocols: hole('alpn'),
      },
    }),
  );
  return {
    alpn: got.alpn.texts() ?? [],
    callers: readNames(reading, got.context),
    domains: readTrust(reading, got.trust, got.source),
  };
}

/** Reads the names that a certificate has to have one of. */
function readNames(reading: Reading, field: Field): readonly Field[] {
  const { names } = reading.take(field, { match_typed_subject_alt_names: maybe('names') });
  if (!names.isPresent) {
    field.carried();
    return [];
  }
  const list = names.items();
  if (list.length === 0) reading.report(names, 'a name');
  return list.map((one) => reading.take(one, { san_type: 'URI', matcher: hole('matcher') }).matcher);
}

/** Reads the bundle of authorities, and returns the trust domains that it is for. */
function readTrust(reading: Reading, name: Field, source: Field): readonly string[] {
  const text = name.text() ?? '';
  return readDomains(reading, reading.revisionPath(source), text, source);
}

/** Reads the files with authorities that no proxy names: a mesh without services of its own has them, too. */
export function readUnusedTrust(reading: Reading): void {
  for (const path of reading.paths) {
    const [, name] = /^config\/current\/trust\/(.+)\.json$/.exec(path) ?? [];
    if (name === undefined || reading.isUsed(path)) continue;
    const [first] = readDomains(reading, path, name, reading.root(path));
    if (first !== reading.trustDomain) reading.report(reading.root(path), 'the trust domain of the mesh');
  }
}

function readDomains(reading: Reading, path: string, text: string, source: Field): readonly string[] {
  const [secret] = reading.resources(path, `${context}.Secret`, source);
  if (secret === undefined) return [];
  const { domains } = reading.take(secret, {
    '@type': hole('type'),
    name: text,
    validation_context: {
      custom_validator_config: extensionForm(
        'envoy.tls.cert_validator.spiffe',
        `${context}.SPIFFECertValidatorConfig`,
        { trust_domains: hole('domains') },
      ),
    },
  });
  return domains.items().map((one) => {
    const { domain, bundle } = reading.take(one, { name: hole('domain'), trust_bundle: hole('bundle') });
    readBundle(reading, bundle, domain.text() ?? '');
    return domain.text() ?? '';
  });
}

function readBundle(reading: Reading, bundle: Field, domain: string): void {
  if (bundle.at('inline_string').isPresent) {
    reading.take(bundle, { inline_string: hole('pem') });
    bundle.at('inline_string').withoutEffect('the keys of a mesh are no part of the spec');
    return;
  }
  reading.take(bundle, { filename: `\${DIR}/config/current/trust/${domain}.unbound.pem` });
}

/** The TLS that a proxy starts with a proxy of the mesh. */
export interface ReadUpstream {
  readonly alpn: string;
  /** The identity of the server. */
  readonly identity: string;
}

/** Reads the TLS of a cluster whose servers are proxies of the mesh. */
export function readUpstream(reading: Reading, socket: Field, name: string): ReadUpstream {
  const got = reading.take(
    socket,
    extensionForm('envoy.transport_sockets.tls', `${context}.UpstreamTlsContext`, {
      sni: name,
      common_tls_context: {
        tls_params: versions,
        tls_certificate_sds_secret_configs: ownCertificate,
        combined_validation_context: trust,
        alpn_protocols: [hole('alpn')],
      },
    }),
  );
  const domains = readTrust(reading, got.trust, got.source);
  if (domains.join() !== reading.trustDomain) reading.report(got.trust, 'the trust domain of the mesh alone');
  const [matcher, ...others] = readNames(reading, got.context);
  if (matcher === undefined || others.length > 0) reading.report(got.context, 'the identity of one server');
  const identity = matcher && reading.take(matcher, { exact: hole('id') }).id.text();
  return { alpn: got.alpn.text() ?? '', identity: identity ?? '' };
}

/** True for the TLS that a proxy starts with a server that isn't one of the mesh. */
export function isForeign(socket: Field): boolean {
  return !socket.along('typed_config', 'common_tls_context', 'combined_validation_context').isPresent;
}

/** The TLS that a proxy starts with a server that is no proxy of the mesh. */
export interface ReadForeign {
  readonly sni: string | undefined;
  readonly alpn: string | undefined;
  readonly ca: string;
  /** The names of which the certificate needs one; absent where they follow the host of the request. */
  readonly names: readonly string[] | undefined;
}

/** Reads the TLS of a cluster whose servers have certificates of their own. */
export function readForeign(reading: Reading, socket: Field): ReadForeign {
  const got = reading.take(
    socket,
    extensionForm('envoy.transport_sockets.tls', `${context}.UpstreamTlsContext`, {
      sni: maybe('sni'),
      common_tls_context: {
        tls_params: versions,
        alpn_protocols: optional([hole('alpn')]),
        validation_context: {
          trusted_ca: { filename: hole('ca') },
          match_typed_subject_alt_names: maybe('names'),
        },
      },
    }),
  );
  const names = got.names.isPresent
    ? got.names.items().map((one) => {
        const { type, exact } = reading.take(one, {
          san_type: hole('type'),
          matcher: { exact: hole('exact') },
        });
        const text = exact.text() ?? '';
        reading.take(type, /^[\d.]+$|:/.test(text) ? hole('ip') : 'DNS');
        type.text();
        return text;
      })
    : undefined;
  return { sni: got.sni.text(), alpn: got.alpn.text(), ca: got.ca.text() ?? '', names };
}
