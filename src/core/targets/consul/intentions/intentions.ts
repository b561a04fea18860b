import type { Artifact } from '../../artifact.ts';
import type { Limit } from '../../target.ts';
import { type Lowering, namedPorts } from '../context.ts';
import { entry } from '../entry.ts';
import { accountsOf, callersOf } from './callers.ts';
import { type Narrowed, portIntentions } from './port-intentions.ts';

/** Returns the intentions of each port: one entry says everything about it. */
export function intentions(lowering: Lowering): readonly Artifact[] {
  const { ir, names, options } = lowering;
  const callers = callersOf(ir, names);
  const accounts = accountsOf(callers);
  return namedPorts(lowering).map((own) => {
    const { service, name } = own;
    const { allow, deny } = service.access;
    return entry(
      {
        kind: 'ServiceIntentions',
        namespace: service.namespace,
        name,
        from: `Service/${service.id}`,
        origins: [service.origin, ...[...allow, ...deny].map(({ origin }) => origin)],
        spec: { destination: { name }, sources: portIntentions(own, callers, accounts).sources },
      },
      options,
    );
  });
}

const reasons: Readonly<Partial<Record<Narrowed['feature'], readonly [reason: string, callers: string]>>> = {
  'access.identity': [
    'intentions of Consul name services, and only those of the mesh are written',
    'callers that the mesh does not name are refused',
  ],
  'access.deny': [
    'intentions of Consul name services, so that callers which the mesh does not name can not be told apart',
    'callers that the mesh does not name are refused, too',
  ],
  'access.except': [
    'the first permission of an intention that fits decides, and no order leaves out exactly these requests',
    'more calls are refused than the exception says',
  ],
};

/** Returns the rules of Access of which Consul lets fewer calls through than the spec. */
export function intentionLimits(lowering: Lowering): readonly Limit[] {
  const { ir, names } = lowering;
  const callers = callersOf(ir, names);
  const accounts = accountsOf(callers);
  return namedPorts(lowering).flatMap((own) =>
    portIntentions(own, callers, accounts).narrowed.map(({ feature, origin }) => {
      const [reason = '', noticed = ''] = reasons[feature] ?? [];
      return { feature, reason, callers: noticed, origin };
    }),
  );
}
