import type { Gateway } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import { spiffeId } from '../ir/principal.ts';
import { own } from '../lib/own.ts';
import { anyClient, Callers, type ListedClass, mention } from '../reach/callers.ts';
import { changedParts } from '../reach/changed-parts.ts';
import { closureOf } from '../reach/closure.ts';
import {
  type Destination,
  externalDestinations,
  gatewayDestinations,
  serviceDestinations,
} from '../reach/entries.ts';
import { Unproved } from '../reach/unproved.ts';
import { ValueMemory } from '../reach/value-memory.ts';
import type { CallGraph, GraphBox, GraphEdge, GraphNode } from './call-graph.ts';
import { callerIds } from './caller-nodes.ts';
import { DeclaredCallsIndex } from './declared-calls-index.ts';
import { addDestination } from './destination-edges.ts';
import { distinctGateways } from './distinct-gateways.ts';
import { EdgeCollector } from './edge-collector.ts';
import { meshNodes, otherNode, unnamedHosts } from './graph-nodes.ts';

/**
 * Returns the call graph of a mesh: its edges are exactly the requests that get through, as `decide` decides, and the
 * declared requests that don't. With `before` the graph has the edges of both revisions, and each edge that differs
 * says how.
 */
export function buildGraph(now: Ir, before?: Ir): CallGraph {
  const meshes = before === undefined ? [now] : [before, now];
  const builder = new GraphBuilder(distinctGateways(now, meshes), before && distinctGateways(before, meshes));
  builder.run();
  return builder.graph();
}

class GraphBuilder {
  private readonly memory = new ValueMemory();
  private readonly collector = new EdgeCollector();
  private readonly unproved: { readonly to: string; readonly why: string }[] = [];
  private readonly callers: Callers;
  private readonly declared: DeclaredCallsIndex;
  /** The accounts of gateways. */
  private readonly gateways: ReadonlySet<string>;
  private readonly changed: ReadonlySet<string>;
  private readonly now: Ir;
  private readonly before: Ir | undefined;

  constructor(now: Ir, before: Ir | undefined) {
    this.now = now;
    this.before = before;
    this.callers = new Callers(before ?? now, now);
    this.declared = new DeclaredCallsIndex(now);
    this.gateways = new Set(
      Object.values({ ...before?.gateways, ...now.gateways }).map(({ workload }) =>
        spiffeId(workload.principal),
      ),
    );
    this.changed = before === undefined ? new Set() : changedIds(before, now);
  }

  run(): void {
    const meshes = [this.before ?? this.now, this.now];
    const ids = (records: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
      [...new Set(records.flatMap((record) => Object.keys(record)))].sort();
    for (const id of ids(meshes.map(({ services }) => services))) this.destinations(id, serviceDestinations);
    for (const id of ids(meshes.map(({ externals }) => externals)))
      this.destinations(id, externalDestinations);
    for (const id of ids(meshes.map(({ gateways }) => gateways))) this.destinations(id, gatewayDestinations);
    this.unnamedHosts();
  }

  graph(): CallGraph {
    const edges = this.collector.edges((edge) => this.stateOf(edge));
    const nodes = new Map<string, GraphNode>(meshNodes(this.now, this.before).map((node) => [node.id, node]));
    for (const { from, to } of edges)
      for (const id of [from, to]) if (!nodes.has(id)) nodes.set(id, otherNode(id));
    return {
      mesh: this.now.name,
      nodes: [...nodes.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
      edges,
      unproved: this.unproved,
      notes: [],
    };
  }

  private destinations(id: string, destinationsOf: typeof serviceDestinations): void {
    const isChanged = this.changed.has(id);
    const meshes = isChanged && this.before !== undefined ? [this.before, this.now] : [this.now];
    if (destinationsOf === gatewayDestinations && meshes.every(({ gateways }) => isEgress(own(gateways, id))))
      return;
    const parts = closureOf(meshes, id);
    try {
      for (const destination of destinationsOf(meshes, id, parts)) {
        const classes = this.classesOf(destination, parts);
        const isOld = isChanged || classes.some(({ isComparable }) => !isComparable);
        const compared = {
          memory: this.memory,
          now: this.now,
          ...(isOld && this.before && { before: this.before }),
        };
        addDestination(compared, destination, classes, this.collector);
      }
    } catch (error) {
      if (!(error instanceof Unproved)) throw error;
      this.unproved.push({ to: id, why: error.message });
    }
  }

  private classesOf({ id, kind, hasCallers }: Destination, parts: unknown): readonly ListedClass[] {
    if (!hasCallers) return [anyClient];
    const mentioned = { ids: new Set<string>(), namespaces: new Set<string>() };
    mention(parts, mentioned);
    mentioned.namespaces.add(id.slice(0, id.indexOf('/')));
    for (const account of this.declared.accountsCalling(id)) mentioned.ids.add(account);
    const classes = this.callers
      .classes(mentioned)
      .filter((one) => one.hasProxy || (kind !== 'external' && !this.isGateway(one)));
    return withoutDoubles(classes);
  }

  /** Returns true for the account of a gateway: the gateway's Routes say what it sends. */
  private isGateway({ members }: ListedClass): boolean {
    return members.type === 'outside' && members.id !== undefined && this.gateways.has(members.id);
  }

  private unnamedHosts(): void {
    const [was, is] = [this.before ?? this.now, this.now].map(({ egress }) => egress === 'allow');
    if (was !== true && is !== true) return;
    const change = was === is ? {} : { change: is === true ? ('gained' as const) : ('lost' as const) };
    const box: GraphBox = {
      verdict: is === true ? 'allowed' : 'refused',
      from: ['every service'],
      port: 'any',
      methods: ['*'],
      paths: ['*'],
      rules: [],
      timeout: this.now.unknownHostTimeout,
      ...change,
    };
    this.collector.add(callerIds.everyone, unnamedHosts, 'call', box);
  }

  /** Returns the state of an edge whose requests get through. */
  private stateOf({ from, to, boxes }: Pick<GraphEdge, 'from' | 'to' | 'boxes'>): GraphEdge['state'] {
    if (to === unnamedHosts || own(this.now.gateways, to) !== undefined) return 'allowed';
    const isEveryone = from === callerIds.everyone;
    if (isEveryone || from.endsWith('/*')) {
      const namespace = isEveryone ? undefined : from.slice(0, -2);
      const isKept = boxes.every(
        ({ verdict, except = [] }) =>
          verdict === 'refused' || !this.declared.someDontCall(to, namespace, except),
      );
      return isKept ? 'allowed' : 'undeclared';
    }
    if (from === to || !this.declared.declares(from)) return 'allowed';
    return boxes.some(({ verdict, isDeclared }) => verdict === 'allowed' && isDeclared === true)
      ? 'allowed'
      : 'undeclared';
  }
}

function isEgress(gateway: Gateway | undefined): boolean {
  return gateway?.type === 'egress';
}

function changedIds(before: Ir, now: Ir): ReadonlySet<string> {
  const { services, externals, gateways } = changedParts(before, now);
  return new Set([...services, ...externals, ...gateways]);
}

/** Returns the classes without those that stand for the same members as another one, of services that come or go. */
function withoutDoubles(classes: readonly ListedClass[]): readonly ListedClass[] {
  const kept = new Map<string, ListedClass>();
  for (const one of classes) {
    const key = one.members.type === 'others' ? `others ${one.members.namespace ?? ''}` : one.name;
    const known = kept.get(key);
    if (known === undefined || (!known.isComparable && one.isComparable)) kept.set(key, one);
  }
  return [...kept.values()];
}
