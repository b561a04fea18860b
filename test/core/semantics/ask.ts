import type { Ir } from '../../../src/core/ir/ir.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Forwarded, Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Caller, Request } from '../../../src/core/semantics/request.ts';

/** A request with defaults: `GET /` from shop/web to shop/reviews. */
export interface Asked extends Partial<Omit<Request, 'from' | 'to' | 'headers'>> {
  /** A service, a SPIFFE ID or `anonymous`. */
  readonly from?: string;
  readonly to?: string;
  readonly gateway?: string;
  readonly headers?: readonly (readonly [string, string])[];
}

/** Returns the outcome of one request. */
export function ask(ir: Ir, { from, to, gateway, headers = [], ...rest }: Asked = {}): Outcome {
  return decide(ir, {
    method: 'GET',
    path: '/',
    ...rest,
    from: caller(from ?? (gateway === undefined ? 'shop/web' : 'anonymous')),
    to:
      gateway === undefined
        ? { type: 'service', id: to ?? 'shop/reviews' }
        : { type: 'gateway', id: gateway },
    headers: headers.map(([name, value]) => ({ name, value })),
  });
}

/** Returns the answer in one line, for tables of cases: `refused 403`, `forwarded shop/reviews@v1 0.5, …`. */
export function answer(ir: Ir, asked: Asked = {}): string {
  const outcome = ask(ir, asked);
  if (outcome.outcome !== 'forwarded') return `${outcome.outcome} ${String(outcome.status)}`;
  const shares = outcome.backends.map(
    ({ service, version, share }) => `${service}@${version} ${String(share)}`,
  );
  const refused = outcome.refusedShare === undefined ? '' : `, refused ${String(outcome.refusedShare)}`;
  return `forwarded ${shares.join(', ')}${refused}`;
}

/** Returns the outcome of a request that must be forwarded. */
export function forwarded(ir: Ir, asked: Asked = {}): Forwarded {
  const outcome = ask(ir, asked);
  if (outcome.outcome !== 'forwarded')
    throw new Error(`${outcome.outcome} ${String(outcome.status)}: ${outcome.reason}`);
  return outcome;
}

function caller(from: string): Caller {
  if (from === 'anonymous') return { type: 'anonymous' };
  return from.startsWith('spiffe://') ? { type: 'spiffe', id: from } : { type: 'service', id: from };
}
