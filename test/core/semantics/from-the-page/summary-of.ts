import type { Outcome, Share } from '../../../../src/core/semantics/outcome.ts';

/** An outcome in one line, and the details that requests of this folder compare. */
export interface Summary {
  readonly gives: string;
  readonly service?: string;
  readonly port?: string;
  /** The server name of the TLS that proxies start, or `none`. */
  readonly tls?: string;
  readonly path?: string;
  readonly host?: string;
  readonly timeout?: string;
  readonly tries?: number;
  /** Percentages by version. */
  readonly mirrors?: Readonly<Record<string, number>>;
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

/**
 * Returns the summary of an outcome as the tests of this folder write it; `service`, `port` and `tls` are those of the first
 * backend.
 */
export function summaryOf(outcome: Outcome): Summary {
  if (outcome.outcome === 'redirected')
    return { gives: `redirected ${String(outcome.status)} ${outcome.location}` };
  if (outcome.outcome !== 'forwarded') return { gives: `${outcome.outcome} ${String(outcome.status)}` };
  const [first] = outcome.backends;
  const refused = outcome.refusedShare ?? 0;
  const parts = [
    ...outcome.backends.map((share): [string, number] => [share.version, share.share]),
    ...(refused === 0 ? [] : [['refused', refused] as [string, number]]),
  ];
  const [only] = parts;
  const written =
    parts.length === 1 && only?.[1] === 1
      ? only[0]
      : parts.map(([name, share]) => `${name} ${percent(share)}`).join(', ');
  const { set, add, remove } = outcome.requestHeaders;
  return {
    gives: `forwarded ${written}`,
    ...(first === undefined ? {} : { service: first.service, tls: first.tls?.serverName ?? 'none' }),
    ...(first?.port === undefined ? {} : { port: first.port }),
    path: outcome.rewritten.path,
    host: outcome.rewritten.host,
    timeout: outcome.timeout === 0 ? 'none' : `${String(outcome.timeout / 1000)}s`,
    tries: outcome.tries,
    mirrors: Object.fromEntries(
      outcome.mirrors.map((share: Share) => [share.version, Number(percent(share.share))]),
    ),
    set: Object.fromEntries(set.map(({ name, value }) => [name, value])),
    add: Object.fromEntries(add.map(({ name, value }) => [name, value])),
    remove,
  };
}

function percent(share: number): string {
  return String(Number((share * 100).toFixed(6)));
}
