import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../../components/free-ports.ts';
import { clientCertificate } from './client-certificate.ts';
import { kubeconfigText, testUsers, tokenOf } from './kubeconfig.ts';
import { StoredKeys } from './stored-keys.ts';

/** A kube-apiserver with its etcd, for tests: no controllers, RBAC, tokens of `testUsers`. */
export interface ApiServer {
  readonly port: number;
  /** A kubeconfig with a context for each of `testUsers`; `admin` is the current one. */
  readonly kubeconfig: string;
  /** Removes all objects that came since the start, but CRDs. */
  readonly clear: () => Promise<void>;
  /** Returns the names of all CRDs, `PLURAL.GROUP` each. */
  readonly definitions: () => Promise<readonly string[]>;
  /** Halts both processes: an idle server with many kinds keeps a tenth of a core busy. */
  readonly halt: () => void;
  /** Lets halted processes go on; resolves when the server is ready. */
  readonly goOn: () => Promise<void>;
  /** Ends both processes and removes their folder. */
  readonly stop: () => Promise<void>;
}

/** Starts both programs on free ports of the loopback; rejects with the end of their logs if they don't get ready in a minute. */
export async function startApiServer(programs: {
  readonly apiserver: string;
  readonly etcd: string;
}): Promise<ApiServer> {
  const folder = mkdtempSync(join(tmpdir(), 'mesh-kubernetes-'));
  const [port = 0, client = 0, peer = 0] = await freePorts(3);
  // Beside the kubeconfig, for the tests of client certificates.
  const person = await clientCertificate('admin', 'system:masters');
  for (const [name, text] of Object.entries(person)) writeFileSync(join(folder, `person.${name}`), text);
  const etcd = start(programs.etcd, etcdArguments(folder, client, peer));
  const apiserver = start(programs.apiserver, apiserverArguments(folder, port, client));
  const stop = async (): Promise<void> => {
    for (const { child } of [apiserver, etcd]) await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const stored = new StoredKeys(`http://127.0.0.1:${client}`);
  let before: ReadonlySet<string>;
  try {
    await ready(port, apiserver);
    before = await stored.all();
  } catch (error) {
    await stop();
    throw error;
  }
  const kubeconfig = join(folder, 'kubeconfig');
  const certificate = readFileSync(join(folder, 'certs/apiserver.crt')).toString('base64');
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': certificate };
  writeFileSync(kubeconfig, kubeconfigText(cluster));
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => {
    for (const { child } of [etcd, apiserver]) child.kill(name);
  };
  return {
    port,
    kubeconfig,
    clear: () => stored.removeSince(before),
    definitions: () => stored.definitions(),
    halt: () => signal('SIGSTOP'),
    goOn: async () => {
      signal('SIGCONT');
      await ready(port, apiserver);
    },
    stop,
  };
}

interface Started {
  readonly child: ChildProcess;
  /** The last bytes that it said. */
  said: string;
}

function start(program: string, argv: readonly string[]): Started {
  const child = spawn(program, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
  const started: Started = { child, said: '' };
  child.stderr.on('data', (chunk: Buffer) => {
    started.said = (started.said + chunk.toString('utf8')).slice(-4000);
  });
  child.on('error', (error) => {
    started.said += error.message;
  });
  return started;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

async function ready(port: number, started: Started): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (started.child.exitCode !== null) break;
    if ((await status(port, '/readyz')) === 200) return;
    await sleep(100);
  }
  throw new Error(`the API server did not get ready: ${started.said}`);
}

function status(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${tokenOf('admin')}` };
    const asked = request(
      { host: '127.0.0.1', port, path, headers, rejectUnauthorized: false },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    asked.on('error', () => resolve(undefined));
    asked.end();
  });
}

function etcdArguments(folder: string, client: number, peer: number): readonly string[] {
  const [clientUrl, peerUrl] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
  return [
    ...['--name', 'test', '--data-dir', join(folder, 'etcd')],
    ...['--listen-client-urls', clientUrl, '--advertise-client-urls', clientUrl],
    ...['--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl],
    ...['--initial-cluster', `test=${peerUrl}`, '--unsafe-no-fsync', '--logger=zap', '--log-level=error'],
  ];
}

function apiserverArguments(folder: string, port: number, etcd: number): readonly string[] {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const key = join(folder, 'service-accounts.key');
  writeFileSync(key, privateKey, { mode: 0o600 });
  const tokens = join(folder, 'tokens.csv');
  const lines = testUsers.map((user) => `${tokenOf(user)},${user},${user}${groupOf(user)}`);
  writeFileSync(tokens, `${lines.join('\n')}\n`, { mode: 0o600 });
  return [
    ...[`--etcd-servers=http://127.0.0.1:${etcd}`, '--bind-address=127.0.0.1', `--secure-port=${port}`],
    ...[`--cert-dir=${join(folder, 'certs')}`, `--token-auth-file=${tokens}`, '--authorization-mode=RBAC'],
    `--client-ca-file=${join(folder, 'person.authority')}`,
    ...[`--service-account-key-file=${key}`, `--service-account-signing-key-file=${key}`],
    ...['--service-account-issuer=https://kubernetes.default.svc', '--service-cluster-ip-range=10.96.0.0/16'],
    // No controller makes ServiceAccounts of a namespace, or endpoints of this server.
    ...['--disable-admission-plugins=ServiceAccount', '--endpoint-reconciler-type=none'],
  ];
}

function groupOf(user: string): string {
  return user === 'admin' ? ',system:masters' : '';
}
