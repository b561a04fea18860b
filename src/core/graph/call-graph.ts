import type { MtlsMode } from '../ir/service.ts';
import type { Described } from '../reach/describe.ts';

/** The change of a part between two revisions of a mesh; absent if the part is the same in both. */
export type EdgeChange = 'appears' | 'goes' | 'widens' | 'tightens' | 'changes' | 'reroutes';

/**
 * A part of the graph. `callers` stands for callers that no rule tells apart: `*` for every service, `shop/*` for every
 * service of a namespace, `outside` for workloads that are no service of the mesh, `clients` for the clients of
 * gateways, a SPIFFE ID for one account. `hosts` stands for hosts that nothing names. `namespace` stands for everything
 * in a namespace, if the graph is folded.
 */
export interface GraphNode {
  readonly id: string;
  readonly kind: 'service' | 'gateway' | 'external' | 'callers' | 'hosts' | 'namespace';
  /** The name for people. */
  readonly name: string;
  readonly namespace?: string;
  /** The line of its document, as `file:line`. */
  readonly origin?: string;
  readonly versions?: readonly string[];
  /** The number of parts that a folded namespace stands for. */
  readonly parts?: number;
  readonly change?: 'appears' | 'goes';
}

/** A share (0..1) of requests. */
export interface GraphShare {
  readonly service: string;
  readonly version: string;
  readonly share: number;
}

/** Requests of one caller that are decided in one way; the boxes of one caller and port don't overlap. */
export interface GraphBox {
  readonly verdict: 'allowed' | 'refused';
  /** The callers, in words. */
  readonly from: readonly string[];
  /** Services, or namespaces as `shop/*`, that the caller of the edge stands for and that don't send these requests. */
  readonly except?: readonly string[];
  readonly port: string;
  readonly methods: Described;
  readonly paths: Described;
  readonly headers?: Readonly<Record<string, Described>>;
  readonly when?: Readonly<Record<string, Described>>;
  /** The lines that decide about the first of these requests, as `file:line`. */
  readonly rules: readonly string[];
  /** True if the `calls` of the caller declare these requests; absent if the caller declares no calls. */
  readonly isDeclared?: boolean;
  readonly mtls?: MtlsMode;
  /** The receivers; absent if the requests are answered or redirected. */
  readonly backends?: readonly GraphShare[];
  readonly refusedShare?: number;
  /** Milliseconds; 0 means no limit. */
  readonly timeout?: number;
  /** Number of tries: retries + 1. */
  readonly tries?: number;
  readonly mirrors?: readonly GraphShare[];
  /** The egress gateway on the way. */
  readonly via?: string;
  /** The reason of a refusal. */
  readonly reason?: string;
  readonly change?: 'gained' | 'lost' | 'rerouted';
}

/**
 * All requests of one part to another. `call`: the caller sends them; `route`: a Route sends on requests that were made
 * to `from`, or an egress gateway those to an External. `undeclared`: allowed, and the `calls` of the caller declare none of them; `refused`: declared, and all of
 * them are refused.
 */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'call' | 'route';
  readonly state: 'allowed' | 'undeclared' | 'refused';
  readonly boxes: readonly GraphBox[];
  /** True if there are more boxes than are listed. */
  readonly isCut?: true;
  /** The number of edges that an edge between folded namespaces stands for, by state. */
  readonly edges?: Readonly<Record<GraphEdge['state'], number>>;
  readonly change?: EdgeChange;
}

/** The call graph of a mesh, or of two revisions of one. */
export interface CallGraph {
  /** Name of the mesh. */
  readonly mesh: string;
  /** In the order of their ids. */
  readonly nodes: readonly GraphNode[];
  /** In the order of `from` and `to`. */
  readonly edges: readonly GraphEdge[];
  /** Destinations with too many cases to list, with the reason: their edges are missing. */
  readonly unproved: readonly { readonly to: string; readonly why: string }[];
  /** The parts that the graph leaves out, in words; empty if it is whole. */
  readonly notes: readonly string[];
}
