import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { locatePath } from '../source/locate.ts';
import { messages } from './load-messages.ts';
import { identity, titleOf } from './overlay.ts';
import type { Written } from './recognise.ts';

/**
 * Reports documents that have the kind, namespace and name of an earlier one; the finding also has the place of the
 * first.
 */
export function duplicates(documents: readonly Written[]): readonly Diagnostic[] {
  const first = new Map<string, Written>();
  const found: Diagnostic[] = [];
  for (const document of documents) {
    const key = identity(document);
    if (key === undefined) continue;
    const other = first.get(key);
    if (other === undefined) first.set(key, document);
    else found.push(duplicate(document, other));
  }
  return found;
}

function duplicate({ kind, namespace, name = '', value }: Written, first: Written): Diagnostic {
  const related = [{ location: nameOf(first.value), message: 'the first one is here' }];
  const values = { kind, name: titleOf(namespace, name) };
  return finding(messages, 'MESH1130', nameOf(value), values, { related });
}

function nameOf(value: object) {
  return locatePath(value, ['metadata', 'name']);
}
