import type { Difference } from '../../../import/fate.ts';
import type { Field } from '../../../import/field.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import { rootNamespace } from './surroundings.ts';

/** Reads a Sidecar. Returns true if it closes the egress of the whole mesh. */
export function readSidecar(document: NativeDocument, namespace: string): boolean {
  readHeader(document);
  const spec = document.root.at('spec');
  const isWhole = namespace === rootNamespace && !spec.at('workloadSelector').isPresent;
  const policy = spec.at('outboundTrafficPolicy');
  const mode = policy.at('mode');
  const closes = isWhole && mode.value === 'REGISTRY_ONLY';
  if (closes) mode.text();
  for (const [name, field] of spec.entries())
    lose(
      field,
      sidecar[name] ?? { callers: 'proxies do not know it' },
      closes && name === 'outboundTrafficPolicy',
    );
  return closes;
}

const sidecar: Readonly<Record<string, Difference>> = {
  workloadSelector: { callers: 'proxies know what the spec declares as calls' },
  egress: { callers: 'proxies know what the spec declares as calls; other services may be callable, too' },
  ingress: { callers: 'applications take calls at the ports of their Service' },
  outboundTrafficPolicy: { callers: 'the egress of one namespace follows that of the mesh', access: 'wider' },
  inboundConnectionPool: { callers: 'servers accept as many connections as come' },
};

function lose(field: Field, difference: Difference, isRead: boolean): void {
  if (!isRead) field.lost(difference);
}

/** Reads an object that the language has no form for. */
export function readForeign(document: NativeDocument): void {
  readHeader(document);
  const { root, kind } = document;
  const text = JSON.stringify(root.value);
  const mayRefuse = /ext_authz|rbac|jwt_authn|lua|wasm|oauth2|local_ratelimit|\bratelimit/i.test(text);
  const callers = foreign[kind] ?? 'the language has no form for this kind';
  for (const [name, field] of root.entries())
    if (!['apiVersion', 'kind', 'metadata', 'status'].includes(name))
      field.lost({
        callers,
        ...(mayRefuse && refusing.includes(kind) ? { access: 'wider' as const } : {}),
      });
}

/** Kinds whose filters may refuse calls. */
const refusing: readonly string[] = ['EnvoyFilter', 'WasmPlugin', 'TrafficExtension'];

const foreign: Readonly<Record<string, string>> = {
  EnvoyFilter: 'proxies are not patched',
  WasmPlugin: 'proxies do not run this plugin',
  TrafficExtension: 'proxies do not run this extension',
  ProxyConfig: 'proxies are configured by the installation of the mesh',
  Telemetry: 'logs, traces and metrics follow Mesh.telemetry: write receivers and sampling there',
  WorkloadEntry: 'instances outside of Kubernetes are endpoints of a Service: write them there',
  WorkloadGroup: 'instances outside of Kubernetes are endpoints of a Service: write them there',
};
