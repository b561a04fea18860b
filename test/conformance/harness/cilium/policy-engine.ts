import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Service } from '../../../../src/core/ir/service.ts';
import { normalisePath } from '../../../../src/core/semantics/normalise-path.ts';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import type { ServerCall, ServerCaller } from '../servers/server-calls.ts';

/** The verdict of Cilium on a call: whether each end passes it, and how. */
export interface Verdict {
  readonly ingress: 'deny' | 'allow' | 'proxy';
  readonly egress: 'deny' | 'allow' | 'proxy';
  readonly allowed: boolean;
}

/** The verdicts on calls, in their order, and every pattern that Envoy gets. */
export interface Verdicts {
  readonly verdicts: readonly Verdict[];
  readonly patterns: readonly string[];
}

/** Asks Cilium's policy engine about calls, with a pod for each service of the mesh. */
export function askedPolicies(
  program: string,
  ir: Ir,
  policies: readonly ObjectArtifact[],
  calls: readonly ServerCall[],
): Verdicts {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-cilium-'));
  try {
    const documents = [...clusterOf(ir), ...policies.map(({ manifest }) => manifest)];
    writeFileSync(
      path.join(folder, 'cluster.yaml'),
      documents.map((one) => JSON.stringify(one)).join('\n---\n'),
    );
    const input = calls.map((call) => `${JSON.stringify(asked(call))}\n`).join('');
    const output = execFileSync(program, [folder], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
    const lines = output.trimEnd().split('\n');
    const { patterns } = JSON.parse(lines.pop() ?? '{}') as { readonly patterns: readonly string[] };
    return { verdicts: lines.map((line) => JSON.parse(line) as Verdict), patterns };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function clusterOf({ services }: Ir): readonly object[] {
  const namespaces = new Set(Object.values(services).map(({ namespace }) => namespace));
  return [
    ...[...namespaces].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    })),
    ...Object.values(services).map((service, index) => podOf(service, index)),
  ];
}

function podOf({ name, namespace, workload, versions: [version] }: Service, index: number): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { ...workload.labels, ...version?.labels } },
    spec: { serviceAccountName: workload.principal.serviceAccount, containers: [{ name: 'app' }] },
    status: { podIP: `10.0.${String(index >> 8)}.${String(index & 255)}` },
  };
}

function asked({ caller, service, port, request }: ServerCall): object {
  const { method, path: plain, query, host = '', headers } = request;
  const lines = Map.groupBy(headers, ({ name }) => name);
  return {
    from: nameOf(caller),
    to: `${service.name}.${service.namespace}`,
    port: port.targetPort,
    method,
    // Cilium's Envoy normalises a path before it compares it.
    path: `${normalisePath(plain, query) ?? plain}${query === undefined ? '' : `?${query}`}`,
    host,
    headers: Object.fromEntries(
      [...lines].map(([name, own]) => [name, own.map(({ value }) => value.replace(/^[ \t]+|[ \t]+$/g, ''))]),
    ),
  };
}

/** Returns the caller's name for Cilium: a gateway is its entity `ingress`, a caller without identity is elsewhere. */
function nameOf({ kind, service }: ServerCaller): string {
  if (kind === 'gateway') return 'ingress';
  return service === undefined ? 'world' : `${service.name}.${service.namespace}`;
}
