import { existsSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { findHomeDir, KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { load } from 'js-yaml';
import { exit } from '../../core/exit-code.ts';
import type { Json } from '../../core/lib/json.ts';
import { jsonRecord } from '../../core/lib/json-record.ts';
import { PortError } from '../../ports/port-error.ts';
import { readRegularFile } from '../regular-file.ts';
import { environmentProxy } from './environment-proxy.ts';
import { type ClusterExtras, clusterExtras, execInfo } from './exec-info.ts';
import { ExecPlugin, type PluginSettings, pluginOf, pluginUser } from './exec-plugin.ts';
import { TokenFile, tokenUser } from './token-file.ts';

/** Settings of kubeconfigs that tests change. */
export interface KubeconfigSettings {
  /** Folder with the files of a Pod's account; absent: the folder that Kubernetes mounts. */
  readonly serviceAccount?: string;
  /** Milliseconds for one call of a credential plug-in; absent: three minutes, in which a person can log in by a browser. */
  readonly pluginLimit?: number;
}

const mounted = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Loads the kubeconfig as kubectl does: from the files of KUBECONFIG, where the first file that sets a value wins, else
 * from `~/.kube/config`. Inside a cluster, without a context and without KUBECONFIG, returns the configuration of the
 * Pod. Throws PortError(15) if the context doesn't exist.
 */
export function loadKubeconfig(
  context: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  { serviceAccount = mounted, pluginLimit = 180_000 }: KubeconfigSettings = {},
): KubeConfig {
  const named = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  if (context === undefined && named.length === 0 && isInCluster(environment, serviceAccount))
    return inCluster(environment, serviceAccount);
  const home = findHomeDir() ?? undefined;
  const files = named.length > 0 ? named : home === undefined ? [] : [join(home, '.kube', 'config')];
  const there = files.filter((file) => existsSync(file));
  if (there.length === 0) throw new PortError(noFile(files), exit.unreachable);
  const { config, extras } = merged(there);
  if (context !== undefined) config.setCurrentContext(context);
  checkContext(config, there);
  tellPlugin(config, extras);
  config.addAuthenticator(new TokenFile());
  config.addAuthenticator(new ExecPlugin(pluginLimit));
  config.clusters = config.clusters.map((cluster) => {
    const proxy = cluster.proxyUrl ?? environmentProxy(cluster.server, environment);
    // The library needs this setting for plain HTTP, which only a server on this machine speaks (`kubectl proxy`).
    const skipTLSVerify = cluster.skipTLSVerify || cluster.server.startsWith('http:');
    return { ...cluster, skipTLSVerify, ...(proxy !== undefined && { proxyUrl: proxy }) };
  });
  return config;
}

function isInCluster(
  environment: Readonly<Record<string, string | undefined>>,
  serviceAccount: string,
): boolean {
  return environment['KUBERNETES_SERVICE_HOST'] !== undefined && existsSync(join(serviceAccount, 'token'));
}

/** Returns the configuration of a Pod: its account's token, which Kubernetes renews, and the cluster's certificate. */
function inCluster(
  { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '443' }: InCluster,
  serviceAccount: string,
): KubeConfig {
  const config = new KubeConfig();
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const cluster = {
    name: 'in-cluster',
    caFile: join(serviceAccount, 'ca.crt'),
    server,
    skipTLSVerify: false,
  };
  config.loadFromClusterAndUser(cluster, tokenUser('in-cluster', join(serviceAccount, 'token')));
  config.contexts = [{ name: 'in-cluster', cluster: 'in-cluster', user: 'in-cluster' }];
  config.setCurrentContext('in-cluster');
  config.addAuthenticator(new TokenFile());
  return config;
}

type InCluster = Readonly<Record<string, string | undefined>> & {
  readonly KUBERNETES_SERVICE_HOST?: string;
  readonly KUBERNETES_SERVICE_PORT?: string;
};

function noFile(files: readonly string[]): string {
  const where = files.length === 0 ? 'no home directory' : `no file ${files.join(', ')}`;
  return `no kubeconfig: there is ${where}; set KUBECONFIG, or run inside the cluster`;
}

/** A kubeconfig, with the fields of its clusters that the client library drops, by the cluster's name. */
interface Loaded {
  readonly config: KubeConfig;
  readonly extras: ReadonlyMap<string, ClusterExtras>;
}

function merged(files: readonly string[]): Loaded {
  const config = new KubeConfig();
  let extras: Loaded['extras'] = new Map();
  for (const file of files) {
    const { config: one, extras: own } = loaded(file);
    config.clusters = firstOf(config.clusters, one.clusters);
    config.users = firstOf(config.users, one.users);
    config.contexts = firstOf(config.contexts, one.contexts);
    extras = new Map([...own, ...extras]);
    if (!config.currentContext && one.currentContext) config.setCurrentContext(one.currentContext);
  }
  return { config, extras };
}

/** Merges two lists by name; the first list's entry wins. */
function firstOf<T extends { readonly name: string }>(known: readonly T[], more: readonly T[]): T[] {
  const names = new Set(known.map(({ name }) => name));
  return [...known, ...more.filter(({ name }) => !names.has(name))];
}

function loaded(file: string): Loaded {
  const config = new KubeConfig();
  let written: Json;
  try {
    const text = textOf(file);
    config.loadFromString(text);
    config.makePathsAbsolute(dirname(file));
    written = load(text) as Json;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PortError(`${file} can't be read as a kubeconfig: ${why}`, exit.unreachable, { cause: error });
  }
  const tokens = tokenFiles(written);
  config.users = config.users.map((user) => {
    const { exec } = user as { exec?: Partial<PluginSettings> | null };
    const token = tokens.get(user.name);
    if (token !== undefined) return { ...user, ...tokenUser(user.name, resolve(dirname(file), token)) };
    return exec ? pluginUser(user, atHome(exec, dirname(file))) : user;
  });
  return { config, extras: clusterExtras(written) };
}

/** Returns the token files of users by name (`tokenFile`, clientcmd v1 AuthInfo), which the client library ignores. */
function tokenFiles(kubeconfig: Json): ReadonlyMap<string, string> {
  const { users } = jsonRecord(kubeconfig);
  const files = (Array.isArray(users) ? (users as readonly Json[]) : []).flatMap((one) => {
    const { name, user } = jsonRecord(one);
    const { tokenFile } = jsonRecord(user);
    return typeof name === 'string' && typeof tokenFile === 'string' ? [[name, tokenFile] as const] : [];
  });
  return new Map(files);
}

function textOf(file: string): string {
  return readRegularFile(file, { most: 16 * 1024 * 1024 }).toString('utf8');
}

/** Returns a plug-in with its command resolved from the kubeconfig's folder. */
function atHome(exec: Partial<PluginSettings>, folder: string): PluginSettings {
  const { command = '' } = exec;
  return {
    ...exec,
    command: command.includes('/') && !isAbsolute(command) ? join(folder, command) : command,
  };
}

/**
 * Gives the plug-in of the current user the environment that kubectl gives it. Throws PortError(15) if the file of the
 * cluster's certificate authority can't be read.
 */
function tellPlugin(config: KubeConfig, extras: Loaded['extras']): void {
  const [cluster, current] = [config.getCurrentCluster(), config.getCurrentUser()];
  const settings = current === null ? undefined : pluginOf(current);
  if (cluster === null || current === null || settings === undefined) return;
  const { apiVersion = 'client.authentication.k8s.io/v1', provideClusterInfo } = settings;
  const about = provideClusterInfo === true ? { cluster, extras: extras.get(cluster.name) } : undefined;
  let info: string;
  try {
    info = execInfo(apiVersion, about);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PortError(
      `the certificate authority of ${cluster.name} can't be given to the plug-in of ${current.name}: ${why}`,
      exit.unreachable,
      { cause: error },
    );
  }
  const env = [...(settings.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: info }];
  config.users = config.users.map((user) =>
    user.name === current.name ? pluginUser(user, { ...settings, env }) : user,
  );
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
    throw new PortError(
      `${from} has no context ${name}: there are ${known}; correct the context of the output, or set KUBECONFIG to a file that has it`,
      exit.unreachable,
    );
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

/**
 * Returns a field of a user's impersonation that the client library drops: without the field, requests would have other
 * rights. Returns undefined if there is none.
 */
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
