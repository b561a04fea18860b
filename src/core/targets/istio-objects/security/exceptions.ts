import type { AccessException, AccessOperation } from '../../../ir/access.ts';
import { append } from '../../../lib/append.ts';
import type { PolicyOperation, PolicyRule } from '../crds/parts.ts';
import type { Guarded } from './guarded.ts';
import { requestConditions } from './operations.ts';
import { principals } from './sources.ts';

/** Exceptions in Istio's form: callers and parts of requests that a rule excludes. */
export interface SaidExceptions {
  readonly notPrincipals: readonly string[];
  readonly operation: PolicyOperation;
}

/**
 * Returns exceptions in Istio's form, or undefined if it has none. Each exception must be about callers only, or about
 * one kind of condition on requests that a policy can fully express; in the second case all ports must carry only
 * requests.
 */
export function sayExceptions(
  exceptions: readonly AccessException[],
  guarded: Guarded,
): SaidExceptions | undefined {
  const notPrincipals: string[] = [];
  const operation: Record<'notMethods' | 'notPaths' | 'notHosts', string[]> = {
    notMethods: [],
    notPaths: [],
    notHosts: [],
  };
  for (const { from, to } of exceptions) {
    const named = from?.filter((match) => match.type !== 'address');
    if (named?.length !== from?.length) return undefined;
    const callers = to === undefined ? principals(named) : undefined;
    if (callers !== undefined) append(notPrincipals, callers);
    for (const one of to ?? []) {
      const said = from === undefined ? sayOperation(one, guarded) : undefined;
      if (said === undefined) return undefined;
      append(operation[said.field], said.values);
    }
    if (callers === undefined && to === undefined) return undefined;
  }
  const filled = Object.entries(operation).filter(([, values]) => values.length > 0);
  return { notPrincipals: [...new Set(notPrincipals)], operation: Object.fromEntries(filled) };
}

/**
 * Returns the exceptions at a port that doesn't carry requests, where exceptions about requests never fit. Returns
 * undefined if every caller is an exception.
 */
export function streamExceptions(
  exceptions: readonly AccessException[],
  port: string,
): SaidExceptions | undefined {
  const fitting = exceptions.filter(
    ({ to }) => to?.some((one) => isOfPorts(one) && (one.ports?.includes(port) ?? true)) ?? true,
  );
  const notPrincipals: string[] = [];
  for (const { from } of fitting) {
    const callers = principals(from?.filter((match) => match.type !== 'address'));
    if (callers === undefined) return undefined;
    append(notPrincipals, callers);
  }
  return { notPrincipals: [...new Set(notPrincipals)], operation: {} };
}

function isOfPorts({ methods, paths, hosts, headers }: AccessOperation): boolean {
  return [methods, paths, hosts, headers].every((part) => part === undefined);
}

/** Returns a rule of a policy that excludes the exceptions. */
export function withExceptions(rule: PolicyRule, { notPrincipals, operation }: SaidExceptions): PolicyRule {
  const sources = rule.from ?? [{ source: {} }];
  const operations = rule.to ?? [{ operation: {} }];
  return {
    ...rule,
    ...(notPrincipals.length > 0 && {
      from: sources.map(({ source }) => ({ source: { ...source, notPrincipals } })),
    }),
    ...(Object.keys(operation).length > 0 && {
      to: operations.map((one) => ({ operation: { ...one.operation, ...operation } })),
    }),
  };
}

function sayOperation(
  asked: AccessOperation,
  guarded: Guarded,
):
  | { readonly field: 'notMethods' | 'notPaths' | 'notHosts'; readonly values: readonly string[] }
  | undefined {
  const { methods, paths, hosts } = requestConditions(asked, guarded);
  const conditions = [
    { field: 'notMethods', said: methods },
    { field: 'notPaths', said: paths },
    { field: 'notHosts', said: hosts },
  ] as const;
  const [first] = conditions.filter(({ said }) => said !== undefined);
  const written = [asked.ports, asked.methods, asked.paths, asked.hosts, asked.headers];
  const single = written.filter((part) => part !== undefined).length === 1;
  const requestsOnly = guarded.ports.every(({ http }) => http);
  if (!single || !requestsOnly || first?.said?.whole !== true) return undefined;
  return { field: first.field, values: first.said.values };
}
