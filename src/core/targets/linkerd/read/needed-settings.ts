import { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import { readEjection } from './service-settings.ts';

/** The annotation by which this tool's own Servers name the annotations that a Service has to have. */
export const neededAnnotations = 'meshwright.dev/needs-annotations';

/** Reads the annotations of Services that the Servers of this tool's own output name. */
export function readNeeded(document: NativeDocument): readonly ReadDocument[] {
  const field = document.root.along('metadata', 'annotations', neededAnnotations);
  const text = field.text();
  if (text === undefined) return [];
  return Object.entries(recordOf(text)).flatMap(([key, annotations]): readonly ReadDocument[] => {
    const [kind, namespace = '', name = ''] = key.split('/');
    if (kind !== 'Service' || typeof annotations !== 'object' || annotations === null) return [];
    const outlierDetection = readEjection(Field.root(annotations, () => undefined));
    if (outlierDetection === undefined) return [];
    return [
      { kind, namespace, name, spec: { outlierDetection }, from: [field], beside: `${namespace}/${name}` },
    ];
  });
}

function recordOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
