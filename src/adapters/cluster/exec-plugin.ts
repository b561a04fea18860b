import { spawn } from 'node:child_process';
import type { Authenticator } from '@kubernetes/client-node/dist/auth.js';
import type { User } from '@kubernetes/client-node/dist/config_types.js';
import type { Json } from '../../core/lib/json.ts';
import { jsonRecord } from '../../core/lib/json-record.ts';
import { errorCode } from '../file-error.ts';

const provider = 'mesh-exec-plugin';

/** A credential plug-in of a kubeconfig (`exec`, clientcmd v1 ExecConfig). A relative `command` is resolved already. */
export interface PluginSettings {
  readonly command: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly installHint?: string;
  /** The version of the plug-in's protocol; absent: v1. */
  readonly apiVersion?: string;
  /** True if the plug-in wants to know the cluster. */
  readonly provideClusterInfo?: boolean;
  /** `Always`: the plug-in needs a person at standard input. */
  readonly interactiveMode?: string;
}

/** Returns the user of a kubeconfig with the plug-in in the form that `ExecPlugin` reads. */
export function pluginUser(user: User, settings: PluginSettings): User {
  return { ...user, exec: undefined, authProvider: { name: provider, config: { settings } } };
}

/** Returns the plug-in of a user that `pluginUser` made; undefined for another user. */
export function pluginOf({ authProvider }: User): PluginSettings | undefined {
  const { name, config } = (authProvider ?? {}) as ProviderOf;
  return name === provider ? config?.settings : undefined;
}

interface ProviderOf {
  readonly name?: string;
  readonly config?: { readonly settings: PluginSettings };
}

/**
 * Sends the credentials that a plug-in prints (client.authentication.k8s.io/v1 ExecCredential) until they expire or the
 * server refuses them. Runs the plug-in without standard input and with a time limit; the client library would wait for
 * ever.
 */
export class ExecPlugin implements Authenticator {
  readonly #limit: number;
  #known: Credential | undefined;

  /** `limit` is the time of one call of the plug-in, milliseconds. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  isAuthProvider(user: User): boolean {
    return pluginOf(user) !== undefined;
  }

  async applyAuthentication(user: User, options: Sent): Promise<void> {
    const settings = pluginOf(user);
    if (settings === undefined) return;
    if (settings.interactiveMode === 'Always') throw new Error(asksPerson(settings.command));
    if (this.#known === undefined || this.#known.ends <= Date.now())
      this.#known = credentialOf(await printed(settings, this.#limit), settings);
    const { token, cert, key } = this.#known;
    if (token !== undefined) options.headers = { ...options.headers, Authorization: `Bearer ${token}` };
    if (cert !== undefined) Object.assign(options, { cert, key });
  }
}

interface Sent {
  headers?: Record<string, unknown>;
}

interface Credential {
  readonly token: string | undefined;
  /** PEM; absent: no client certificate. */
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** Milliseconds since 1970; infinite if the credential names no end. */
  readonly ends: number;
}

/** The most characters that a plug-in may print; a client certificate with its chain has a few thousand. */
const most = 1024 * 1024;

/** Runs a plug-in and returns its standard output; rejects with the reason if it fails. */
function printed({ command, args, env, installHint }: PluginSettings, limit: number): Promise<string> {
  const added = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
  return new Promise((resolve, reject) => {
    const child = spawn(command, args ?? [], {
      env: { ...process.env, ...added },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = (why: string): void => {
      child.kill('SIGKILL');
      // Children of the plug-in may keep its output open.
      child.stdout.destroy();
      child.stderr.destroy();
      reject(new Error(why));
    };
    const onExit = (): void => void child.kill('SIGKILL');
    process.once('exit', onExit);
    const late = setTimeout(() => {
      stop(
        `the plug-in ${command} gave no answer in ${limit / 1000} s: run the plug-in by hand to see what it waits for; mesh gives it no standard input`,
      );
    }, limit);
    let out = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (out.length > most) stop(`the plug-in ${command} prints more than ${most} characters`);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
    });
    child.on('error', (error) => {
      clearTimeout(late);
      process.off('exit', onExit);
      reject(errorCode(error) === 'ENOENT' ? new Error(missing(command, installHint)) : error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(late);
      process.off('exit', onExit);
      if (code === 0) resolve(out);
      else reject(new Error(said.trim() || `the plug-in ${command} ended with ${String(code ?? signal)}`));
    });
  });
}

function asksPerson(command: string): string {
  return `the plug-in ${command} asks a person (interactiveMode: Always), and mesh gives it no standard input: use a context whose plug-in works alone, or log in with it and give mesh a kubeconfig with the token`;
}

function missing(command: string, hint: string | undefined): string {
  return `there is no program ${command}, the plug-in of this user${hint ? `: ${hint.trim()}` : ''}`;
}

/** Reads what a plug-in printed; the text itself is never quoted, as it may hold a token. */
function credentialOf(text: string, { command }: PluginSettings): Credential {
  const status = jsonRecord(jsonRecord(parsed(text))['status']);
  const [token, cert, key, until] = [
    'token',
    'clientCertificateData',
    'clientKeyData',
    'expirationTimestamp',
  ].map((name) => {
    const value = status[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  });
  if (token === undefined && (cert === undefined || key === undefined))
    throw new Error(`the plug-in ${command} printed no ExecCredential with a token or a client certificate`);
  const ends = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  return { token, cert, key, ends: Number.isNaN(ends) ? 0 : ends };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
