import type { Ir } from '../../../ir/ir.ts';
import { type Port, readsRequests, type Service } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import { headersOfServer } from '../../envoy-filters/read-headers.ts';
import { appClusterName } from '../cluster-name.ts';
import { failureHeaders } from '../failure-marks.ts';
import { inboundRoutesFile } from '../layout.ts';
import { refusedHeaders } from '../refused-requests.ts';
import { accessOfRoutes } from '../server-filters.ts';
import { typed } from '../typed-config.ts';
import { healthRoutes } from './health.ts';
import { rateLimitOfRoutes } from './rate-limit.ts';

/** A RouteConfiguration and the path of the file that contains only it. */
export interface InboundRoutes {
  readonly path: string;
  readonly name: string;
  readonly resource: Json;
}

/**
 * Returns the routes of incoming requests at the instances of a service: they check Access, count, and pass requests to
 * the application.
 */
export function inboundRouteConfigurations(ir: Ir, service: Service): readonly InboundRoutes[] {
  return service.ports
    .filter((port) => readsRequests(service, port))
    .map((port) => routes(ir, service, port));
}

/** Returns the name of the RouteConfiguration of a port. */
export function inboundRoutesName(port: Port): string {
  return `inbound/${port.name}`;
}

function routes(ir: Ir, service: Service, port: Port): InboundRoutes {
  const name = inboundRoutesName(port);
  const toApplication = { cluster: appClusterName(service, port), timeout: '0s', idle_timeout: '0s' };
  // Envoy merges slashes, but keeps two in a path that consists only of slashes.
  const oneSlash = { regex_rewrite: { pattern: { regex: '^//$' }, substitution: '/' } };
  return {
    path: inboundRoutesFile(service, port),
    name,
    resource: typed('envoy.config.route.v3.RouteConfiguration', {
      name,
      validate_clusters: false,
      // Headers by which a proxy reports failures; applications may not set them.
      response_headers_to_remove: failureHeaders,
      virtual_hosts: [
        {
          name: service.id,
          domains: ['*'],
          routes: [
            ...healthRoutes(ir, service, port),
            { name: port.name, match: { path: '//' }, route: { ...toApplication, ...oneSlash } },
            { name: port.name, match: { prefix: '/' }, route: toApplication },
          ],
        },
      ],
      typed_per_filter_config: {
        ...accessOfRoutes(ir, guarded(service, port)),
        ...rateLimitOfRoutes(service),
        ...refusedHeaders(headersOfServer(service)),
      },
    }),
  };
}

function guarded(service: Service, port: Port) {
  return { access: service.access, authentication: service.authentication, port: port.name, http: port.http };
}
