import { findNamed } from '../../../core/explain/request/find-named.ts';
import type { Ir } from '../../../core/ir/ir.ts';
import { UsageError } from '../../../core/usage-error.ts';

/** The address at which a caller's requests enter a live mesh. */
export interface LivePlace {
  readonly host: string;
  readonly port: number;
  /** True if the address speaks TLS. */
  readonly isSecure: boolean;
}

/** Returns the key of an entry: a service and a gateway may have one name. */
export function entryKey(kind: 'service' | 'gateway', id: string): string {
  return `${kind}:${id}`;
}

/**
 * Reads `CALLER=URL` of `--live`: the URL at which the proxy of a service takes its calls, or at which a gateway listens.
 * `service:` or `gateway:` before the name tells the two apart, by the same keys as `entryKey`. Throws a UsageError (64) for anything else.
 */
export function livePlaces(written: readonly string[], ir: Ir): ReadonlyMap<string, LivePlace> {
  return new Map(
    written.map((one) => {
      const equals = one.indexOf('=');
      const url = URL.parse(one.slice(equals + 1));
      if (equals < 1 || url === null || !['http:', 'https:'].includes(url.protocol))
        throw new UsageError(
          `--live ${one}: write CALLER=URL, such as shop/web=http://127.0.0.1:15001 or infra/public=https://shop.example`,
        );
      const entry = entryNamed(one, one.slice(0, equals), ir);
      const isSecure = url.protocol === 'https:';
      const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
      return [entry, { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port, isSecure }];
    }),
  );
}

/** Returns the key of the service or gateway of a name. */
function entryNamed(written: string, name: string, ir: Ir): string {
  const [, only, reference = name] = /^(service|gateway):(.*)$/.exec(name) ?? [];
  const kinds = (['service', 'gateway'] as const).filter((kind) => only === undefined || only === kind);
  const recordsOf = (kind: 'service' | 'gateway'): Ir['services'] | Ir['gateways'] =>
    kind === 'service' ? ir.services : ir.gateways;
  const found = kinds.flatMap((kind) => {
    const one = findNamed(reference, kind, [recordsOf(kind)], ['default']);
    return 'problem' in one ? [] : [entryKey(kind, one.id)];
  });
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  if (first !== undefined)
    throw new UsageError(
      `--live ${written}: ${reference} is a service and a gateway: write ${found.map((key) => `${key}=URL`).join(' or ')}`,
    );
  const none = findNamed(reference, kinds.join(' or '), kinds.map(recordsOf), ['default']);
  throw new UsageError(`--live ${written}: ${'problem' in none ? none.problem : `no ${reference}`}`);
}
