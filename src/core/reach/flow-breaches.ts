import type { Gateway } from '../ir/gateway.ts';
import type { Flow, FlowTarget } from '../ir/guardrail.ts';
import type { Ir } from '../ir/ir.ts';
import { spiffeId } from '../ir/principal.ts';
import type { ServiceId } from '../ir/service-id.ts';
import { own } from '../lib/own.ts';
import { identify } from '../semantics/caller.ts';
import { decide } from '../semantics/decide.ts';
import type { Outcome } from '../semantics/outcome.ts';
import type { Request } from '../semantics/request.ts';
import { boxesOf } from './boxes.ts';
import { Budget } from './budget.ts';
import { anyClient, type CallerClass, Callers, mention } from './callers.ts';
import { closureOf } from './closure.ts';
import { type Compiled, compileMeanings } from './compiled.ts';
import { destinationsByBackend, gatewaysByBackend } from './destinations-by-backend.ts';
import type { Node } from './diagram.ts';
import { type Destination, externalDestinations, serviceDestinations } from './entries.ts';
import { type FlowRule, FlowTest } from './flow-test.ts';
import { checkGatewayIsLetIn, entrancesOf, gatewayCaller } from './gateway-flows.ts';
import { type Case, casesOf } from './grouped-cases.ts';
import { asSent } from './language/path-test.ts';
import { requestMeaning } from './meaning/request-meaning.ts';
import { Unproved } from './unproved.ts';
import { ValueMemory } from './value-memory.ts';
import { witnessOf } from './witness.ts';

/** Requests that break a flow of a guardrail, or the reason why it isn't proved that none do. */
export type FlowBreach = {
  /** The service or External that the flow is about. */
  readonly to: ServiceId;
} & (
  | {
      /** The caller, in words. */
      readonly from: string;
      /** SPIFFE ID of the caller; absent if it has none. */
      readonly identity?: string;
      readonly request: Request;
      readonly outcome: Outcome;
    }
  | { readonly unproved: string }
);

/** The most requests that are tried as a witness of one caller. */
const mostTried = 20;

/** A flow to one target, and the side on which the mesh has to keep it. */
export interface AskedFlow {
  readonly rule: FlowRule;
  readonly from: Flow['from'];
  readonly target: FlowTarget;
  /** SPIFFE IDs of callers that have to be told apart from others. */
  readonly apart: readonly string[];
}

/**
 * Looks for requests that break flows. A request gets through to a service if a proxy forwards it to the service,
 * whichever destination the request names. Requests to the service that are refused or unroutable break `must`. A
 * gateway is a caller like any other account. Callers without a proxy of the mesh count for services, whose proxies
 * identify them, and not for Externals.
 */
export class FlowBreaches {
  private readonly memory = new ValueMemory();
  private readonly callers: Callers;
  private readonly byBackend: ReadonlyMap<ServiceId, readonly ServiceId[]>;
  private readonly gateways: ReadonlyMap<ServiceId, readonly Gateway[]>;
  /** The gateways by their accounts. */
  private readonly gatewayCallers: ReadonlyMap<string, CallerClass>;
  private readonly ir: Ir;

  constructor(ir: Ir) {
    this.ir = ir;
    this.callers = new Callers(ir, ir);
    this.byBackend = destinationsByBackend(ir);
    this.gateways = gatewaysByBackend(ir);
    this.gatewayCallers = new Map(
      Object.values(ir.gateways).map((one) => [spiffeId(one.workload.principal), gatewayCaller(one)]),
    );
  }

  /** Yields one breach for each class of callers at each destination; together they stand for all breaches. */
  *of(flow: AskedFlow): Generator<FlowBreach> {
    for (const to of flow.target.ids) {
      const asked = flow.rule === 'must' ? [to] : (this.byBackend.get(to) ?? [to]);
      for (const id of asked) yield* this.at(flow, to, id);
      for (const gateway of this.gateways.get(to) ?? []) yield* this.through(gateway, flow, to);
      if (flow.rule === 'must') yield* this.withoutRoute(flow, to);
    }
  }

  /** Yields a breach for each gateway of a flow without a Route to the target: no request of the gateway gets there. */
  private *withoutRoute({ from }: AskedFlow, to: ServiceId): Generator<FlowBreach> {
    for (const gateway of Object.values(this.ir.gateways)) {
      const { identity, from: caller } = gatewayCaller(gateway);
      const isNamed = from.some((one) => one.type === 'spiffe' && one.id === identity);
      if (!isNamed || identify(this.ir, caller).type === 'service') continue;
      if (this.gateways.get(to)?.includes(gateway) !== true)
        yield { to, unproved: `no Route of the gateway ${gateway.id} leads there` };
    }
  }

  /** Yields the breaches of requests that a gateway sends; their caller is the gateway. */
  private *through(gateway: Gateway, flow: AskedFlow, to: ServiceId): Generator<FlowBreach> {
    const caller = gatewayCaller(gateway);
    const parts = closureOf([this.ir], gateway.id);
    try {
      if (flow.rule === 'must') {
        if (FlowTest.concerns(this.ir, flow.rule, flow.from, { ...caller, hasProxy: false }))
          checkGatewayIsLetIn(this.ir, gateway, to);
        return;
      }
      if (!FlowTest.concerns(this.ir, flow.rule, flow.from, caller)) return;
      for (const destination of entrancesOf(this.ir, gateway, parts)) {
        const classes = destination.hasCallers ? this.clients(parts) : [anyClient];
        for (const breach of this.breaches(flow, to, destination, classes))
          yield 'unproved' in breach ? breach : { ...breach, from: caller.name, identity: caller.identity };
      }
    } catch (error) {
      if (!(error instanceof Unproved)) throw error;
      yield { to, unproved: error.message };
    }
  }

  private clients(parts: unknown): readonly CallerClass[] {
    const mentioned = { ids: new Set<string>(), namespaces: new Set<string>() };
    mention(parts, mentioned);
    return this.callers.classes(mentioned);
  }

  private *at(flow: AskedFlow, to: ServiceId, id: ServiceId): Generator<FlowBreach> {
    const parts = closureOf([this.ir], id);
    try {
      for (const destination of this.destinations(id, parts)) {
        if (flow.rule === 'must' && flow.target.ports?.includes(destination.port) === false) continue;
        yield* this.breaches(flow, to, destination, this.classes(flow, to, destination, parts));
      }
    } catch (error) {
      if (!(error instanceof Unproved)) throw error;
      yield { to, unproved: error.message };
    }
  }

  private destinations(id: ServiceId, parts: unknown): readonly Destination[] {
    return [...serviceDestinations([this.ir], id, parts), ...externalDestinations([this.ir], id, parts)];
  }

  private *breaches(
    flow: AskedFlow,
    to: ServiceId,
    destination: Destination,
    classes: readonly CallerClass[],
  ): Generator<FlowBreach> {
    const { ir } = this;
    const test = new FlowTest(ir, flow.rule, to, flow.target);
    const cases = casesOf({ ...destination, entries: test.entriesOf(destination) }, classes).filter((one) =>
      test.isAsked(destination, one),
    );
    if (cases.length === 0) return;
    const meanings = cases.map(({ entry }) => requestMeaning(ir, entry));
    const forms = test.readsReceivedPath
      ? test.pathForms(compileMeanings(meanings, new Budget(), this.memory))
      : [asSent];
    const compiled = compileMeanings(
      [...meanings, ...forms.map((form) => test.condition(form))],
      new Budget(),
      this.memory,
    );
    const conditions = forms.map((form, at) => [form, compiled.nodes[cases.length + at] ?? 0] as const);
    const seen = new Set<string>();
    for (const [index, one] of cases.entries()) {
      if (seen.has(one.caller.name)) continue;
      const node = test.broken(compiled, compiled.nodes[index] ?? 0, conditions);
      const breach = this.witness(one, compiled, node, test);
      if (breach === undefined) continue;
      seen.add(one.caller.name);
      yield { to, ...breach };
    }
  }

  private classes(
    { rule, from, apart }: AskedFlow,
    to: ServiceId,
    destination: Destination,
    parts: unknown,
  ): readonly CallerClass[] {
    const mentioned = { ids: new Set<string>(apart), namespaces: new Set<string>() };
    mention(parts, mentioned);
    mention(from, mentioned);
    mentioned.namespaces.add(destination.id.slice(0, destination.id.indexOf('/')));
    return this.callers.classes(mentioned).flatMap((one) => {
      const gateway = one.from.type === 'spiffe' ? this.gatewayCallers.get(one.from.id) : undefined;
      // No proxy routes the calls of other workloads, and nothing of the mesh sees their calls to an External.
      const isAsked = one.hasProxy || (destination.id === to && destination.kind !== 'external');
      if (!isAsked || !FlowTest.concerns(this.ir, rule, from, one)) return [];
      return [gateway === undefined || one.hasProxy ? one : { ...one, name: gateway.name }];
    });
  }

  private witness(
    { caller, entry }: Case,
    { diagram, variables }: Compiled,
    node: Node,
    test: FlowTest,
  ):
    | { from: string; identity?: string; request: Request; outcome: Outcome }
    | { unproved: string }
    | undefined {
    let tried = 0;
    for (const { parts } of boxesOf(diagram, variables, node, 0)) {
      const request = witnessOf(this.ir, entry, parts);
      const outcome = decide(this.ir, request);
      const identity = caller.from.type === 'spiffe' ? caller.from.id : undefined;
      if (test.isBrokenBy(outcome))
        return { from: caller.name, ...(identity !== undefined && { identity }), request, outcome };
      tried += 1;
      if (tried === mostTried) break;
    }
    return tried === 0
      ? undefined
      : { unproved: `requests of ${caller.name} may break it, and no example is found` };
  }
}

/** Returns the SPIFFE IDs of these services, without the IDs that other services have, too. */
export function accountsOf(ir: Ir, ids: readonly ServiceId[]): readonly string[] {
  const others = new Set(
    Object.values(ir.services).flatMap(({ id, workload }) =>
      ids.includes(id) ? [] : [spiffeId(workload.principal)],
    ),
  );
  return ids.flatMap((id) => {
    const service = own(ir.services, id);
    const account = service && spiffeId(service.workload.principal);
    return account === undefined || others.has(account) ? [] : [account];
  });
}
