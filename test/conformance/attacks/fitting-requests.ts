import type { AccessCondition, AccessOperation, AccessRule } from '../../../src/core/ir/access.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { HeaderMatch, PathMatch, StringMatch } from '../../../src/core/ir/match.ts';
import type { Request } from '../../../src/core/semantics/request.ts';

/**
 * Returns requests that fit a rule: one for each entry of `to`, entry of `when` and caller. Callers may fail the rule's
 * `from` and `except`.
 */
export function fittingRequests(ir: Ir, owner: string, rule: AccessRule): readonly Request[] {
  const isGateway = ir.gateways[owner] !== undefined;
  const callers: readonly Request['from'][] = [
    { type: 'anonymous' },
    ...(isGateway ? [] : Object.keys(ir.services).map((id) => ({ type: 'service', id }) as const)),
    ...(rule.from ?? []).flatMap((match) =>
      match.type === 'spiffe' ? [{ type: 'spiffe', id: match.id } as const] : [],
    ),
  ];
  return (rule.to ?? [undefined]).flatMap((operation) =>
    (rule.when ?? [undefined]).flatMap((condition) =>
      callers.flatMap((from) => requestsFrom(ir, owner, from, operation, condition)),
    ),
  );
}

function requestsFrom(
  ir: Ir,
  owner: string,
  from: Request['from'],
  operation: AccessOperation | undefined,
  condition: AccessCondition | undefined,
): readonly Request[] {
  const ports = ir.services[owner]?.ports.filter(({ http }) => http) ?? ir.gateways[owner]?.listeners ?? [];
  const host = operation?.hosts?.[0]?.replace(/^\*/, 'zq');
  return ports
    .filter(({ name }) => operation?.ports?.includes(name) ?? true)
    .map(({ name }) => ({
      from,
      to: { type: ir.gateways[owner] === undefined ? 'service' : 'gateway', id: owner },
      port: name,
      method: operation?.methods?.[0] ?? 'GET',
      path: pathOf(operation?.paths?.[0]),
      headers: (operation?.headers ?? []).flatMap(headerOf),
      ...(host === undefined ? {} : { host }),
      ...(condition === undefined ? {} : { claims: claimsOf(ir, owner, condition) }),
    }));
}

/** Returns `/` for a regular expression: only requests written in the case fit one. */
function pathOf(match: PathMatch | undefined): string {
  return match === undefined || match.type === 'regex' || match.value === '' ? '/' : match.value;
}

function headerOf({ name, cookie, match, negated }: HeaderMatch): Request['headers'] {
  const value = valueOf(match);
  if (negated) return [];
  if (value === undefined) return [];
  return [{ name, value: cookie === undefined ? value : `${cookie}=${value}` }];
}

function valueOf(match: StringMatch): string | undefined {
  if (match.type === 'present') return match.value ? 'yes' : undefined;
  return match.type === 'regex' ? undefined : match.value;
}

function claimsOf(ir: Ir, owner: string, condition: AccessCondition): Readonly<Record<string, unknown>> {
  const authentication = (ir.services[owner] ?? ir.gateways[owner])?.authentication;
  const issuer =
    authentication?.issuers.find(
      (one) => condition.issuer === undefined || one.issuer === condition.issuer,
    ) ?? authentication?.issuers[0];
  const claims: Record<string, unknown> = {
    iss: issuer?.issuer,
    ...(issuer?.audiences === undefined ? {} : { aud: issuer.audiences[0] }),
  };
  for (const { path, values } of condition.claims) {
    let inside = claims;
    for (const name of path.slice(0, -1)) inside = (inside[name] ??= {}) as Record<string, unknown>;
    inside[path.at(-1) ?? ''] = values[0];
  }
  return claims;
}
