import { formatSource } from '../format/format-source.ts';
import { escapeControl } from '../lib/escape-control.ts';
import { formatOrigin } from '../location.ts';
import type { MeshSpec } from '../spec/types.gen.ts';
import { printDocument } from './print-document.ts';
import type { ReadDocument } from './read-document.ts';

/** A file of the new mesh repository. */
export interface ImportedFile {
  /** Relative to the root of the mesh, `/`-separated. */
  readonly file: string;
  readonly text: string;
}

/** A comment above the first field of a name. */
export interface FieldComment {
  readonly field: string;
  readonly comment: string;
}

/** Folders with a meaning of their own in a mesh repository, which a namespace of this name can't have. */
const reserved: ReadonlySet<string> = new Set(['environments', 'out', 'build', 'node-modules']);

/**
 * Lays documents out as people would: mesh.yaml, a folder for each namespace, in it a file for each service with its
 * Routes and Accesses, and a file for each other document. Comments name the places of the native configuration; `comment` stands
 * above a field of the Mesh.
 */
export function layOut(
  mesh: MeshSpec,
  name: string,
  documents: readonly ReadDocument[],
  comment?: FieldComment,
): readonly ImportedFile[] {
  const files = new Map<string, string[]>();
  const add = (file: string, text: string): void => {
    files.set(file, [...(files.get(file) ?? []), text]);
  };
  const own = printDocument({ kind: 'Mesh', metadata: { name }, spec: mesh }, []);
  add('mesh.yaml', comment === undefined ? own : commented(own, comment));
  for (const document of [...documents].sort(inOrder)) add(fileOf(document), textOf(document));
  return [...files]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([file, texts]) => ({ file, text: formatted(file, texts.join('---\n')) }));
}

/** Puts a comment above the line of a field. */
function commented(text: string, { field, comment }: FieldComment): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes(` ${field}:`));
  const line = lines[at] ?? '';
  const indent = line.slice(0, line.length - line.trimStart().length);
  return lines.toSpliced(Math.max(at, 0), 0, `${indent}# ${comment}`).join('\n');
}

/** The order of documents within a file. */
const kinds: readonly ReadDocument['kind'][] = [
  'Profile',
  'Gateway',
  'Service',
  'External',
  'Route',
  'Access',
  'Authentication',
];

function inOrder(one: ReadDocument, other: ReadDocument): number {
  return (
    compareText(one.namespace, other.namespace) ||
    kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
    compareText(one.name, other.name)
  );
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function fileOf({ kind, namespace, name, beside }: ReadDocument): string {
  if (kind === 'Profile') return `profiles/${name}.yaml`;
  const [home = namespace, service = name] = beside?.split('/') ?? [];
  const folder = reserved.has(home) ? `${home}-namespace` : home;
  // A folder with a mesh.yaml is a mesh of its own.
  return `${folder}/${service === 'mesh' ? 'mesh-service' : service}.yaml`;
}

function textOf({ kind, namespace, name, spec, from }: ReadDocument): string {
  const metadata = namespace === '' || namespace === 'default' ? { name } : { name, namespace };
  const places = [...new Set(from.map(({ origin }) => escapeControl(formatOrigin(origin))))];
  return printDocument({ kind, metadata, spec }, places);
}

/** Returns the text as `mesh fmt` writes it. */
function formatted(file: string, text: string): string {
  return formatSource({ file, bytes: new TextEncoder().encode(text) }).text;
}
