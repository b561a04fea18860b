import { defined } from '../../../import/defined.ts';
import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { versionTaken } from '../../../import/inventory.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Backend, RouteRule } from '../../../spec/types.gen.ts';
import type { Grants } from './grants.ts';

/** The route that backends stand in. */
export interface RouteHome {
  /** True if requests may arrive with another port than that of their scheme, so that a redirect has to name one. */
  readonly namesPort: boolean;
  readonly kind: string;
  readonly namespace: string;
  /** True for a parent that is a Gateway: references to other namespaces need a grant. */
  readonly isAtGateway: boolean;
  readonly protocol: 'http' | 'grpc' | 'tls' | 'tcp';
  readonly grants: Grants;
  readonly context: ReadContext;
  /** Settings of the whole route. */
  readonly settings?: Pick<RouteRule, 'timeout' | 'retries'>;
}

/** Reads a reference to a backend; returns undefined if its share of calls fails natively, too, or can't be said. */
export function readBackend(ref: Field, home: RouteHome): Backend | undefined {
  const { namespace } = home;
  ref.at('group').text();
  const kind = ref.at('kind').text() ?? 'Service';
  const name = ref.at('name').text() ?? '';
  const own = ref.at('namespace').text() ?? namespace;
  ref.at('port').port();
  if (kind !== 'Service') {
    ref.lost({
      callers: `a ${kind} takes no calls here, and the other backends take its share: write a Service or an External`,
    });
    return undefined;
  }
  if (home.isAtGateway && !home.grants.allows(home.kind, namespace, own, name)) {
    ref.differently({
      callers:
        'no ReferenceGrant lets the route name this Service, so its share of calls fails, and goes to the other backends of the rule',
    });
    return undefined;
  }
  if (!isDnsLabel(name)) {
    ref.differently({ callers: 'no Service can have this name, so its share of calls fails' });
    return undefined;
  }
  return knownBackend(ref, own, name, home);
}

/** A Service of the input, or one that stands for a version of another; any other is guessed. */
function knownBackend(
  ref: Field,
  own: string,
  name: string,
  { namespace, context, protocol }: RouteHome,
): Backend {
  const portField = ref.at('port');
  const port = portField.port();
  const id = `${own}/${name}`;
  const version = context.inventory.versionOf(id);
  if (version !== undefined) ref.at('name').differently(versionTaken(version));
  const service = version?.service ?? context.inventory.service(id);
  const whole = version?.service.name ?? name;
  const short = own === namespace ? whole : `${own}/${whole}`;
  if (service === undefined) {
    const guessed = context.guess(id, { protocol, ...defined({ port }) }, ref.at('name'));
    return { service: short, ...defined({ port: guessed }) };
  }
  const found = service.ports.find((one) => one.port === port);
  if (found === undefined)
    portField.differently({
      callers: 'the Service has no such port, so these calls fail; the usual port is written',
    });
  return {
    service: short,
    ...(version && { version: version.version }),
    ...(found === undefined || service.ports.length === 1 ? {} : { port: found.name }),
  };
}
