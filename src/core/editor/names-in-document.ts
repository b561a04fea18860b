import type { ParsedDocument } from '../source/construct.ts';
import { spanAlong } from '../source/locate.ts';
import { locationAt } from '../source/span.ts';
import { isKind, kindsWithoutNamespace } from '../spec/kinds.ts';
import { type WrittenReference, writtenReferences } from '../spec/written-references.ts';
import type { NameUse } from './name-use.ts';

/** Returns every name of a service, gateway, version or namespace in a document, defined or referred to. */
export function namesInDocument({ value }: ParsedDocument): readonly NameUse[] {
  const kind = field(value, 'kind');
  if (
    typeof value !== 'object' ||
    value === null ||
    !isKind(kind) ||
    field(value, 'apiVersion') !== 'mesh/v1'
  )
    return [];
  const metadata = field(value, 'metadata');
  const written = field(metadata, 'namespace');
  const namespace = typeof written === 'string' ? written : 'default';
  const name = field(metadata, 'name');
  const found: NameUse[] = [];
  const walk = { root: value, found };
  if (typeof written === 'string' && !kindsWithoutNamespace.has(kind))
    add(walk, ['metadata', 'namespace'], {
      thing: 'namespace',
      id: written,
      name: written,
      isDefinition: true,
    });
  const thing = ({ Service: 'service', External: 'service', Gateway: 'gateway' } as const)[kind as 'Service'];
  if (typeof name === 'string' && (thing as string | undefined) !== undefined)
    add(walk, ['metadata', 'name'], { thing, id: `${namespace}/${name}`, name, isDefinition: true });
  if (kind === 'Service' && typeof name === 'string') addVersions(walk, `${namespace}/${name}`);
  for (const reference of writtenReferences(value)) addReference(walk, reference);
  return found;
}

interface Walk {
  readonly root: object;
  readonly found: NameUse[];
}

function addVersions(walk: Walk, service: string): void {
  const spec = field(walk.root, 'spec');
  for (const key of ['versions', 'endpoints'])
    for (const version of keysOf(field(spec, key))) {
      const use = { thing: 'version', id: `${service} ${version}`, name: version } as const;
      add(walk, ['spec', key, version], { ...use, isDefinition: key === 'versions' }, 'key');
    }
}

function addReference(walk: Walk, { thing, id, text, owner, path, part }: WrittenReference): void {
  if (thing === 'profile' || thing === 'port') return;
  const isDefinition = false;
  if (thing === 'version') {
    add(walk, path, { thing, id: `${owner ?? ''} ${text}`, name: text, isDefinition }, part);
    return;
  }
  const [namespace = '', name = text] = id.split('/');
  if (thing !== 'namespace' && text.includes('/'))
    add(walk, path, { thing: 'namespace', id: namespace, name: namespace, isDefinition }, part);
  add(walk, path, { thing, id, name, isDefinition }, part);
}

function add(
  walk: Walk,
  path: WrittenReference['path'],
  use: Omit<NameUse, 'location'>,
  part: 'key' | 'value' = 'value',
): void {
  const { text, start, end } = spanAlong(walk.root, path, part);
  const written = text.text.slice(start, end);
  const at = written.indexOf(use.name, use.thing === 'namespace' ? 0 : written.indexOf('/') + 1);
  if (at < 0) return;
  const location = locationAt(text, start + at, start + at + use.name.length);
  walk.found.push({ ...use, location });
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
