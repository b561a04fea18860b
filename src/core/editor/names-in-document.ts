import type { ParsedDocument } from '../source/construct.ts';
import { spanAlong } from '../source/locate.ts';
import { locationAt } from '../source/span.ts';
import { isKind, kindsWithoutNamespace } from '../spec/kinds.ts';
import { resolved, type Schema, schemaAt } from '../spec/schema.ts';
import type { NamedThing, NameUse } from './name-use.ts';

type Path = readonly (string | number)[];

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
  const walk: Walk = { root: value, namespace, service: serviceOf(value, namespace), found: [] };
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
  const schema = schemaAt(`${kind}Document`, ['spec']);
  if (schema !== undefined) visit(walk, field(value, 'spec'), schema, ['spec']);
  return walk.found;
}

interface Walk {
  readonly root: object;
  readonly namespace: string;
  /** The service whose versions the document names where no other is written. */
  readonly service: string | undefined;
  readonly found: NameUse[];
}

function serviceOf(value: unknown, namespace: string): string | undefined {
  const service = field(field(value, 'spec'), 'service');
  return typeof service === 'string' ? fullName(service, namespace) : undefined;
}

function addVersions(walk: Walk, service: string): void {
  const spec = field(walk.root, 'spec');
  for (const key of ['versions', 'endpoints'])
    for (const version of keysOf(field(spec, key))) {
      const use = { thing: 'version', id: `${service} ${version}`, name: version } as const;
      add(walk, ['spec', key, version], { ...use, isDefinition: key === 'versions' }, 'key');
    }
}

function visit(walk: Walk, value: unknown, schema: Schema, path: Path, service = walk.service): void {
  if (typeof value === 'string') visitText(walk, value, schema, path, service);
  if (typeof value !== 'object' || value === null) return;
  const own = field(value, 'service');
  const inner = typeof own === 'string' ? fullName(own, walk.namespace) : service;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    const { properties, additionalProperties, items } = schema;
    const next =
      typeof key === 'number'
        ? items
        : Object.hasOwn(properties ?? {}, key)
          ? properties?.[key]
          : additionalProperties;
    if (typeof next !== 'object') continue;
    visit(
      walk,
      (value as Readonly<Record<string | number, unknown>>)[key],
      resolved(next),
      [...path, key],
      inner,
    );
  }
}

function visitText(
  walk: Walk,
  text: string,
  { title = '' }: Schema,
  path: Path,
  service: string | undefined,
): void {
  const key = path.at(-1);
  const isVersion = key === 'version' || ((key === 'from' || key === 'to') && path.length === 2);
  const thing = references[title];
  if (thing !== undefined) {
    const id = fullName(text, walk.namespace);
    const [namespace, name] = id.split('/') as [string, string];
    if (text.includes('/'))
      add(walk, path, { thing: 'namespace', id: namespace, name: namespace, isDefinition: false });
    add(walk, path, { thing, id, name, isDefinition: false });
  } else if (title === 'DnsLabel' && key === 'namespace')
    add(walk, path, { thing: 'namespace', id: text, name: text, isDefinition: false });
  else if (title === 'DnsLabel' && isVersion && service !== undefined)
    add(walk, path, { thing: 'version', id: `${service} ${text}`, name: text, isDefinition: false });
}

/** Types of the language whose texts name a service or a gateway. */
const references: Readonly<Record<string, NamedThing>> = {
  ServiceReference: 'service',
  Principal: 'service',
  Call: 'service',
  GatewayReference: 'gateway',
};

function add(walk: Walk, path: Path, use: Omit<NameUse, 'location'>, part: 'key' | 'value' = 'value'): void {
  const { text, start, end } = spanAlong(walk.root, path, part);
  const written = text.text.slice(start, end);
  const at = use.thing === 'namespace' ? written.indexOf(use.name) : written.lastIndexOf(use.name);
  if (at < 0) return;
  const location = locationAt(text, start + at, start + at + use.name.length);
  walk.found.push({ ...use, location });
}

function fullName(text: string, namespace: string): string {
  return text.includes('/') ? text : `${namespace}/${text}`;
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
