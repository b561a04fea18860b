import type { Field } from '../../../import/field.ts';
import { referenceOf } from './references.ts';
import type { Resource } from './resource.ts';

/** A virtual service that a node may call, and the place that says so. */
export interface CalledService {
  /** The id of the VirtualService. */
  readonly virtualService: string;
  readonly from: Field;
}

type Groups = ReadonlyMap<string, readonly (readonly [string, Field])[]>;

/** Reads the virtual services that a node or a gateway may call. */
export function readBackends(
  { spec, namespace, refers }: Resource,
  groups: Groups,
): readonly CalledService[] {
  readClientPolicy(spec.along('backendDefaults', 'clientPolicy'));
  const single = spec
    .at('backends')
    .items()
    .flatMap((item): readonly CalledService[] => {
      const service = item.at('virtualService');
      readClientPolicy(service.at('clientPolicy'));
      const id = refers.toService(service);
      return id === undefined ? [] : [{ virtualService: id, from: item }];
    });
  const grouped = spec
    .at('backendGroups')
    .items()
    .flatMap((item): readonly CalledService[] => {
      const id = referenceOf(item, namespace);
      const members = id === undefined ? undefined : groups.get(id);
      if (members === undefined)
        item.lost({
          callers: 'the group is not among the input, so calls by it are refused',
          access: 'narrower',
        });
      return (members ?? []).map(([virtualService]) => ({ virtualService, from: item }));
    });
  return [...single, ...grouped];
}

/** Accounts for the TLS that callers start: between proxies of the language it is always started and checked. */
export function readClientPolicy(policy: Field): void {
  const tls = policy.at('tls');
  if (policy.isPresent && !tls.isPresent) policy.withoutEffect('it says nothing');
  const why = 'proxies start TLS where the other side has it, and check the account of the server';
  for (const name of ['enforce', 'ports', 'certificate', 'validation']) tls.at(name).withoutEffect(why);
}
