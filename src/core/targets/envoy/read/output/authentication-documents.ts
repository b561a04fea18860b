import type { ReadDocument } from '../../../../import/read-document.ts';
import type { ReadPort } from './inbound-routes.ts';
import type { Reading } from './reading.ts';
import type { ReadService } from './services.ts';

/** Returns the Authentications of services; all of their ports have the same. */
export function authenticationDocuments(
  reading: Reading,
  services: readonly ReadService[],
  ports: ReadonlyMap<string, ReadPort>,
): readonly ReadDocument[] {
  return services.flatMap(({ id, known }): readonly ReadDocument[] => {
    const own = known.ports.flatMap(({ name }) => ports.get(`${id} ${name}`) ?? []);
    const asked = own.filter((one) => one.asked !== undefined);
    const [first] = asked;
    if (first?.asked === undefined) return [];
    for (const other of own)
      if (JSON.stringify(other.asked) !== JSON.stringify(first.asked))
        reading.disagree(`the checks of ${id}`, first.field, other.field);
    const [namespace = '', name = ''] = id.split('/');
    return [
      {
        kind: 'Authentication',
        namespace,
        name,
        spec: { services: [name], externalAuthorization: first.asked },
        from: [],
        beside: id,
      },
    ];
  });
}
