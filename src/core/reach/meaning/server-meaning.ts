import type { Access } from '../../ir/access.ts';
import type { Ir } from '../../ir/ir.ts';
import { type Port, readsRequests, type Service } from '../../ir/service.ts';
import { connect } from '../../semantics/connection.ts';
import { serviceLimits } from '../../semantics/limits.ts';
import { any } from '../condition.ts';
import { branch, type Meaning } from '../meaning.ts';
import { ruleCondition } from './access-condition.ts';
import { failure, failureOf } from './labels.ts';
import type { SymbolicArrival } from './symbolic-arrival.ts';
import { type Checked, tokenMeaning } from './token-meaning.ts';

/** The label of a server that accepts a request. */
export interface AcceptedLabel {
  readonly accepted: true;
  /** Headers from claims: names with the paths of the claims, and names that callers can't write. */
  readonly claims: readonly object[];
  readonly reserved: readonly string[];
  readonly limits: readonly object[];
}

/** Returns the meaning of the server's rows for one port of a service, as `checkServer` decides. */
export function serverMeaning(
  ir: Ir,
  service: Service,
  port: Port,
  presented: string | undefined,
  arrival: SymbolicArrival,
): Meaning {
  const connection = connect(ir, service, port, presented);
  if (connection.failure !== undefined) return { label: failureOf(connection.failure) };
  const http = readsRequests(service, port);
  const authentication = http ? service.authentication : undefined;
  const reserved =
    authentication?.issuers.flatMap((one) => one.claimHeaders.map(({ header }) => header)) ?? [];
  const received = {
    ...arrival,
    port: { name: port.name, number: port.number, http },
    identity: connection.identity,
    reserved: [...arrival.reserved, ...reserved],
  };
  const limits = http ? serviceLimits(service) : [];
  return tokenMeaning(authentication, arrival.hasToken, (token) => {
    const accepted: AcceptedLabel = {
      accepted: true,
      claims: token?.claimHeaders ?? [],
      reserved,
      limits,
    };
    // A server that only sees connections closes them, so the proxy that routes has no answer to pass on.
    const status = port.http && !http ? 503 : 403;
    return accessMeaning(service.access, received, token, status, () => ({ label: accepted }));
  });
}

/** Returns the meaning of row 403, and what follows for calls that pass. */
export function accessMeaning(
  access: Access,
  arrival: SymbolicArrival,
  token: Checked,
  status: number,
  next: () => Meaning,
): Meaning {
  const hasToken = token !== undefined;
  const refused = (): Meaning => ({ label: failure('refused', status) });
  const denied = any(access.deny.map((rule) => ruleCondition(rule, 'deny', arrival, hasToken)));
  return branch(denied, refused, () => {
    if (!access.closed) return next();
    const allowed = any(access.allow.map((rule) => ruleCondition(rule, 'allow', arrival, hasToken)));
    return branch(allowed, next, refused);
  });
}
