import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { ServiceNames } from './services.ts';

/**
 * Returns the names of splitters that only divide the requests of routes: no instance has the name, no other entry is about it,
 * and the shares go to other services. Nothing of such a name is a service of the mesh. Without the services of the
 * input nobody knows which names have instances.
 */
export function dividers(
  documents: readonly NativeDocument[],
  names: ServiceNames,
  { inventory, namespaceOf }: ReadContext,
): ReadonlySet<string> {
  if (inventory.services.length === 0) return new Set();
  const ofKind = (...kinds: readonly string[]): readonly NativeDocument[] =>
    documents.filter(({ kind }) => kinds.includes(kind));
  const others = new Set(
    ofKind('ServiceRouter', 'ServiceResolver', 'ServiceIntentions').map(
      ({ root, name }) => textOf(root.along('spec', 'destination', 'name')) ?? name,
    ),
  );
  const called = new Set(
    ofKind('ServiceRouter').flatMap(({ root }) =>
      items(root.along('spec', 'routes')).flatMap((one) => textOf(one.along('destination', 'service')) ?? []),
    ),
  );
  const elsewhere = ofKind('IngressGateway', 'HTTPRoute', 'TCPRoute', 'ServiceDefaults')
    .map(({ root }) => JSON.stringify(root.value))
    .join('\n');
  const found = ofKind('ServiceSplitter').filter((document) => {
    const { name, root } = document;
    const shares = items(root.along('spec', 'splits')).map((one) => textOf(one.at('service')));
    return (
      called.has(name) &&
      !others.has(name) &&
      names.known(name, namespaceOf(document)) === undefined &&
      shares.length > 0 &&
      shares.every((one) => one !== undefined && one !== name) &&
      // A ServiceDefaults has the name once, as its own.
      elsewhere.split(`"name":"${name}"`).length <= 2
    );
  });
  for (const { root } of found)
    root
      .along('metadata', 'name')
      .differently({ callers: 'nobody calls this name, which only divides the requests of routes' });
  return new Set(found.map(({ name }) => name));
}

function items(list: Field): readonly Field[] {
  return Array.isArray(list.value) ? list.value.map((_one, index) => list.item(index)) : [];
}

function textOf({ value }: Field): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
