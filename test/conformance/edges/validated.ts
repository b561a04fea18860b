import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FileArtifact, Json } from '../../../src/core/targets/artifact.ts';
import { nameOf } from '../../../src/core/targets/envoy/name-of.ts';
import { Authority } from '../harness/authorities.ts';

/** Asks a real Envoy if it accepts resources, many at once: all of them are in one static configuration. */
export class Validation {
  readonly #envoy: string;
  readonly #folder: string;

  private constructor(envoy: string, folder: string) {
    this.#envoy = envoy;
    this.#folder = folder;
  }

  static async in(envoy: string, folder: string): Promise<Validation> {
    const { bundle } = await Authority.of('edges.example');
    writeFileSync(path.join(folder, 'ca.pem'), bundle);
    writeFileSync(path.join(folder, 'empty.json'), '{"resources":[]}');
    return new Validation(envoy, folder);
  }

  /** Returns the reason why Envoy refuses these resources; undefined if it accepts them. */
  problem(resources: readonly FileArtifact[]): string | undefined {
    const file = path.join(this.#folder, 'bootstrap.json');
    const layers = [{ name: 'own', static_layer: { 're2.max_program_size.error_level': 100_000 } }];
    writeFileSync(
      file,
      JSON.stringify({
        node: { id: 'x', cluster: 'x' },
        layered_runtime: { layers },
        static_resources: staticResources(resources, this.#folder),
      }),
    );
    try {
      execFileSync(this.#envoy, ['--mode', 'validate', '-c', file, '-l', 'error'], { stdio: 'pipe' });
      return undefined;
    } catch (error) {
      const { stderr } = error as { readonly stderr?: Buffer };
      return (stderr?.toString() ?? String(error)).slice(-1500);
    }
  }
}

function staticResources(resources: readonly FileArtifact[], folder: string): Json {
  const clusters: Json[] = [];
  const listeners: Json[] = [];
  const secrets: Json[] = [];
  resources.forEach(({ kind, resource }, index) => {
    const own = settled(resource, folder) as Readonly<Record<string, Json>>;
    const { '@type': _, ...fields } = own;
    const name = `${String(index)}/${nameOf(own)}`;
    if (kind === 'Cluster') clusters.push({ ...fields, name, ...renamed(fields, name) });
    if (kind === 'Secret') secrets.push({ ...fields, name });
    if (kind === 'Listener') listeners.push({ ...fields, name, address: movedAddress(fields, index) });
    if (kind === 'RouteConfiguration')
      listeners.push(listenerOf({ ...fields, validate_clusters: false }, index));
    if (kind === 'Bootstrap') clusters.push(...bootstrapClusters(fields, index));
  });
  return { clusters, listeners, secrets };
}

/** Returns a cluster with another name, which its endpoints have, too. */
function renamed({ load_assignment: endpoints }: Readonly<Record<string, Json>>, name: string): object {
  return endpoints === undefined ? {} : { load_assignment: { ...(endpoints as object), cluster_name: name } };
}

/** Returns a listener with its own address, since listeners of many variants are in one configuration. */
function movedAddress({ address }: Readonly<Record<string, Json>>, index: number): Json {
  const { socket_address: socket } = address as { readonly socket_address: Readonly<Record<string, Json>> };
  return {
    socket_address: {
      ...socket,
      address: `127.${[index >> 16, index >> 8, index].map((part) => String((part & 255) | 0)).join('.')}`,
    },
  };
}

function listenerOf(routes: Json, index: number): Json {
  return {
    name: `${String(index)}/routes`,
    address: {
      socket_address: { address: `127.255.${String(index >> 8)}.${String(index & 255)}`, port_value: 80 },
    },
    filter_chains: [
      {
        filters: [
          {
            name: 'http',
            typed_config: {
              '@type':
                'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
              stat_prefix: 'x',
              route_config: routes,
              http_filters: [
                {
                  name: 'envoy.filters.http.router',
                  typed_config: {
                    '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router',
                  },
                },
              ],
            },
          },
        ],
      },
    ],
  };
}

function bootstrapClusters(fields: Readonly<Record<string, Json>>, index: number): readonly Json[] {
  const { clusters = [] } = (fields['static_resources'] ?? {}) as {
    readonly clusters?: readonly Readonly<Record<string, Json>>[];
  };
  return clusters.map((cluster) => {
    const name = `${String(index)}/${nameOf(cluster)}`;
    return { ...cluster, name, ...renamed(cluster, name) };
  });
}

/**
 * Returns a resource without references to other files: routes that are read from files, and paths of proxies'
 * machines.
 */
function settled(value: Json, folder: string): Json {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => {
    if (key === 'filename') return path.join(folder, 'ca.pem');
    if (key === 'path_config_source') return { path: path.join(folder, 'empty.json') };
    if (typeof inner !== 'object' || inner === null || !('rds' in inner)) return inner;
    const { rds: _, ...others } = inner;
    return { ...others, route_config: { name: 'x' } };
  }) as Json;
}
