import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

interface Xds {
  readonly version_info: string;
  readonly resources: readonly {
    readonly '@type': string;
    readonly name?: string;
    readonly cluster_name?: string;
  }[];
}

/** Admin addresses that answer like Envoys which have accepted the present output. No Envoy runs, which is faster. */
export class ShownProxies {
  private readonly servers: readonly Server[];
  /** One address for each proxy. */
  readonly addresses: readonly string[];
  /** The output whose proxies are shown. */
  output = '/nonexistent';

  private constructor(servers: readonly Server[]) {
    this.servers = servers;
    this.addresses = servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  static async start(count: number): Promise<ShownProxies> {
    const servers = Array.from({ length: count }, () => createServer());
    await Promise.all(
      servers.map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))),
    );
    const all = new ShownProxies(servers);
    for (const server of servers) {
      const { port } = server.address() as AddressInfo;
      server.on('request', ({ url = '' }, response) =>
        response.end(url.startsWith('/stats') ? all.statistics(port) : all.about(port)),
      );
    }
    return all;
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => new Promise((done) => server.close(done))));
  }

  /** Returns Envoy's answer at /server_info. */
  private about(port: number): string {
    const bootstrap = this.bootstrap(port);
    const { node } = bootstrap === undefined ? {} : JSON.parse(bootstrap);
    return JSON.stringify({ node, uptime_current_epoch: `${Math.floor(process.uptime())}s` });
  }

  private bootstrap(port: number): string | undefined {
    const folder = path.join(this.output, 'config/current/proxies');
    if (!existsSync(folder)) return undefined;
    const bootstraps = readdirSync(folder).map((id) =>
      readFileSync(path.join(folder, id, 'bootstrap.json'), 'utf8'),
    );
    return bootstraps.find((text) => new RegExp(`"port_value": ?${port}\\b`).test(text));
  }

  /** Returns Envoy's statistics: each resource with the version of its file. */
  private statistics(port: number): string {
    const bootstrap = this.bootstrap(port);
    if (bootstrap === undefined) return '';
    // The proxy's files of listeners and clusters, and the files that they name.
    const files = new Set<string>();
    const follow = (text: string): void => {
      for (const [, file = ''] of text.matchAll(/"path": ?"([^"]+\/config\/current\/[^"]+)"/g)) {
        if (files.has(file)) continue;
        files.add(file);
        follow(readFileSync(file, 'utf8'));
      }
    };
    follow(bootstrap);
    return [...files].flatMap((file) => lines(JSON.parse(readFileSync(file, 'utf8')) as Xds)).join('');
  }
}

function lines({ version_info: version, resources }: Xds): readonly string[] {
  return resources.flatMap(({ '@type': type, name = '', cluster_name: cluster = '' }) => {
    const scope = {
      Listener: 'listener_manager.lds',
      Cluster: 'cluster_manager.cds',
      RouteConfiguration: `http.x.rds.${name.replaceAll(':', '_')}`,
      ClusterLoadAssignment: `cluster.${cluster.replaceAll(':', '_')}`,
    }[type.slice(type.lastIndexOf('.') + 1)];
    return scope === undefined ? [] : [`${scope}.version_text: "${version}"\n`];
  });
}
