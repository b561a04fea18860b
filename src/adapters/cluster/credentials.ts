import { Agent, type AgentOptions, type RequestOptions } from 'node:https';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import { isDeepStrictEqual } from 'node:util';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { exit } from '../../core/exit-code.ts';
import { PortError } from '../../ports/port-error.ts';
import { isLoopback } from './is-loopback.ts';
import { type KubeconfigSettings, loadKubeconfig } from './load-kubeconfig.ts';

/** The access to an API server: address, connections, and the headers with the caller's credentials. */
export interface Access {
  readonly server: URL;
  /** Connections that stay open: with the client's certificate, or through a proxy. */
  readonly agent: NonNullable<RequestOptions['agent']>;
  readonly headers: Readonly<Record<string, string>>;
  /** The number of renewals before this access. */
  readonly renewals: number;
}

/** The credentials of one context. */
export class Credentials {
  readonly #context: string | undefined;
  readonly #environment = { ...process.env };
  #config: KubeConfig;
  /** Agents, each with its TLS settings. */
  readonly #agents: { readonly of: object; readonly agent: Agent }[] = [];
  readonly #own: Access['agent'][] = [];
  readonly #settings: KubeconfigSettings;
  #renewals = 0;
  #asked: Promise<Access> | undefined;
  /** The access of credentials that nobody renews. */
  #kept: Access | undefined;

  constructor(context: string | undefined, settings: KubeconfigSettings = {}) {
    this.#context = context;
    this.#settings = settings;
    this.#config = loadKubeconfig(context, this.#environment, settings);
  }

  /** The context and the server's address, for people. */
  get description(): string {
    return `${this.#config.getCurrentContext()} (${this.#config.getCurrentCluster()?.server ?? ''})`;
  }

  /**
   * Reads the kubeconfig again and forgets tokens after the server has refused an access. Does nothing if the
   * credentials are newer than the refused access.
   */
  renew({ renewals }: Pick<Access, 'renewals'>): void {
    if (renewals !== this.#renewals) return;
    this.#renewals += 1;
    this.#kept = undefined;
    this.#config = loadKubeconfig(this.#context, this.#environment, this.#settings);
  }

  /**
   * Returns the access for the next request. Renews an expired token of a file or a plug-in; concurrent requests share
   * one call of a plug-in. Keeps a token or a certificate that the kubeconfig itself holds until the server refuses it.
   * Rejects with PortError(15) if there are no credentials, or if they would cross the network unencrypted.
   */
  access(): Promise<Access> {
    if (this.#kept !== undefined) return Promise.resolve(this.#kept);
    this.#asked ??= this.#access().finally(() => {
      this.#asked = undefined;
    });
    return this.#asked;
  }

  async #access(): Promise<Access> {
    const renewals = this.#renewals;
    const cluster = this.#config.getCurrentCluster();
    const user = this.#config.getCurrentUser();
    const options: RequestOptions & AgentOptions = {};
    const server = new URL(cluster?.server ?? '');
    if (isExposed(server))
      throw new PortError(
        `${this.description} is no https address: mesh speaks plain HTTP to this machine alone`,
        exit.unreachable,
      );
    try {
      await this.#config.applyToHTTPSOptions(options);
    } catch (error) {
      const why = (error instanceof Error ? error.message : String(error)).trim();
      const who = user?.name ?? 'nobody';
      throw new PortError(`no credentials of ${who} for ${this.description}: ${why}`, exit.unreachable, {
        cause: error,
      });
    }
    const { auth, headers = {} } = options;
    const basic = auth ? { Authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {};
    const access: Access = {
      server,
      renewals,
      agent: this.#agentOf(options, cluster?.proxyUrl),
      headers: { ...basic, ...(headers as Readonly<Record<string, string>>) },
    };
    if (!isRenewable(user) && renewals === this.#renewals) this.#kept = access;
    return access;
  }

  /** Closes all connections that are idle. */
  close(): void {
    for (const agent of [...this.#agents.map((one) => one.agent), ...this.#own])
      if (typeof agent === 'object') agent.destroy();
  }

  /**
   * Returns an agent that keeps connections open, one for each client certificate; the agents of the library do
   * neither.
   */
  #agentOf(options: RequestOptions & AgentOptions, proxy: string | undefined): Access['agent'] {
    const { ca, cert, key, rejectUnauthorized, servername, agent } = options;
    if (proxy !== undefined && typeof agent === 'object') {
      if (!this.#own.includes(agent)) {
        this.#own.push(agent);
        keepOpen(agent);
      }
      return agent;
    }
    if (this.#config.getCurrentCluster()?.server.startsWith('http:') && typeof agent === 'object')
      return agent;
    const tls = { ca, cert, key, rejectUnauthorized, servername };
    // The library decodes certificates anew for each request.
    const known = this.#agents.find(({ of }) => isDeepStrictEqual(of, tls));
    if (known !== undefined) return known.agent;
    const secureContext = contextOf({ ca, cert, key });
    const settings = secureContext === undefined ? tls : { rejectUnauthorized, servername, secureContext };
    const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
    const made = new Agent({ ...given, keepAlive: true, keepAliveMsecs: 30_000 });
    this.#agents.push({ of: tls, agent: made });
    return made;
  }
}

/**
 * Returns the certificates in the form that all connections share, since each would decode them anew. Returns undefined
 * if they can't be decoded: then each request fails with the reason.
 */
function contextOf(options: SecureContextOptions): SecureContext | undefined {
  try {
    return createSecureContext(options);
  } catch {
    return undefined;
  }
}

/**
 * Returns true if the credentials of a user come from a source that renews them: a plug-in, a provider, or a token
 * file.
 */
function isRenewable(user: ReturnType<KubeConfig['getCurrentUser']>): boolean {
  return ((user?.authProvider ?? undefined) as object | undefined) !== undefined;
}

/** Makes an agent of the library keep its connections open. */
function keepOpen(agent: Exclude<Access['agent'], boolean>): void {
  const { options } = agent as { readonly options?: object };
  Object.assign(agent, { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  if (options) Object.assign(options, { keepAlive: true });
}

/** Returns true if others on the network could read what is sent to a server. */
function isExposed({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !isLoopback(hostname);
}
