import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { testKubeconfig } from './connected.ts';

/** Returns the path of a program of a script of `test/components`, or undefined if it isn't there. */
export function componentOf(
  script: 'envoy.sh' | 'istio.sh' | 'delegates.sh',
  ...words: readonly string[]
): string | undefined {
  const file = fileURLToPath(new URL(`../../components/${script}`, import.meta.url));
  try {
    const env = { ...process.env, ISTIO_BUILD: 'no', DELEGATES_BUILD: 'no' };
    return execFileSync(file, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env }).trim();
  } catch {
    return undefined;
  }
}

/**
 * Settings of every istiod: two filters exist only in Istio's own build of Envoy, and nobody issues certificates here.
 */
const settings = {
  POD_NAMESPACE: 'istio-system',
  ENABLE_CA_SERVER: 'false',
  PILOT_CERT_PROVIDER: 'none',
  PILOT_ENABLE_METADATA_EXCHANGE: 'false',
  PILOT_ENABLE_ALPN_FILTER: 'false',
};

/** Settings of an istiod that signs. */
const signingSettings = { ENABLE_CA_SERVER: 'true', PILOT_CERT_PROVIDER: 'istiod' };

/** Settings of an istiod that reads the Gateway API; its proxies are there, so that it starts none. */
const gatewayApiSettings = {
  PILOT_ENABLE_GATEWAY_API: 'true',
  PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: 'false',
};

/** Parts of istiod that a test asks for. `gatewayApi`: it gets ready only if there is a GatewayClass. */
export interface IstiodParts {
  readonly gatewayApi?: boolean;
  /** True if istiod signs, with the Secret `cacerts` of `istio-system`. */
  readonly signs?: boolean;
  /** True if it signs for agents, at its port without TLS, and takes further roots as it runs. */
  readonly servesAgents?: boolean;
}

/** An istiod that reads the test server. */
export class Istiod {
  readonly xds: { readonly host: string; readonly port: number };
  readonly #child: ChildProcess;
  #said = '';

  private constructor(
    binary: string,
    folder: string,
    host: string,
    { gatewayApi = false, signs = false, servesAgents = false }: IstiodParts,
  ) {
    const config = path.join(folder, 'mesh-config.yaml');
    // Without certificates a cluster waits for them for ever: the Gateway API can't turn mTLS off, and a proxy that asks before
    // istiod has read the mesh's PeerAuthentication gets clusters that want some.
    const mtls = signs ? '' : 'enableAutoMtls: false\n';
    writeFileSync(config, `trustDomain: shop.example\ndefaultHttpRetryPolicy: {attempts: 0}\n${mtls}`);
    this.xds = { host, port: 15_010 };
    const at = (port: number): string => `${host}:${String(port)}`;
    this.#child = spawn(
      binary,
      [
        ...['discovery', '--registries', 'Kubernetes', '--kubeconfig', testKubeconfig ?? ''],
        ...['--meshConfig', config, '--networksConfig', path.join(folder, 'none')],
        ...['--grpcAddr', at(15_010), '--httpAddr', at(15_080), '--monitoringAddr', at(15_014)],
        ...['--httpsAddr', '', '--secureGRPCAddr', '', '--ctrlz_port', '0', '--ctrlz_address', host],
        ...['--shutdownDuration', '1s'],
      ],
      {
        cwd: folder,
        env: {
          ...process.env,
          ...settings,
          ...(gatewayApi ? gatewayApiSettings : { PILOT_ENABLE_GATEWAY_API: 'false' }),
          ...(signs && signingSettings),
          ...(servesAgents && { ISTIO_MULTIROOT_MESH: 'true', XDS_AUTH_PLAINTEXT: 'true' }),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (data: Buffer) => {
        const lines = data.toString('utf8').split('\n');
        // istiod logs this message at each question.
        const told = lines.filter((line) => !line.includes('discovery is not ready'));
        this.#said = (this.#said + told.join('\n')).slice(-5000);
      });
  }

  /** Starts an istiod at an address of the loopback; rejects with its last words if it isn't ready within a minute. */
  static async start(binary: string, folder: string, host: string, parts: IstiodParts = {}): Promise<Istiod> {
    const istiod = new Istiod(binary, folder, host, parts);
    const deadline = Date.now() + 60_000;
    for (;;) {
      if (await istiod.#isReady()) return istiod;
      if (istiod.#child.exitCode !== null || Date.now() > deadline) {
        await istiod.stop();
        throw new Error(`istiod did not get ready: ${istiod.#said}`);
      }
      await sleep(100);
    }
  }

  async #isReady(): Promise<boolean> {
    try {
      const { status } = await fetch(`http://${this.xds.host}:15080/ready`, {
        signal: AbortSignal.timeout(1000),
      });
      return status === 200;
    } catch {
      return false;
    }
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }
}
