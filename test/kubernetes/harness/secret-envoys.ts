import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A real Envoy whose listener leads to one address, with the secrets in a folder on one side. */
export interface SecretEnvoy {
  readonly listens: number;
  readonly leadsTo: number;
  readonly folder: string;
  /** `server`: callers have to prove `peer`. `client`: the server has to, and every request has a handshake of its own. */
  readonly side: 'server' | 'client';
  readonly peer: string;
}

const types = 'type.googleapis.com/envoy';
const tls = `${types}.extensions.transport_sockets.tls.v3`;

/** Starts an Envoy; the returned function ends it. */
export function startSecretEnvoy(envoy: string, wanted: SecretEnvoy): () => Promise<void> {
  const file = path.join(wanted.folder, 'envoy.json');
  writeFileSync(file, JSON.stringify(bootstrap(wanted)));
  const words = ['-c', file, '--concurrency', '1', '--log-level', 'warning', '--use-dynamic-base-id'];
  const child: ChildProcess = spawn(envoy, [...words, '--log-path', path.join(wanted.folder, 'log')], {
    stdio: 'ignore',
  });
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`Envoy has ended: ${readFileSync(path.join(wanted.folder, 'log'), 'utf8')}`);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
}

function bootstrap({ listens, leadsTo, folder, side, peer }: SecretEnvoy): object {
  const address = (port: number) => ({ socket_address: { address: '127.0.0.1', port_value: port } });
  const source = (name: string) => ({
    resource_api_version: 'V3',
    path_config_source: { path: path.join(folder, name), watched_directory: { path: folder } },
  });
  const socket = (context: string, more: object) => ({
    name: 'envoy.transport_sockets.tls',
    typed_config: {
      '@type': `${tls}.${context}`,
      ...more,
      common_tls_context: {
        tls_certificate_sds_secret_configs: [{ name: 'default', sds_config: source('default.json') }],
        combined_validation_context: {
          default_validation_context: {
            match_typed_subject_alt_names: [{ san_type: 'URI', matcher: { exact: peer } }],
          },
          validation_context_sds_secret_config: { name: 'ROOTCA', sds_config: source('roots.json') },
        },
      },
    },
  });
  const manager = {
    '@type': `${types}.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: 'in',
    route_config: {
      virtual_hosts: [
        { name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 'next' } }] },
      ],
    },
    http_filters: [
      {
        name: 'envoy.filters.http.router',
        typed_config: { '@type': `${types}.extensions.filters.http.router.v3.Router` },
      },
    ],
  };
  const once = {
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
      '@type': `${types}.extensions.upstreams.http.v3.HttpProtocolOptions`,
      common_http_protocol_options: { max_requests_per_connection: 1 },
      explicit_http_config: { http_protocol_options: {} },
    },
  };
  return {
    node: { id: side, cluster: side },
    static_resources: {
      listeners: [
        {
          name: 'in',
          address: address(listens),
          filter_chains: [
            {
              filters: [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }],
              ...(side === 'server' && {
                transport_socket: socket('DownstreamTlsContext', {
                  require_client_certificate: true,
                  disable_stateless_session_resumption: true,
                  disable_stateful_session_resumption: true,
                }),
              }),
            },
          ],
        },
      ],
      clusters: [
        {
          name: 'next',
          type: 'STATIC',
          connect_timeout: '5s',
          load_assignment: {
            cluster_name: 'next',
            endpoints: [{ lb_endpoints: [{ endpoint: { address: address(leadsTo) } }] }],
          },
          ...(side === 'client' && {
            typed_extension_protocol_options: once,
            transport_socket: socket('UpstreamTlsContext', { max_session_keys: 0 }),
          }),
        },
      ],
    },
  };
}
