import type { Header, HeaderChanges } from '../../ir/route.ts';
import type { Forwarded, Outcome } from '../../semantics/outcome.ts';

/** Version of the shape below (cli.md); a minor version only adds fields. */
export const outcomeFormatVersion = '1.1';

/** Header changes as the language writes them; a name added twice has a list. */
export interface DescribedHeaders {
  readonly set: Readonly<Record<string, string>>;
  readonly add: Readonly<Record<string, string | readonly string[]>>;
  readonly remove: readonly string[];
}

/** The output of `mesh explain request --format json`; fields that an outcome doesn't decide are absent. */
export interface DescribedOutcome
  extends Partial<
    Omit<Forwarded, 'outcome' | 'port' | 'portName' | 'requestHeaders' | 'responseHeaders' | 'decidedBy'>
  > {
  readonly formatVersion: string;
  readonly outcome: Outcome['outcome'];
  readonly status?: number;
  readonly reason?: string;
  readonly location?: string;
  /** A port's name, or its number if it has no name. */
  readonly port?: string | number;
  readonly requestHeaders?: DescribedHeaders;
  readonly responseHeaders: DescribedHeaders;
  readonly decidedBy: Outcome['decidedBy'];
}

/** Returns the JSON object for an outcome, with its keys in the order of cli.md. */
export function describeOutcome(outcome: Outcome): DescribedOutcome {
  const responseHeaders = describeHeaders(outcome.responseHeaders);
  const { decidedBy } = outcome;
  if (outcome.outcome !== 'forwarded') {
    return {
      formatVersion: outcomeFormatVersion,
      outcome: outcome.outcome,
      status: outcome.status,
      reason: outcome.reason,
      ...(outcome.outcome === 'redirected' ? { location: outcome.location } : {}),
      responseHeaders,
      decidedBy,
    };
  }
  const { refusedShare, port, portName, timeout, tries, perTryTimeout, retryOn } = outcome;
  return {
    formatVersion: outcomeFormatVersion,
    outcome: 'forwarded',
    backends: outcome.backends,
    ...(refusedShare === undefined ? {} : { refusedShare }),
    port: portName ?? port,
    timeout,
    tries,
    perTryTimeout,
    retryOn,
    mirrors: outcome.mirrors,
    fault: outcome.fault,
    rewritten: outcome.rewritten,
    requestHeaders: describeHeaders(outcome.requestHeaders),
    responseHeaders,
    rateLimited: outcome.rateLimited,
    decidedBy,
  };
}

/** Returns header changes as the language writes them. */
export function describeHeaders({ set, add, remove }: HeaderChanges): DescribedHeaders {
  return { set: Object.fromEntries(set.map(({ name, value }) => [name, value])), add: grouped(add), remove };
}

function grouped(headers: readonly Header[]): DescribedHeaders['add'] {
  const values = new Map<string, readonly string[]>();
  for (const { name, value } of headers) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, all.length === 1 ? (all[0] ?? '') : all]),
  );
}
