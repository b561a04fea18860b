import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';

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
const refusing: readonly string[] = ['WasmPlugin', 'TrafficExtension'];

const foreign: Readonly<Record<string, string>> = {
  WasmPlugin: 'proxies do not run this plugin',
  TrafficExtension: 'proxies do not run this extension',
  ProxyConfig: 'proxies are configured by the installation of the mesh',
  WorkloadEntry: 'instances outside of Kubernetes are endpoints of a Service: write them there',
  WorkloadGroup: 'instances outside of Kubernetes are endpoints of a Service: write them there',
};
