import type { Ir } from '../../../../../src/core/ir/ir.ts';
import linkerd from '../../../../../src/core/targets/linkerd/index.ts';

/** A Kubernetes object as an API server has it. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: unknown;
}

export interface ServiceObject {
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly port: number; readonly targetPort: number }[];
}

interface Ref {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}

interface Values {
  readonly type: 'Exact' | 'RegularExpression';
  readonly name: string;
  readonly value: string;
}

export interface Match {
  readonly path?: { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string };
  readonly method?: string | { readonly service?: string; readonly method?: string };
  readonly headers?: readonly Values[];
  readonly queryParams?: readonly Values[];
}

export interface Changes {
  readonly set?: readonly { readonly name: string; readonly value: string }[];
  readonly add?: readonly { readonly name: string; readonly value: string }[];
  readonly remove?: readonly string[];
}

export interface Filter {
  readonly type: string;
  readonly requestHeaderModifier?: Changes;
  readonly responseHeaderModifier?: Changes;
  readonly requestRedirect?: {
    readonly scheme?: string;
    readonly hostname?: string;
    readonly port?: number;
    readonly path?: object;
    readonly statusCode?: number;
  };
}

export interface RouteRule {
  readonly matches?: readonly Match[];
  readonly filters?: readonly Filter[];
  readonly backendRefs?: readonly (Ref & { readonly weight?: number })[];
}

export interface RouteSpec {
  readonly parentRefs: readonly Ref[];
  readonly hostnames?: readonly string[];
  readonly rules: readonly RouteRule[];
}

export interface ServerSpec {
  readonly accessPolicy: string;
  readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly port: number;
  readonly proxyProtocol: string;
}

export interface PolicySpec {
  readonly targetRef: Ref;
  readonly requiredAuthenticationRefs: readonly Ref[];
}

/**
 * Returns the objects of a cluster in which a mesh is applied: what the target writes, and the Kubernetes Services that
 * have to be there already.
 */
export function clusterOf(ir: Ir): readonly KubernetesObject[] {
  const context = { version: linkerd.versions.at(-1) ?? '', options: {} };
  const written = linkerd
    .lower(ir, context)
    .map((artifact) => (artifact as unknown as { readonly manifest: KubernetesObject }).manifest);
  const there = Object.values(ir.services).map(({ name, namespace, workload, ports }) => ({
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      selector: workload.labels,
      ports: ports.map(({ number, targetPort }) => ({ port: number, targetPort })),
    },
  }));
  return [...there, ...written];
}
