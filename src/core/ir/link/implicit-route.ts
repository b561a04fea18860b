import type { Retries } from '../retries.ts';
import type { Route } from '../route.ts';
import type { Settings } from '../settings.ts';
import type { Destination } from './destinations.ts';
import { noHeaderChanges } from './header-changes.ts';
import type { DeclaredPort } from './ports.ts';
import { defaultMethods } from './retries.ts';

/**
 * Returns the Route of a port without Route documents: one rule, to all versions alike, with the settings of the
 * destination.
 */
export function implicitRoute(destination: Destination, port: DeclaredPort): Route {
  const { id, settings } = destination;
  const { origin } = port;
  const timeoutOrigin = settings.origins['timeout'];
  const retries = port.http ? retriesAt(settings, port) : undefined;
  return {
    origin,
    implicit: true,
    name: id.slice(id.indexOf('/') + 1),
    rules: [
      {
        origin,
        matches: [],
        action: {
          type: 'forward',
          backends: [{ origin, service: id, port: port.name, weight: 1 }],
          timeout: port.http ? settings.timeout : 0,
          ...(port.http && timeoutOrigin && { timeoutOrigin }),
          ...(retries && { retries }),
          mirrors: [],
          requestHeaders: noHeaderChanges,
        },
        responseHeaders: noHeaderChanges,
      },
    ],
  };
}

function retriesAt({ retries, origins }: Settings, port: DeclaredPort): Retries | undefined {
  if (retries === undefined || origins['retries.methods'] !== undefined) return retries;
  return { ...retries, methods: defaultMethods(port.protocol === 'grpc') };
}
