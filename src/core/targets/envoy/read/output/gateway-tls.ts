import type { Field } from '../../../../import/field.ts';
import type { ListenerTls } from '../../../../spec/types.gen.ts';
import { extensionForm, hole, optional } from './forms.ts';
import type { Reading } from './reading.ts';

const secretType = 'envoy.extensions.transport_sockets.tls.v3.Secret';

/** Reads the TLS that ends at a listener of a gateway. */
export function readListenerTls(reading: Reading, socket: Field): ListenerTls {
  const got = reading.take(
    socket,
    extensionForm(
      'envoy.transport_sockets.tls',
      'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
      {
        require_client_certificate: hole('required'),
        disable_stateless_session_resumption: true,
        disable_stateful_session_resumption: true,
        common_tls_context: {
          tls_params: {
            tls_minimum_protocol_version: hole('least'),
            tls_maximum_protocol_version: 'TLSv1_3',
          },
          tls_certificate_sds_secret_configs: [{ name: hole('name'), sds_config: hole('source') }],
          validation_context_sds_secret_config: optional({
            name: hole('clients'),
            sds_config: hole('clientsSource'),
          }),
          alpn_protocols: ['h2', 'http/1.1'],
        },
      },
    ),
  );
  const least = got.least.text();
  if (least !== 'TLSv1_2' && least !== 'TLSv1_3') reading.report(got.least, 'a version of TLS');
  const isRequired = got.required.boolean() === true;
  const name = got.name.text() ?? '';
  const clients = got.clients.text();
  if (clients === undefined && isRequired) reading.report(got.required, 'false');
  return {
    certificate:
      name === 'certificate' ? readIssued(reading, got.source) : readFiles(reading, name, got.source),
    minVersion: least === 'TLSv1_3' ? '1.3' : '1.2',
    ...(clients !== undefined && {
      clientCertificates: {
        ca: { file: readAuthorities(reading, clients, got.clientsSource) },
        required: isRequired,
      },
    }),
  };
}

function readIssued(reading: Reading, source: Field): ListenerTls['certificate'] {
  const { path } = reading.take(source, {
    resource_api_version: 'V3',
    path_config_source: { path: hole('path'), watched_directory: { path: '${DIR}/secrets' } },
  });
  if (!/^\$\{DIR\}\/secrets\/current\/[a-z0-9.-]+\.json$/.test(path.text() ?? ''))
    reading.report(path, 'the file of a certificate that the mesh issues');
  return { issued: true };
}

function readFiles(reading: Reading, name: string, source: Field): ListenerTls['certificate'] {
  const [secret] = reading.resources(reading.revisionPath(source), secretType, source);
  if (secret === undefined) return { issued: true };
  const { chain, key } = reading.take(secret, {
    '@type': hole('type'),
    name,
    tls_certificate: {
      certificate_chain: { filename: hole('chain') },
      private_key: { filename: hole('key') },
    },
  });
  return { files: { certificate: chain.text() ?? '', key: key.text() ?? '' } };
}

function readAuthorities(reading: Reading, name: string, source: Field): string {
  const [secret] = reading.resources(reading.revisionPath(source), secretType, source);
  if (secret === undefined) return '';
  const { ca } = reading.take(secret, {
    '@type': hole('type'),
    name,
    validation_context: { trusted_ca: { filename: hole('ca') } },
  });
  return ca.text() ?? '';
}
