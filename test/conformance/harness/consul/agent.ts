import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Json } from '../../../../src/core/lib/json.ts';
import type { Pair } from '../authorities.ts';

/** The decision of an agent about calls that no intention fits. */
export type DefaultPolicy = 'deny' | 'allow';

/** A real agent of Consul, which is server and client in one and keeps everything in memory. */
export class Agent {
  readonly host: string;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  /** The port at which proxies ask for their configuration. */
  readonly xdsPort = 8502;

  constructor(folder: string, host: string) {
    this.#folder = folder;
    this.host = host;
  }

  async start(binary: string, policy: DefaultPolicy): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    const file = path.join(this.#folder, 'agent.hcl');
    writeFileSync(
      file,
      [
        `ports { http = 8500, grpc = ${String(this.xdsPort)}, grpc_tls = -1, dns = -1, serf_wan = -1 }`,
        `bind_addr = "${this.host}"`,
        `client_addr = "${this.host}"`,
        'connect { enabled = true }',
        'disable_update_check = true',
        `default_intention_policy = "${policy}"`,
        'performance { raft_multiplier = 1 }',
        '',
      ].join('\n'),
    );
    const log = openSync(this.#log, 'a');
    this.#process = spawn(binary, ['agent', '-dev', '-config-file', file], {
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    await this.until('a leader', async () => (await this.#ask('GET', '/v1/status/leader')).text.length > 4);
    await this.until(
      'an authority',
      async () => (await this.#ask('GET', '/v1/connect/ca/roots')).status === 200,
    );
  }

  /** Writes one entry or registration; throws the answer of the agent if it refuses. */
  async put(route: string, body: Json): Promise<void> {
    const { status, text } = await this.#ask('PUT', route, body);
    if (status !== 200)
      throw new Error(`Consul refuses ${route} (${String(status)}): ${text.trim()}\n${JSON.stringify(body)}`);
  }

  /** Returns the certificate of a service, which the agent signs. */
  async certificateOf(service: string): Promise<Pair> {
    const { status, text } = await this.#ask('GET', `/v1/agent/connect/ca/leaf/${service}`);
    if (status !== 200) throw new Error(`no certificate for ${service}: ${text}`);
    const { CertPEM, PrivateKeyPEM } = JSON.parse(text) as {
      CertPEM: string;
      PrivateKeyPEM: string;
    };
    return { cert: CertPEM, key: PrivateKeyPEM };
  }

  /** Waits until something is there; throws after 40 seconds. */
  async until(what: string, isThere: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + 40_000;
    while (!(await isThere().catch(() => false))) {
      const child = this.#process;
      if (child === undefined || child.exitCode !== null || child.signalCode !== null || Date.now() > end)
        throw new Error(`Consul has not ${what}: ${readFileSync(this.#log, 'utf8').slice(-3000)}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  get #log(): string {
    return path.join(this.#folder, 'agent.log');
  }

  async #ask(
    method: string,
    route: string,
    body?: Json,
  ): Promise<{ readonly status: number; readonly text: string }> {
    const answer = await fetch(`http://${this.host}:8500${route}`, {
      method,
      signal: AbortSignal.timeout(10_000),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  }
}
