import type { Location } from '../location.ts';
import { Field, type ReportMalformed } from './field.ts';

/**
 * One document of native configuration. The header is that of Kubernetes objects, with empty texts for what the document
 * doesn't have; a reader of another form reads `root`.
 */
export interface NativeDocument {
  readonly root: Field;
  /** API group, empty for the core group: `apps` of `apps/v1`. */
  readonly group: string;
  readonly kind: string;
  /** The namespace as written; empty if there is none. */
  readonly namespace: string;
  readonly name: string;
  readonly location: Location;
}

/** Returns a map of a file as a native document; an item of a typed list has its kind and version from the list. */
export function nativeDocument(
  value: Readonly<Record<string, unknown>>,
  location: Location,
  malformed: ReportMalformed,
  header: { readonly apiVersion?: unknown; readonly kind?: unknown } = value,
): NativeDocument {
  const metadata = isMap(value['metadata']) ? value['metadata'] : {};
  const apiVersion = textOf(header.apiVersion);
  const slash = apiVersion.indexOf('/');
  return {
    root: Field.root(value, malformed),
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    kind: textOf(header.kind),
    namespace: textOf(metadata['namespace']),
    name: textOf(metadata['name']),
    location,
  };
}

/**
 * Returns the name of a document for people: `VirtualService shop/reviews`, or `MeshTimeout slow` for a document of another
 * form with a type and a name of its own.
 */
export function documentName(document: NativeDocument): string {
  const [type = 'document'] = [document.kind, said('type')].filter((one) => one !== '');
  const [name = ''] = [document.name, said('name'), said('Name')].filter((one) => one !== '');
  const whole = [document.namespace, name].filter((part) => part !== '').join('/');
  return whole === '' ? type : `${type} ${whole}`;

  function said(field: string): string {
    return document.group === '' ? textOf(document.root.at(field).value) : '';
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
