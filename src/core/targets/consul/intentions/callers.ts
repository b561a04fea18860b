import type { CallerMatch } from '../../../ir/access.ts';
import type { Ir } from '../../../ir/ir.ts';
import { type Principal, spiffeId } from '../../../ir/principal.ts';
import type { MtlsMode } from '../../../ir/service.ts';
import type { ConsulNames } from '../names.ts';

/** A caller whose name in Consul is known, or all others, of whom nothing but an identity is known. */
export interface Caller {
  /** Names in Consul; `*` for all others. */
  readonly names: readonly string[];
  /** Absent for all others. */
  readonly principal?: Principal;
}

/** The answer to the question whether an entry of a list of callers contains a caller. */
export type Answer = 'yes' | 'no' | 'maybe';

/** Returns the services and gateways of a mesh as callers, in order of their ids, and then all others. */
export function callersOf({ services, gateways }: Ir, names: ConsulNames): readonly Caller[] {
  const known = [...Object.values(services), ...Object.values(gateways)].map(({ id, workload }) => ({
    names: names.ofCaller(id),
    principal: workload.principal,
  }));
  return [...known, { names: ['*'] }];
}

/** Returns the SPIFFE IDs of the accounts of callers. */
export function accountsOf(callers: readonly Caller[]): ReadonlySet<string> {
  return new Set(callers.flatMap(({ principal }) => (principal === undefined ? [] : [spiffeId(principal)])));
}

/** Returns true if a list of callers contains a caller; without a list every caller is in it. */
export function isAmong(
  from: readonly CallerMatch[] | undefined,
  caller: Caller,
  mode: MtlsMode,
  accounts: ReadonlySet<string>,
): Answer {
  if (from === undefined) return 'yes';
  const answers = from.map((match) => answerOf(match, caller, mode, accounts));
  if (answers.includes('yes')) return 'yes';
  return answers.includes('maybe') ? 'maybe' : 'no';
}

function answerOf(
  match: CallerMatch,
  { principal }: Caller,
  mode: MtlsMode,
  accounts: ReadonlySet<string>,
): Answer {
  if (match.type === 'anyone') return 'yes';
  if (mode === 'disabled') return 'no';
  switch (match.type) {
    case 'address':
      return 'no';
    case 'authenticated':
      return 'yes';
    case 'namespace':
      if (principal === undefined) return 'maybe';
      return principal.trustDomain === match.trustDomain && principal.namespace === match.namespace
        ? 'yes'
        : 'no';
    case 'spiffe':
      if (principal === undefined) return accounts.has(match.id) ? 'no' : 'maybe';
      return match.id === spiffeId(principal) ? 'yes' : 'no';
  }
}
