import { parseDuration } from '../../spec/duration.ts';
import { parseSize } from '../../spec/size.ts';
import type { ExternalAuthorization as Written } from '../../spec/types.gen.ts';
import type { ExternalAuthorization } from '../authentication.ts';
import type { Linking } from './linking.ts';
import { servicePort } from './service-port.ts';
import { originOfWritten } from './written.ts';

/** The service that is asked about each request, with its defaults; nothing when it does not exist. */
export function externalAuthorizationOf(
  linking: Linking,
  namespace: string,
  written: Written,
): ExternalAuthorization | undefined {
  const protocol = written.protocol ?? 'grpc';
  const asked = servicePort(linking, namespace, written, protocol);
  if (asked === undefined) return undefined;
  return {
    origin: originOfWritten({ container: written }),
    ...asked,
    protocol,
    timeout: parseDuration(written.timeout ?? '1s'),
    onError: written.onError ?? 'deny',
    includeHeaders: (written.includeHeaders ?? []).map((name) => name.toLowerCase()),
    maxBody: written.maxBody === undefined ? 0 : parseSize(written.maxBody),
  };
}
