import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../../components/free-ports.ts';

/** A call from one trust domain to another one. */
export interface Crossing {
  /** The SDS file with the caller's certificate and key. */
  readonly secret: string;
  /** The port of the server, its identity, and the roots (PEM) that the caller trusts for the server's trust domain. */
  readonly inbound: number;
  readonly server: string;
  readonly bundle: string;
}

const tls = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3';

/**
 * A real Envoy that a person configured to call another trust domain, as no spec can say it yet: it shows the
 * certificate of its mesh, and verifies the server's SPIFFE ID by the bundle of the server's trust domain alone.
 */
export class CallingEnvoy {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'meshwright-crossing-'));
  readonly #child: ChildProcess;
  readonly #port: number;

  private constructor(envoy: string, port: number, crossing: Crossing) {
    this.#port = port;
    const file = path.join(this.#folder, 'envoy.json');
    writeFileSync(file, JSON.stringify(bootstrap(port, crossing)));
    const words = ['-c', file, '--concurrency', '1', '--log-level', 'warning', '--use-dynamic-base-id'];
    this.#child = spawn(envoy, [...words, '--log-path', path.join(this.#folder, 'log')], { stdio: 'ignore' });
  }

  static async start(envoy: string, crossing: Crossing): Promise<CallingEnvoy> {
    const [port = 0] = await freePorts(1);
    const started = new CallingEnvoy(envoy, port, crossing);
    for (const end = Date.now() + 30_000; Date.now() < end; ) {
      if ((await started.call()) !== 'silent') return started;
      await sleep(100);
    }
    throw new Error(`Envoy doesn't answer: ${readFileSync(path.join(started.#folder, 'log'), 'utf8')}`);
  }

  /** Sends a request; returns the status, with the reason of a 503, or `silent` if the Envoy itself doesn't answer. */
  call(): Promise<string> {
    return new Promise((done) => {
      const sent = http.get({
        host: '127.0.0.1',
        port: this.#port,
        path: '/',
        agent: false,
        timeout: 10_000,
      });
      sent.on('response', (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
        answer.on('end', () => done(`${String(answer.statusCode)} ${body}`));
      });
      sent.on('error', () => done('silent'));
    });
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function bootstrap(port: number, { secret, inbound, server, bundle }: Crossing): object {
  const [, , trustDomain] = server.split('/');
  const address = (of: number) => ({ socket_address: { address: '127.0.0.1', port_value: of } });
  const validator = {
    name: 'envoy.tls.cert_validator.spiffe',
    typed_config: {
      '@type': `${tls}.SPIFFECertValidatorConfig`,
      trust_domains: [{ name: trustDomain, trust_bundle: { inline_string: bundle } }],
    },
  };
  const socket = {
    '@type': `${tls}.UpstreamTlsContext`,
    common_tls_context: {
      tls_certificate_sds_secret_configs: [
        { name: 'certificate', sds_config: { path_config_source: { path: secret } } },
      ],
      validation_context: {
        custom_validator_config: validator,
        match_typed_subject_alt_names: [{ san_type: 'URI', matcher: { exact: server } }],
      },
    },
  };
  const manager = {
    '@type':
      'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stat_prefix: 'out',
    http_filters: [
      {
        name: 'envoy.filters.http.router',
        typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' },
      },
    ],
    route_config: {
      virtual_hosts: [
        { name: 'out', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 'server' } }] },
      ],
    },
  };
  return {
    node: { id: 'crossing', cluster: 'crossing' },
    static_resources: {
      listeners: [
        {
          name: 'out',
          address: address(port),
          filter_chains: [{ filters: [{ name: 'hcm', typed_config: manager }] }],
        },
      ],
      clusters: [
        {
          name: 'server',
          type: 'STATIC',
          connect_timeout: '5s',
          // Each request has a handshake of its own.
          max_requests_per_connection: 1,
          load_assignment: {
            cluster_name: 'server',
            endpoints: [{ lb_endpoints: [{ endpoint: { address: address(inbound) } }] }],
          },
          transport_socket: { name: 'envoy.transport_sockets.tls', typed_config: socket },
        },
      ],
    },
  };
}
