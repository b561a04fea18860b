import type { NativeDocument } from '../../../import/native-document.ts';
import type { Kind } from './resource.ts';

/** The group of documents of the AWS API, which have none of their own. */
const group = 'appmesh';

/** The maps in which `aws appmesh describe-…` prints a resource. */
const wrappers: Readonly<Record<string, Kind>> = {
  mesh: 'Mesh',
  virtualNode: 'VirtualNode',
  virtualService: 'VirtualService',
  virtualRouter: 'VirtualRouter',
  route: 'Route',
  virtualGateway: 'VirtualGateway',
  gatewayRoute: 'GatewayRoute',
};

/** The names of resources; a route has that of its owner, too, so that the order counts. */
const names = [
  ['gatewayRouteName', 'GatewayRoute', 'virtualGatewayName'],
  ['routeName', 'Route', 'virtualRouterName'],
  ['virtualNodeName', 'VirtualNode', undefined],
  ['virtualServiceName', 'VirtualService', undefined],
  ['virtualGatewayName', 'VirtualGateway', undefined],
  ['virtualRouterName', 'VirtualRouter', undefined],
] as const;

/** The lists that `aws appmesh list-…` prints: names without a specification. */
const lists: ReadonlySet<string> = new Set(Object.keys(wrappers).map((name) => pluralOf(name)));

/** The kind of a list, of which no resource can be read. */
export const listKind = 'List';

/** Fields of an input of the API beside the names. */
const ofInput: ReadonlySet<string> = new Set(['meshName', 'meshOwner', 'spec', 'tags', 'clientToken']);

/** Fields of a specification that no mesh has. */
const ofParts = [
  'provider',
  'httpRoute',
  'http2Route',
  'grpcRoute',
  'tcpRoute',
  'listeners',
  'backends',
  'logging',
  'backendDefaults',
];

/** Returns true for a document of the AWS API, whose header `apiHeaded` has filled in. */
export function isApiDocument(document: NativeDocument): boolean {
  return document.group === group;
}

/** Returns the name of the field that has the name of a resource. */
export function nameField(kind: Kind): string {
  return names.find(([, own]) => own === kind)?.[0] ?? 'meshName';
}

/** Returns the name of the field that has the name of the router or the gateway of a route. */
export function ownerField(kind: Kind): string | undefined {
  return names.find(([, own]) => own === kind)?.[2];
}

/** Returns the map that an answer of the API has the resource in; undefined for an input, which has none. */
export function wrapperOf({ root }: NativeDocument): string | undefined {
  return Object.keys(wrappers).find((name) => isMap(root.at(name).value));
}

/** Returns a document of the AWS API with its kind and its name in the header; any other document as it is. */
export function apiHeaded(document: NativeDocument): NativeDocument {
  const { root } = document;
  if (root.at('apiVersion').isPresent || root.at('kind').isPresent) return document;
  const wrapper = wrapperOf(document);
  const inner = wrapper === undefined ? root.value : root.at(wrapper).value;
  if (!isMap(inner)) return document;
  const kind = wrapper === undefined ? kindOf(inner) : kindOfAnswer(wrapper, inner);
  return kind === undefined ? document : { ...document, group, kind, name: nameOf(kind, inner) };
}

/** Other tools have maps of these names, too: in an answer of App Mesh each has the name of its mesh. */
function kindOfAnswer(wrapper: string, inner: Readonly<Record<string, unknown>>): Kind | undefined {
  return typeof inner['meshName'] === 'string' ? wrappers[wrapper] : undefined;
}

/** Returns the name of a resource for people, after that of its router or gateway; empty without one. */
function nameOf(kind: Kind | typeof listKind, resource: Readonly<Record<string, unknown>>): string {
  if (kind === listKind) return '';
  const parts = [ownerField(kind), nameField(kind)].map((field) => resource[field ?? '']);
  return typeof parts[1] === 'string' ? parts.filter((part) => typeof part === 'string').join('/') : '';
}

/** Returns the kind of an input of the API by its names, or else by its specification. */
function kindOf(input: Readonly<Record<string, unknown>>): Kind | typeof listKind | undefined {
  const keys = Object.keys(input);
  const named = names.find(([name]) => typeof input[name] === 'string');
  if (named !== undefined) return named[1];
  const isList = keys.some((key) => lists.has(key) && Array.isArray(input[key]));
  if (isList && keys.every((key) => lists.has(key) || key === 'nextToken')) return listKind;
  if (!keys.every((key) => ofInput.has(key))) return undefined;
  const spec = isMap(input['spec']) ? input['spec'] : {};
  if (!ofParts.some((key) => Object.hasOwn(spec, key)))
    return typeof input['meshName'] === 'string' ? 'Mesh' : undefined;
  return kindOfSpec(spec);
}

/** Returns the kind of a specification whose names stood on the command line. */
function kindOfSpec(spec: Readonly<Record<string, unknown>>): Kind {
  if (Object.hasOwn(spec, 'provider')) return 'VirtualService';
  const route = Object.keys(spec).find((key) => key.endsWith('Route'));
  if (route !== undefined) return JSON.stringify(spec[route]).includes('"target"') ? 'GatewayRoute' : 'Route';
  return Object.keys(spec).every((key) => key === 'listeners') ? 'VirtualRouter' : 'VirtualNode';
}

function pluralOf(name: string): string {
  return name === 'mesh' ? 'meshes' : `${name}s`;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
