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

/**
 * Reads `CALLER=URL` of `--live`: the URL at which the proxy of a service takes its calls, or at which a gateway listens.
 * Throws a UsageError (64) for anything else.
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
      const found = findNamed(
        one.slice(0, equals),
        'service or gateway',
        [ir.services, ir.gateways],
        ['default'],
      );
      if ('problem' in found) throw new UsageError(`--live ${one}: ${found.problem}`);
      const isSecure = url.protocol === 'https:';
      const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
      return [found.id, { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port, isSecure }];
    }),
  );
}
