import { parseDuration } from '../../spec/duration.ts';
import { parseSize } from '../../spec/size.ts';
import type { ExternalAuthorization as Written } from '../../spec/types.gen.ts';
import type { ExternalAuthorization } from '../authentication.ts';
import { accessExceptions } from './access-exceptions.ts';
import { accessOperation } from './access-operations.ts';
import type { Linking } from './linking.ts';
import type { PortOwner } from './ports.ts';
import { servicePort } from './service-port.ts';
import { itemsOf, originOfWritten } from './spec-place.ts';

/** Returns the service that decides about requests to `owner`, with its defaults; undefined if it doesn't exist. */
export function externalAuthorizationOf(
  linking: Linking,
  namespace: string,
  owner: PortOwner,
  written: Written,
): ExternalAuthorization | undefined {
  const protocol = written.protocol ?? 'grpc';
  const asked = servicePort(linking, namespace, written, protocol);
  if (asked === undefined) return undefined;
  const to =
    written.to &&
    itemsOf(written.to).flatMap(([operation, at]) => accessOperation(linking, owner, operation, at) ?? []);
  const except = accessExceptions(linking, namespace, owner, written.except);
  return {
    origin: originOfWritten({ container: written }),
    ...asked,
    protocol,
    timeout: parseDuration(written.timeout ?? '1s'),
    onError: written.onError ?? 'deny',
    includeHeaders: (written.includeHeaders ?? []).map((name) => name.toLowerCase()),
    maxBody: written.maxBody === undefined ? 0 : parseSize(written.maxBody),
    ...(to && { to }),
    ...(except.length > 0 && { except }),
  };
}
