import type { Report } from '../diagnostics/message.ts';
import { finding } from '../diagnostics/message.ts';
import { escapeControl } from '../lib/escape-control.ts';
import { locate } from '../source/locate.ts';
import { merge } from '../source/merge.ts';
import { messages } from './load-messages.ts';
import type { Written } from './recognise.ts';

/** Returns the key of a document among all documents of a mesh; `undefined` if it has no name. */
export function identity({ kind, namespace, name }: Written): string | undefined {
  return name === undefined ? undefined : `${kind} ${titleOf(namespace, name)}`;
}

/** Returns `shop/reviews`, or only the name if there is no namespace, for messages. */
export function titleOf(namespace: string, name: string): string {
  return escapeControl(namespace === '' ? name : `${namespace}/${name}`);
}

/**
 * Returns the documents of an environment: the base with overlays merged into it, then documents that only overlays
 * have.
 */
export function overlaid(
  base: readonly Written[],
  overlays: readonly Written[],
  report: Report,
): readonly Written[] {
  const documents = new Map<unknown, Written>(
    base.map((document) => [identity(document) ?? document, document]),
  );
  for (const overlay of overlays) {
    const key = identity(overlay) ?? overlay;
    const before = documents.get(key);
    if (overlay.value['spec'] === null) {
      if (before === undefined) report(deletesNothing(overlay));
      documents.delete(key);
    } else documents.set(key, mergedOver(before, overlay, report));
  }
  return [...documents.values()];
}

function mergedOver(base: Written | undefined, overlay: Written, report: Report): Written {
  const onVain = (container: object, key: string) =>
    report(finding(messages, 'MESH1140', locate(container, key, 'key'), { key: escapeControl(key) }));
  return {
    ...overlay,
    ...(base === undefined ? {} : { overlaid: base.value }),
    value: merge(base?.value, overlay.value, onVain) as Written['value'],
    diagnostics: [...(base?.diagnostics ?? []), ...overlay.diagnostics],
    isWhole: overlay.isWhole && (base?.isWhole ?? true),
  };
}

function deletesNothing({ kind, namespace, name = '', value }: Written) {
  const values = { kind, name: titleOf(namespace, name) };
  return finding(messages, 'MESH1141', locate(value, 'spec', 'key'), values);
}
