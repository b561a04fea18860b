import type { Gateway, GatewayInstance, Listener, ListenerTls } from '../../../ir/gateway.ts';
import { sha256 } from '../../../lib/sha256.ts';
import type { CertificateRequest, FileArtifact, Json } from '../../artifact.ts';
import { certificateName, gatewayFolder, revisionSource, secretSource } from '../layout.ts';
import { resource } from '../resource.ts';
import { extension, type Fields, typed } from '../typed-config.ts';

/** Returns the transport socket of an https listener at one instance. */
export function listenerTls(
  gateway: Gateway,
  listener: Listener,
  tls: ListenerTls,
  instance: GatewayInstance,
): Json {
  const { clientCertificates } = tls;
  return extension(
    'envoy.transport_sockets.tls',
    'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
    {
      require_client_certificate: clientCertificates?.required ?? false,
      disable_stateless_session_resumption: true,
      disable_stateful_session_resumption: true,
      common_tls_context: {
        tls_params: {
          tls_minimum_protocol_version: tls.minVersion === '1.3' ? 'TLSv1_3' : 'TLSv1_2',
          tls_maximum_protocol_version: 'TLSv1_3',
        },
        tls_certificate_sds_secret_configs: [certificate(gateway, listener, tls, instance)],
        ...(clientCertificates && {
          validation_context_sds_secret_config: {
            name: clientsName(listener),
            sds_config: revisionSource(secretPath(gateway, clientsName(listener))),
          },
        }),
        alpn_protocols: ['h2', 'http/1.1'],
      },
    },
  );
}

/**
 * Returns secrets of the revision that name PEM files on the machine; Envoy reads the files again when they are
 * replaced.
 */
export function listenerSecrets(
  gateway: Gateway,
  listener: Listener,
  tls: ListenerTls,
): readonly FileArtifact[] {
  const { certificate: own, clientCertificates } = tls;
  const secret = (name: string, content: Fields): FileArtifact =>
    resource(
      'Secret',
      secretPath(gateway, name),
      { name, namespace: gateway.namespace, origins: [tls.origin] },
      typed('envoy.extensions.transport_sockets.tls.v3.Secret', { name, ...content }),
    );
  return [
    ...(own.type === 'files'
      ? [
          secret(serverName(listener), {
            tls_certificate: {
              certificate_chain: { filename: own.certificate },
              private_key: { filename: own.key },
            },
          }),
        ]
      : []),
    ...(clientCertificates
      ? [
          secret(clientsName(listener), {
            validation_context: { trusted_ca: { filename: clientCertificates.ca.name } },
          }),
        ]
      : []),
  ];
}

/** Returns the request for a certificate that the mesh issues to a listener at one instance, for its first name. */
export function listenerCertificateRequests(
  gateway: Gateway,
  listener: Listener,
  instance: GatewayInstance,
): readonly CertificateRequest[] {
  if (listener.tls?.certificate.type !== 'issued') return [];
  const owner = issuedOwner(instance, listener);
  const named = listener.hostnames.find((hostname) => hostname !== '*');
  return [
    {
      type: 'certificate',
      kind: 'Certificate',
      name: owner,
      namespace: gateway.namespace,
      origins: [listener.tls.origin],
      subject: named ?? `${gateway.name}.${gateway.namespace}`,
      profile: 'server',
      form: 'envoy-sds',
      proxy: owner,
    },
  ];
}

function certificate(
  gateway: Gateway,
  listener: Listener,
  tls: ListenerTls,
  instance: GatewayInstance,
): Json {
  if (tls.certificate.type === 'issued')
    return { name: certificateName, sds_config: secretSource(issuedOwner(instance, listener)) };
  const name = serverName(listener);
  return { name, sds_config: revisionSource(secretPath(gateway, name)) };
}

/** Returns the name of a file of material, which has at most 63 characters, like the id of a proxy. */
function issuedOwner({ id }: GatewayInstance, { name }: Listener): string {
  const owner = `${id}.${name}`;
  return owner.length <= 63 ? owner : `${owner.slice(0, 54)}-${sha256(owner).slice(0, 8)}`;
}

function serverName({ name }: Listener): string {
  return `${name}-certificate`;
}

function clientsName({ name }: Listener): string {
  return `${name}-clients`;
}

function secretPath({ id }: Gateway, name: string): string {
  return `${gatewayFolder(id)}/${name}.json`;
}
