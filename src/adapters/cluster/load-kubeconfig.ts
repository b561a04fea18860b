import { existsSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { findHomeDir, KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { load } from 'js-yaml';
import { exit } from '../../core/exit-code.ts';
import type { Json } from '../../core/lib/json.ts';
import { jsonRecord } from '../../core/lib/json-record.ts';
import { PortError } from '../../ports/port-error.ts';
import { readRegularFile } from '../regular-file.ts';

/**
 * Loads the kubeconfig as kubectl does: the files of KUBECONFIG, of which the first that says something wins, else
 * `~/.kube/config`. Without a context and without KUBECONFIG, a process inside a cluster gets that cluster. Throws
 * PortError(15) if there is no such context.
 */
export function loadKubeconfig(
  context: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): KubeConfig {
  const named = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  if (context === undefined && named.length === 0 && isInCluster(environment)) {
    const config = new KubeConfig();
    config.loadFromCluster();
    return config;
  }
  const home = findHomeDir() ?? undefined;
  const files = named.length > 0 ? named : home === undefined ? [] : [join(home, '.kube', 'config')];
  const there = files.filter((file) => existsSync(file));
  if (there.length === 0) throw new PortError(noFile(files), exit.unreachable);
  const config = merged(there);
  if (context !== undefined) config.setCurrentContext(context);
  checkContext(config, there);
  return config;
}

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount/token';

function isInCluster(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment['KUBERNETES_SERVICE_HOST'] !== undefined && existsSync(serviceAccount);
}

function noFile(files: readonly string[]): string {
  const where = files.length === 0 ? 'no home directory' : `no file ${files.join(', ')}`;
  return `no kubeconfig: there is ${where}; set KUBECONFIG, or run inside the cluster`;
}

function merged(files: readonly string[]): KubeConfig {
  const config = new KubeConfig();
  for (const file of files) {
    const one = loaded(file);
    config.clusters = firstOf(config.clusters, one.clusters);
    config.users = firstOf(config.users, one.users);
    config.contexts = firstOf(config.contexts, one.contexts);
    if (!config.currentContext && one.currentContext) config.setCurrentContext(one.currentContext);
  }
  return config;
}

/** Merges two lists by name; the first list's entry wins. */
function firstOf<T extends { readonly name: string }>(known: readonly T[], more: readonly T[]): T[] {
  const names = new Set(known.map(({ name }) => name));
  return [...known, ...more.filter(({ name }) => !names.has(name))];
}

function loaded(file: string): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromString(textOf(file));
    config.makePathsAbsolute(dirname(file));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PortError(`${file} can't be read as a kubeconfig: ${why}`, exit.unreachable, { cause: error });
  }
  config.users = config.users.map((user) => {
    const { exec } = user as { exec?: ExecPlugin | null };
    return exec ? { ...user, exec: atHome(exec, dirname(file)) } : user;
  });
  return config;
}

function textOf(file: string): string {
  return readRegularFile(file, { most: 16 * 1024 * 1024 }).toString('utf8');
}

interface ExecPlugin {
  readonly command?: string;
  readonly apiVersion?: string;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
}

/** The plug-in with its command found from the file's folder, told what it is asked for as kubectl tells it. */
function atHome(exec: ExecPlugin, folder: string): ExecPlugin {
  const { command = '', apiVersion = 'client.authentication.k8s.io/v1' } = exec;
  const info = { kind: 'ExecCredential', apiVersion, spec: { interactive: false } };
  return {
    ...exec,
    command: command.includes('/') && !isAbsolute(command) ? join(folder, command) : command,
    env: [...(exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }],
  };
}

function checkContext(config: KubeConfig, files: readonly string[]): void {
  const name = config.currentContext as string | undefined;
  const known = config.contexts.map((one) => one.name).join(', ') || 'none';
  const from = files.join(', ');
  if (!name)
    throw new PortError(
      `${from} has no current context: name one of ${known} in the output`,
      exit.unreachable,
    );
  const context = config.getContextObject(name);
  if (context === null)
    throw new PortError(`${from} has no context ${name}: there are ${known}`, exit.unreachable);
  if (config.getCurrentCluster() === null)
    throw new PortError(
      `${from} has no cluster ${context.cluster}, which its context ${name} names`,
      exit.unreachable,
    );
  const lost = impersonationOf(context.user, files);
  if (lost !== undefined)
    throw new PortError(
      `the user ${context.user} of ${from} has ${lost}, which mesh can't send: name a user that is in these groups itself`,
      exit.unreachable,
    );
}

/** Returns what the client library drops of a user's impersonation; without it, requests would have other rights. */
function impersonationOf(user: string, files: readonly string[]): string | undefined {
  for (const file of files) {
    const { users } = jsonRecord(load(textOf(file)) as Json);
    const found = (Array.isArray(users) ? (users as readonly Json[]) : [])
      .map(jsonRecord)
      .find(({ name }) => name === user);
    if (found === undefined) continue;
    const keys = Object.keys(jsonRecord(found['user']));
    return ['as-groups', 'as-uid', 'as-user-extra'].find((key) => keys.includes(key));
  }
  return undefined;
}
