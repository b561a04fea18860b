import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';

const why = 'a ServiceProfile of the service turns its routes off';

/** Returns the routes without those of services with a ServiceProfile alone, which it accounts for. */
export function withoutProfiled(
  documents: readonly NativeDocument[],
  profiled: ReadonlySet<string>,
  context: ReadContext,
): readonly NativeDocument[] {
  return documents.filter((document) => {
    const refs = document.root.along('spec', 'parentRefs');
    const list = Array.isArray(refs.value) ? refs.value.map((_one, index) => refs.item(index)) : [];
    const isOff =
      list.length > 0 &&
      list.every((ref) => {
        const own = ref.at('namespace').value ?? context.namespaceOf(document);
        const name = ref.at('name').value;
        const isNamed = typeof own === 'string' && typeof name === 'string';
        return ref.at('kind').value === 'Service' && isNamed && profiled.has(`${own}/${name}`);
      });
    if (isOff) {
      readHeader(document);
      document.root.at('spec').withoutEffect(why);
    }
    return !isOff;
  });
}
