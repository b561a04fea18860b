import { Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import { exit } from '../../core/exit-code.ts';
import { PortError } from '../../ports/port-error.ts';
import { reasonOf } from '../file-error.ts';
import { readRegularFile } from '../regular-file.ts';

/** The access to a Prometheus server: its base address, connections that stay open, and headers. */
export interface PrometheusAccess {
  readonly base: URL;
  readonly agent: PlainAgent | TlsAgent;
  readonly headers: Readonly<Record<string, string>>;
}

/** The environment variables that hold credentials; each `_FILE` names a file. */
export const prometheusVariables = {
  token: 'MESH_PROMETHEUS_TOKEN',
  tokenFile: 'MESH_PROMETHEUS_TOKEN_FILE',
  user: 'MESH_PROMETHEUS_USER',
  password: 'MESH_PROMETHEUS_PASSWORD',
  /** Headers, one on each line: `X-Scope-OrgID: shop`. */
  headers: 'MESH_PROMETHEUS_HEADERS',
  ca: 'MESH_PROMETHEUS_CA_FILE',
  certificate: 'MESH_PROMETHEUS_CERT_FILE',
  key: 'MESH_PROMETHEUS_KEY_FILE',
} as const;

/**
 * Returns the access to a Prometheus server with the credentials of the environment. Throws PortError(15) if a file
 * can't be read, if variables contradict each other, or if credentials would cross a network in plain text.
 */
export function prometheusAccess(url: string, environment: NodeJS.ProcessEnv): PrometheusAccess {
  const base = new URL(url);
  const given = (name: keyof typeof prometheusVariables): string | undefined => {
    const value = environment[prometheusVariables[name]];
    return value === undefined || value === '' ? undefined : value;
  };
  const file = (name: keyof typeof prometheusVariables): string | undefined => {
    const path = given(name);
    return path === undefined ? undefined : readText(prometheusVariables[name], path);
  };
  const headers = { ...extraHeaders(given('headers')), ...authorization(given, file) };
  const tls = { ca: file('ca'), cert: file('certificate'), key: file('key') };
  if ((tls.cert === undefined) !== (tls.key === undefined))
    throw refused(`set both ${prometheusVariables.certificate} and ${prometheusVariables.key}, or neither`);
  const connections = { keepAlive: true, maxSockets: 8 };
  if (base.protocol === 'https:') {
    const known = Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
    checkMaterial(known);
    return { base, agent: new TlsAgent({ ...connections, ...known }), headers };
  }
  if (Object.keys(headers).length > 0 && !isLoopback(base.hostname))
    throw refused(
      `the credentials of the environment would go to ${base.host} in plain text: use https, or unset MESH_PROMETHEUS_*`,
    );
  return { base, agent: new PlainAgent(connections), headers };
}

type Given = (name: keyof typeof prometheusVariables) => string | undefined;

function authorization(given: Given, file: Given): Readonly<Record<string, string>> {
  const token = given('token') ?? file('tokenFile')?.trim();
  const [user, password] = [given('user'), given('password')];
  if (token !== undefined && user !== undefined)
    throw refused(`${prometheusVariables.token} and ${prometheusVariables.user} are both set: unset one`);
  if (token !== undefined) return { authorization: `Bearer ${checked('token', token)}` };
  if (user === undefined) return {};
  const pair = Buffer.from(`${user}:${password ?? ''}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

function extraHeaders(text: string | undefined): Readonly<Record<string, string>> {
  const lines = (text ?? '').split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line, i) => {
      const [, name, value] = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*?)\s*$/.exec(line) ?? [];
      if (name === undefined || value === undefined)
        throw refused(
          `line ${String(i + 1)} of ${prometheusVariables.headers} is no header: write Name: value`,
        );
      return [name.toLowerCase(), checked('headers', value)] as const;
    }),
  );
}

/**
 * Returns the value of a variable that can be sent as a header. Throws for any other value, since Node would throw when
 * it sends the value, and would quote it.
 */
function checked(name: keyof typeof prometheusVariables, value: string): string {
  if (/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)) return value;
  throw refused(`${prometheusVariables[name]} has a character that no header can have`);
}

function readText(variable: string, path: string): string {
  try {
    return readRegularFile(path, { most: largestFile }).toString('utf8');
  } catch (error) {
    throw new PortError(
      `the file that ${variable} names can't be read: ${path}: ${reasonOf(error)}`,
      exit.unreachable,
      { cause: error },
    );
  }
}

/** Throws for files that are no certificates or keys: a connection would throw later. */
function checkMaterial(material: Readonly<Record<string, string | undefined>>): void {
  try {
    createSecureContext(material);
  } catch (error) {
    const { ca, certificate, key } = prometheusVariables;
    throw refused(
      `the files of ${ca}, ${certificate} and ${key} can't be used together (${reasonOf(error)})`,
    );
  }
}

/** Largest file of credentials, in bytes. */
const largestFile = 1024 * 1024;

function refused(why: string): PortError {
  return new PortError(`Prometheus can't be asked: ${why}`, exit.unreachable);
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
