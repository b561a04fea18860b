import { absoluteId } from './absolute-id.ts';
import { isKind, kindsWithoutNamespace } from './kinds.ts';
import { resolved, type Schema, schemaAt } from './schema.ts';

/** A thing that documents name: `port` and `version` belong to a Service or External. */
export type ReferredThing = 'service' | 'gateway' | 'profile' | 'version' | 'port' | 'namespace';

/** A text of a document that names something which other lines define. */
export interface WrittenReference {
  readonly thing: ReferredThing;
  /** `shop/reviews` of a service or gateway; else the name as written. */
  readonly id: string;
  /** The text as written; of a key `shop/db:mysql` the part that is meant. */
  readonly text: string;
  /** The namespace in which a bare name is looked up. */
  readonly namespace: string;
  /** `shop/reviews`, the owner of a version or port. */
  readonly owner?: string;
  /** Keys and indices from the root of the document. */
  readonly path: readonly (string | number)[];
  readonly container: object;
  readonly part: 'key' | 'value';
}

/**
 * Returns the references in a document of the mesh language, in the order of its lines. The document may violate its
 * schema: values without a place in the schema, and values that are no text, are skipped.
 */
export function writtenReferences(value: unknown): readonly WrittenReference[] {
  const kind = field(value, 'kind');
  if (!isKind(kind) || field(value, 'apiVersion') !== 'mesh/v1') return [];
  const schema = schemaAt(`${kind}Document`, ['spec']);
  const spec = field(value, 'spec');
  if (schema === undefined || typeof value !== 'object' || value === null) return [];
  const metadata = field(value, 'metadata');
  const written = kindsWithoutNamespace.has(kind) ? undefined : field(metadata, 'namespace');
  const namespace = typeof written === 'string' ? written : 'default';
  const name = field(metadata, 'name');
  const self = kind === 'Service' && typeof name === 'string' ? name : field(spec, 'service');
  const owner = typeof self === 'string' ? absoluteId(self, namespace) : undefined;
  const walk: Walk = { kind, namespace, found: [] };
  visit(walk, { value: spec, container: value, path: ['spec'], owner }, schema);
  return walk.found;
}

interface Walk {
  readonly kind: string;
  readonly namespace: string;
  readonly found: WrittenReference[];
}

interface Place {
  readonly value: unknown;
  readonly container: object;
  readonly path: readonly (string | number)[];
  /** The service whose versions and ports are named here if no other is written. */
  readonly owner: string | undefined;
}

function visit(walk: Walk, place: Place, schema: Schema): void {
  const { value, path } = place;
  if (typeof value === 'string') visitText(walk, value, place, schema);
  if (typeof value !== 'object' || value === null) return;
  const own = field(value, 'service');
  const owner = typeof own === 'string' ? absoluteId(own, walk.namespace) : place.owner;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    const { properties, additionalProperties, items } = schema;
    const next =
      typeof key === 'number'
        ? items
        : Object.hasOwn(properties ?? {}, key)
          ? properties?.[key]
          : additionalProperties;
    if (typeof next !== 'object') continue;
    const inner = {
      value: (value as Readonly<Record<string | number, unknown>>)[key],
      container: value,
      path: [...path, key],
      owner,
    };
    if (path.at(-1) === 'tcp' && path[1] === 'endpoints') visitTcpKey(walk, String(key), inner);
    visit(walk, inner, resolved(next));
  }
}

function visitText(walk: Walk, text: string, place: Place, schema: Schema): void {
  const thing = thingOf(walk, place.path, schema);
  if (thing === 'service' || thing === 'gateway') {
    if (text !== '*') add(walk, place, { thing, text, id: absoluteId(text, walk.namespace) });
  } else if (thing === 'version' || thing === 'port') {
    if (place.owner !== undefined) add(walk, place, { thing, text, id: text, owner: place.owner });
  } else if (thing !== undefined) add(walk, place, { thing, text, id: text });
}

/** Returns the kind of thing that a text of a type names at a place; undefined if the text is no reference. */
function thingOf(walk: Walk, path: Place['path'], { title = '' }: Schema): ReferredThing | undefined {
  const key = path.at(-1);
  if (title !== 'DnsLabel') return references[title] ?? (isGuarded(walk, path) ? 'service' : undefined);
  if (key === 'namespace') return 'namespace';
  if (path.at(-2) === 'profiles') return 'profile';
  return key === 'version' || isEndOfRollout(walk, path) ? 'version' : undefined;
}

/** A key `shop/db:mysql` names a service and its port. */
function visitTcpKey(walk: Walk, key: string, place: Place): void {
  const [text = '', port = ''] = key.split(':');
  const id = absoluteId(text, walk.namespace);
  add(walk, place, { thing: 'service', text, id }, 'key');
  add(walk, place, { thing: 'port', text: port, id: port, owner: id }, 'key');
}

function add(
  { namespace, found }: Walk,
  { container, path }: Place,
  reference: Pick<WrittenReference, 'thing' | 'text' | 'id' | 'owner'>,
  part: 'key' | 'value' = 'value',
): void {
  found.push({ ...reference, namespace, container, path, part });
}

/** Types of the language whose texts are references wherever they stand. */
const references: Readonly<Record<string, ReferredThing>> = {
  ServiceReference: 'service',
  Principal: 'service',
  Call: 'service',
  GatewayReference: 'gateway',
  PortName: 'port',
};

/** Returns true for `service` of an Access, whose type also has `*`. */
function isGuarded({ kind }: Walk, path: Place['path']): boolean {
  return kind === 'Access' && path.length === 2 && path[1] === 'service';
}

function isEndOfRollout({ kind }: Walk, path: Place['path']): boolean {
  return kind === 'Rollout' && path.length === 2 && (path[1] === 'from' || path[1] === 'to');
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
