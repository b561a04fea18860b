import { exit } from '../../../core/exit-code.ts';
import type { Ir } from '../../../core/ir/ir.ts';
import type { Port } from '../../../core/ir/service.ts';
import { boundText, revisionFiles } from '../../../core/revision/revision-files.ts';
import type { Request } from '../../../core/semantics/request.ts';
import type { Endpoint, Pair, ReachableMesh } from '../../../core/suite/proxies/reachable-mesh.ts';
import { relocate } from '../../../core/suite/proxies/relocate.ts';
import { materialForms } from '../../../core/targets/material-form.ts';
import type { Proxy } from '../../../core/targets/proxy.ts';
import { targets } from '../../../core/targets/registry.ts';
import { PortError } from '../../../ports/port-error.ts';
import type { ScratchFolder } from '../../../ports/scratch-folder.ts';
import type { Arrival, TestApplications } from '../../../ports/test-applications.ts';
import { localEnvoy } from '../../local-envoy.ts';
import { applicationPlaces } from './application-places.ts';
import { EnvoyProcesses } from './envoy-processes.ts';
import type { ProxyParts } from './proxy-parts.ts';
import { TestAuthority } from './test-authority.ts';

/** The most proxies that a run starts; each takes about 40 MB. */
const mostProxies = 100;

/** A key set (RFC 7517) whose only key signs the tokens of tests: it protects nothing. */
const keySet = JSON.stringify({
  keys: [{ kty: 'oct', kid: 'test', alg: 'HS256', k: 'bWVzaHdyaWdodC10ZXN0cy1zaWduLXRva2Vucy13aXRoLXRoaXM' }],
});

/** A mesh compiled for Envoy that runs on this machine, with applications that record what reaches them. */
export class EnvoyMesh implements ReachableMesh {
  readonly ir: Ir;
  private readonly proxies: readonly Proxy[];
  private readonly applications: TestApplications;
  private readonly authorities: ReadonlyMap<string, TestAuthority>;
  private readonly pairs = new Map<string, Promise<Pair>>();
  private readonly signer: (trustDomain: string) => Promise<TestAuthority>;

  private constructor(
    ir: Ir,
    proxies: readonly Proxy[],
    applications: TestApplications,
    authorities: ReadonlyMap<string, TestAuthority>,
    signer: (trustDomain: string) => Promise<TestAuthority>,
  ) {
    this.ir = ir;
    this.proxies = proxies;
    this.applications = applications;
    this.authorities = authorities;
    this.signer = signer;
  }

  /** Runs the proxies of services and gateways, calls `use`, and stops everything when `use` returns or throws. */
  static async with<T>(
    ir: Ir,
    needed: ReadonlySet<string>,
    parts: ProxyParts,
    use: (mesh: EnvoyMesh) => Promise<T>,
  ): Promise<T> {
    const { default: envoy } = await targets.envoy();
    const program = await localEnvoy(envoy.versions, parts.machine);
    const network = await parts.networks.claim();
    const folder = await parts.openScratchFolder();
    const applications = parts.applications();
    const processes = new EnvoyProcesses(program, folder, parts);
    try {
      const now = parts.clock.now().getTime();
      const authorityOf = (domain: string): Promise<TestAuthority> =>
        TestAuthority.of(domain, parts.signer, now);
      const authorities = new Map<string, TestAuthority>();
      const federated = ir.certificates.federation.map(({ trustDomain }) => trustDomain);
      for (const domain of [ir.trustDomain, ...federated]) authorities.set(domain, await authorityOf(domain));
      const outside = await authorityOf('applications.invalid');
      const files = { applicationsCa: 'applications-ca.pem', clientsCa: 'clients-ca.pem' };
      await folder.write(files.applicationsCa, outside.bundle);
      await folder.write(files.clientsCa, authorities.get(ir.trustDomain)?.bundle ?? '');
      const local = relocate(ir, {
        network,
        keySet,
        applicationsCa: `${folder.path}/${files.applicationsCa}`,
        clientsCa: `${folder.path}/${files.clientsCa}`,
      });
      const proxies = (envoy.proxies?.(local) ?? []).filter(({ service }) => needed.has(service));
      if (proxies.length > mostProxies)
        throw new PortError(
          `the tests need ${String(proxies.length)} proxies, and a run starts at most ${String(mostProxies)}: name fewer suites`,
          exit.failed,
        );
      await writeOutput(local, proxies, authorities, folder);
      await applications.start(await applicationPlaces(local, needed, outside));
      await processes.start(proxies);
      return await use(new EnvoyMesh(local, proxies, applications, authorities, authorityOf));
    } finally {
      await processes.stop();
      await applications.stop();
      await parts.networks.release(network);
      await folder.remove();
    }
  }

  outbound(caller: string, { to }: Request, stream: Port | undefined): Endpoint {
    const instance = this.ir.services[caller]?.versions.flatMap(({ instances = [] }) => instances)[0];
    const own = stream ? instance?.outboundTcp[`${to.id}:${stream.name}`] : instance?.outbound;
    if (own === undefined) throw new PortError(`${caller} has no address for ${to.id}`, exit.failed);
    return own;
  }

  inbound(service: string, port: string | undefined): Endpoint {
    const inbound = this.proxies.find((proxy) => proxy.service === service)?.inbound ?? {};
    const written = inbound[port ?? ''] ?? Object.values(inbound)[0] ?? '127.0.0.1:9';
    const colon = written.lastIndexOf(':');
    return { host: written.slice(0, colon), port: Number(written.slice(colon + 1)) };
  }

  certificateOf(id: string): Promise<Pair> {
    const domain = id.slice('spiffe://'.length).split('/')[0] ?? '';
    const known = this.pairs.get(id) ?? this.issue(domain, id);
    this.pairs.set(id, known);
    return known;
  }

  /** Returns the requests that reached applications with this test id. */
  arrivals(testId: string): readonly Arrival[] {
    return this.applications.arrivals(testId);
  }

  /** Issues a certificate by the authority of a trust domain; a new authority signs for a domain that the mesh doesn't trust. */
  private async issue(domain: string, id: string): Promise<Pair> {
    const authority = this.authorities.get(domain) ?? (await this.signer(domain));
    return authority.issue('workload', id);
  }
}

/** Writes the compiled mesh with the certificates of the proxies that run. */
async function writeOutput(
  ir: Ir,
  proxies: readonly Proxy[],
  authorities: ReadonlyMap<string, TestAuthority>,
  folder: ScratchFolder,
): Promise<void> {
  const { default: envoy } = await targets.envoy();
  const trust = Object.fromEntries([...authorities].map(([domain, { bundle }]) => [domain, bundle]));
  const artifacts = envoy.lower(ir, { version: envoy.versions.at(-1) ?? '', options: {}, trust });
  for (const file of revisionFiles(artifacts).values())
    await folder.write(file.path, boundText(file, folder.path));
  const running = new Set(proxies.map(({ id }) => id));
  const own = authorities.get(ir.trustDomain);
  for (const artifact of artifacts) {
    if (artifact.type !== 'certificate' || artifact.profile === 'authority') continue;
    // The certificate of a listener has the id of its proxy and, after a dot, the name of the listener.
    if (!running.has(artifact.proxy.split('.')[0] ?? '')) continue;
    const pair = await own?.issue(artifact.profile, artifact.subject);
    if (pair === undefined) continue;
    const text = materialForms['envoy-sds'].write({ chain: pair.cert, key: pair.key }, '1');
    await folder.write(`secrets/current/${artifact.proxy}.json`, text);
  }
  for (const { id, workingDirectory } of proxies) {
    await folder.makeFolder(workingDirectory);
    await folder.link(`${workingDirectory}/sds.json`, `${folder.path}/secrets/current/${id}.json`);
  }
}
