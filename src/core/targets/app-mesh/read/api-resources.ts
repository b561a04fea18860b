import { dnsLabel, isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { listKind, nameField, ownerField, wrapperOf } from './api-documents.ts';
import { idOfHost } from './references.ts';
import type { Kind, References, Resource } from './resource.ts';

/** A document with the map that holds the resource. */
interface Opened {
  readonly document: NativeDocument;
  readonly root: Field;
  readonly kind: Kind;
  readonly name: string;
}

type Place = Readonly<Record<'namespace' | 'name', string>>;

/**
 * Returns the resources of documents of the AWS API: answers of `describe-…`, and inputs of `create-…` and `update-…`. The API
 * has no namespaces: `NAME_NAMESPACE`, the names that the controller gives, are read with their namespace if a host or an account
 * has it, too.
 */
export function apiResources(
  documents: readonly NativeDocument[],
  context: ReadContext,
): readonly Resource[] {
  const named = documents.flatMap((document) => opened(document, context) ?? []);
  const found = ofOneMesh(named, context);
  const places = placesOf(found, context);
  const taken = new Map<string, string>();
  return found.flatMap((one) => {
    const { document, root, kind, name } = one;
    const spec = root.at('spec');
    if (root.along('status', 'status').value === 'DELETED') {
      root.withoutEffect('the resource is deleted');
      return [];
    }
    const host =
      kind === 'VirtualService' ? { name: name.toLowerCase(), field: root.at(nameField(kind)) } : undefined;
    const place = host === undefined ? places.of(name) : places.ofHost(host.name);
    const id = host?.name ?? `${place.namespace}/${place.name}`;
    const owner = ownerOf(one, places);
    const key = `${kind} ${owner ?? ''} ${id}`;
    const other = taken.get(key);
    if (other !== undefined && other !== name) {
      context.refuse(document, `its name is that of ${other} where case and punctuation count for nothing`);
      return [];
    }
    taken.set(key, name);
    readHeader(one);
    return [
      {
        form: 'aws-api',
        document,
        kind,
        ...place,
        id,
        root,
        spec,
        ...(host && { host }),
        ...(owner !== undefined && { owner }),
        refers: places.refers,
      } satisfies Resource,
    ];
  });
}

/** Returns the map that holds a resource; undefined, with an error, for a document that names none. */
function opened(document: NativeDocument, context: ReadContext): Opened | undefined {
  if (document.kind === listKind) {
    context.refuse(
      document,
      'a list has the names of resources alone: import what `describe-…` prints for each',
    );
    return undefined;
  }
  const kind = document.kind as Kind;
  const wrapper = wrapperOf(document);
  const root = wrapper === undefined ? document.root : document.root.at(wrapper);
  document.root.at('ResponseMetadata').withoutEffect('it is about the answer of AWS, not about the resource');
  const own = root.at(nameField(kind)).value;
  const owner = ownerField(kind);
  const missing = [nameField(kind), ...(owner === undefined ? [] : [owner])].filter((name) => {
    const { value } = root.at(name);
    return typeof value !== 'string' || value === '';
  });
  if (missing.length > 0 || typeof own !== 'string') {
    const fields = missing.map((name) => `\`${name}\``).join(' and ');
    context.refuse(document, `it has no ${fields}: add what stood on the command line of \`aws appmesh\``);
    return undefined;
  }
  if (kind !== 'VirtualService' && labelOf(own) === undefined) {
    context.refuse(document, 'nothing of its name can be in a DNS name');
    return undefined;
  }
  return { document, root, kind, name: own };
}

/** Returns the resources of the first mesh, and refuses those of others. */
function ofOneMesh(found: readonly Opened[], context: ReadContext): readonly Opened[] {
  const names = found.map(({ root }) => root.at('meshName').value);
  const first = names.find((name) => typeof name === 'string');
  return found.filter(({ document }, index) => {
    const isOther = typeof names[index] === 'string' && names[index] !== first;
    if (isOther)
      context.refuse(document, 'it is of another mesh than the first document: import one mesh at a time');
    return !isOther;
  });
}

/** Accounts for the fields beside the specification. */
function readHeader({ root, kind }: Opened): void {
  root.at(nameField(kind)).carried();
  const owner = ownerField(kind);
  if (owner !== undefined) root.at(owner).carried();
  if (kind !== 'Mesh') root.at('meshName').withoutEffect('a repository is of one mesh');
  root.at('meshOwner').withoutEffect('accounts of AWS have no part in the language');
  root.at('clientToken').withoutEffect('it tells two calls of the API apart');
  root.at('tags').withoutEffect('tags of AWS change nothing for callers');
  root.at('metadata').withoutEffect('AWS keeps this about the resource');
  root.at('status').withoutEffect('AWS says this about the resource');
}

function ownerOf({ root, kind }: Opened, places: Places): string | undefined {
  const field = ownerField(kind);
  const name = field === undefined ? undefined : root.at(field).value;
  return typeof name === 'string' ? idOf(places.of(name)) : undefined;
}

/** The places of resources in the language by their names in AWS. */
interface Places {
  readonly of: (name: string) => Place;
  readonly ofHost: (host: string) => Place;
  readonly refers: References;
}

function placesOf(found: readonly Opened[], { inventory }: ReadContext): Places {
  const hosts = found.flatMap(({ kind, name, root }) => {
    const hostname = root.along('spec', 'serviceDiscovery', 'dns', 'hostname').value;
    return [
      ...(kind === 'VirtualService' ? [name] : []),
      ...(typeof hostname === 'string' ? [hostname] : []),
    ];
  });
  const namespaces = new Set([
    ...[...inventory.services, ...inventory.workloads].map(({ namespace }) => namespace),
    ...hosts.flatMap((host) => host.toLowerCase().split('.')[1] ?? []),
    ...found.flatMap(({ root }) => namespacesOfAccounts(root.at('spec').value)),
  ]);
  const of = (name: string): Place => {
    const end = name.lastIndexOf('_');
    const namespace = name.slice(end + 1);
    const isOfController = end > 0 && isDnsLabel(namespace) && namespaces.has(namespace);
    const own = isOfController ? name.slice(0, end) : name;
    return { namespace: isOfController ? namespace : 'default', name: labelOf(own) ?? 'unnamed' };
  };
  const tails = new Set(found.map(({ name }) => of(name).namespace));
  const firsts = Map.groupBy(
    new Set(found.flatMap(({ kind, name }) => (kind === 'VirtualService' ? [name.toLowerCase()] : []))),
    (host) => host.split('.')[0] ?? '',
  );
  const ofHost = (host: string): Place => {
    if (host.includes('_') && !host.includes('.')) return of(host);
    const known = idOfHost(host, 'default', tails)?.split('/');
    const [first = '', second = ''] = host.split('.');
    const isAlone = (firsts.get(first) ?? []).length < 2 || known !== undefined || tails.has(second);
    return {
      namespace: known?.[0] ?? (tails.has(second) ? second : 'default'),
      name: dnsLabel(isAlone ? first : host) ?? 'unnamed',
    };
  };
  const by =
    (name: string) =>
    (field: Field): string | undefined => {
      const own = field.at(name).text();
      return own === undefined ? undefined : idOf(of(own));
    };
  return {
    of,
    ofHost,
    refers: {
      toNode: by('virtualNodeName'),
      toTarget: by('virtualNode'),
      toRouter: by('virtualRouterName'),
      toService: (field) => field.at('virtualServiceName').text()?.toLowerCase(),
    },
  };
}

/** Returns the namespaces in the SPIFFE IDs of accounts. */
function namespacesOfAccounts(spec: unknown): readonly string[] {
  const text = JSON.stringify(spec ?? {});
  return [...text.matchAll(/"spiffe:\/\/[^/"]+\/ns\/([a-z0-9-]+)\/sa\//g)].map(([, one = '']) => one);
}

/** Returns a name as a DNS label, with a hyphen between the words of `ColorRed`. */
function labelOf(name: string): string | undefined {
  return dnsLabel(name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2'));
}

function idOf({ namespace, name }: Place): string {
  return `${namespace}/${name}`;
}
