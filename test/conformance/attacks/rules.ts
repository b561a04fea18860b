import type { AccessRule } from '../../../src/core/ir/access.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { spiffeId } from '../../../src/core/ir/principal.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { isStream } from '../harness/sending.ts';

/** An Access rule of a service or gateway, with requests that it decides. */
export interface Guard {
  /** `file:line` of the rule and its owner. */
  readonly name: string;
  readonly effect: 'allow' | 'deny';
  /** Requests that the rule refuses; for an allow, requests that narrowly miss the rule and are refused. */
  readonly refused: readonly Request[];
  /** Requests that the rule accepts, which show that requests can be served there. */
  readonly served: readonly Request[];
}

/**
 * Returns every rule of a mesh with the decisions of `decide` about requests of a pool and about similar requests. A
 * rule about ports that aren't HTTP has neither.
 */
export function guardsOf(ir: Ir, pool: readonly Request[]): readonly Guard[] {
  const asked = distinct(pool.filter((request) => !isStream(ir, request))).map((request) => ask(ir, request));
  const owners = [...Object.values(ir.services), ...Object.values(ir.gateways)];
  return owners.flatMap(({ id, access }) => [
    ...access.allow.map((rule) => guard(ir, id, 'allow', rule, asked)),
    ...access.deny.map((rule) => guard(ir, id, 'deny', rule, asked)),
  ]);
}

interface Asked {
  readonly request: Request;
  readonly refused: boolean;
  readonly served: boolean;
  /** The rules that matched, as `allow file:line:column`. */
  readonly taken: ReadonlySet<string>;
}

function ask(ir: Ir, request: Request): Asked {
  const outcome = decide(ir, request);
  const sure =
    outcome.outcome === 'forwarded' &&
    outcome.refusedShare === undefined &&
    outcome.fault.abort === undefined &&
    outcome.rateLimited.length === 0;
  return {
    request,
    refused: outcome.outcome === 'refused' && outcome.status === 403,
    served: sure,
    taken: new Set(
      outcome.decidedBy.flatMap(({ what, ...origin }) => {
        const effect = /^(allow|deny): this rule takes the call$/.exec(what)?.[1];
        return effect === undefined ? [] : [`${effect} ${place(origin)}`];
      }),
    ),
  };
}

function guard(
  ir: Ir,
  owner: string,
  effect: 'allow' | 'deny',
  rule: AccessRule,
  asked: readonly Asked[],
): Guard {
  const key = `${effect} ${place(rule.origin)}`;
  const taken = asked.filter(({ taken: rules, request }) => rules.has(key) && isAt(request, owner, asked));
  const served = asked.filter(({ served: is }) => is).map(({ request }) => request);
  const own = taken.filter(({ served: is }) => is).map(({ request }) => request);
  const neighbours =
    effect === 'deny'
      ? taken.filter(({ refused }) => refused).map(({ request }) => request)
      : distinct(own.flatMap((request) => misses(ir, request))).filter((request) => ask(ir, request).refused);
  const fallback = effect === 'deny' ? served.filter(({ to }) => to.id === owner) : own;
  return { name: `${owner} ${key}`, effect, refused: neighbours, served: fallback };
}

/** Returns true if a request is decided at a service: a Route may forward a request for another service to it. */
function isAt({ to }: Request, owner: string, asked: readonly Asked[]): boolean {
  return to.id === owner || !asked.some(({ request }) => request.to.id === owner);
}

/** Returns the requests that differ from a request in one part that a rule may compare. */
function misses(ir: Ir, request: Request): readonly Request[] {
  const callers: readonly Request['from'][] = [
    ...Object.keys(ir.services).map((id) => ({ type: 'service', id }) as const),
    { type: 'spiffe', id: `spiffe://${ir.trustDomain}/ns/nowhere/sa/nobody` },
    { type: 'anonymous' },
  ];
  const { headers, claims: _claims, ...bare } = request;
  const from = request.to.type === 'gateway' ? callers.slice(-2) : callers;
  return [
    ...from.map((caller) => ({ ...request, from: caller })),
    ...['GET', 'POST', 'DELETE', 'PATCH'].map((method) => ({ ...request, method })),
    ...[`${request.path.replace(/\/$/, '')}zq9`, '/zq9', `${request.path.replace(/\/$/, '')}/zq9`].map(
      (path) => ({ ...request, path }),
    ),
    ...headers.map((left) => ({ ...request, headers: headers.filter((header) => header !== left) })),
    ...headers.map((changed) => ({
      ...request,
      headers: headers.map((header) =>
        header === changed ? { ...header, value: otherValue(header) } : header,
      ),
    })),
    ...hostsOf(request).map((host) => ({ ...request, host })),
    ...(request.claims === undefined ? [] : [{ ...bare, headers }]),
  ];
}

function otherValue({ name, value }: { readonly name: string; readonly value: string }): string {
  return name === 'cookie' ? value.replace(/=[^;]*/g, '=zq7') : 'zq7';
}

function hostsOf({ to, host }: Request): readonly string[] {
  if (to.type === 'gateway') return host === undefined ? [] : [`zq9.${host}`];
  const [namespace = '', name = ''] = to.id.split('/');
  return [`${name}.${namespace}`, `${name}.${namespace}.svc.cluster.local`];
}

function distinct(requests: readonly Request[]): readonly Request[] {
  return [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()];
}

function place({ file, line, column }: { file: string; line: number; column: number }): string {
  return `${file}:${String(line)}:${String(column)}`;
}

/** Returns the identity of a caller inside the mesh, from its certificate. */
export function identityOf(ir: Ir, { from }: Request): string | undefined {
  if (from.type === 'anonymous') return undefined;
  if (from.type === 'spiffe') return from.id;
  const service = ir.services[from.id];
  return service === undefined ? undefined : spiffeId(service.workload.principal);
}
