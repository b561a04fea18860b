import { parseRequest } from '../../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';

/** A request that is sent repeatedly. */
export interface Probe {
  readonly from: 'web' | 'other' | 'anonymous' | 'gateway';
  readonly to: 'reviews' | 'ratings';
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The answer to a probe; `status` 0 if the connection failed. */
export interface Answer {
  readonly status: number;
  /** The application that answered, if one was reached. */
  readonly application?: { readonly version: string; readonly path: string };
  readonly error?: string;
}

/** Returns the outcome of a probe in a mesh. */
export function meaning(ir: Ir, { from, to, method, path, headers }: Probe): Outcome | undefined {
  const target =
    from === 'gateway'
      ? { gateway: 'shop/public', host: 'shop.example' }
      : { from: caller(from), to: `shop/${to}` };
  const parsed = parseRequest({ ...target, method, path, headers }, ir);
  // For its callers a service that doesn't exist is an unknown host.
  return 'problem' in parsed ? undefined : decide(ir, parsed.request);
}

function caller(from: string): string {
  return from === 'anonymous' ? from : `shop/${from}`;
}

/** Returns true if an answer is the one that a mesh asks for: without such a service, 404 or a closed connection. */
export function fits(
  outcome: Outcome | undefined,
  { status, application }: Answer,
  isDirect: boolean,
): boolean {
  if (outcome === undefined)
    return application === undefined && (status === 404 || (isDirect && status === 0));
  if (outcome.outcome !== 'forwarded') return application === undefined && status === outcome.status;
  if (application === undefined) return false;
  const isBackend = outcome.backends.some(
    ({ version, share }) => share > 0 && version === application.version,
  );
  return application.path === outcome.rewritten.path && (isDirect || isBackend);
}

export function isAllowed(outcome: Outcome | undefined): boolean {
  return outcome?.outcome === 'forwarded';
}
