import type { Ir } from '../../../ir/ir.ts';
import { jsonRecord } from '../../../lib/json-record.ts';
import type { FileArtifact, Json, ObjectArtifact } from '../../artifact.ts';
import type { OwnedKind } from '../../target.ts';

/** The inputs of the API by the kind of object that they make, with the folder of their files. */
const inputs = {
  Mesh: 'create-mesh',
  VirtualNode: 'create-virtual-node',
  VirtualService: 'create-virtual-service',
  VirtualRouter: 'create-virtual-router',
  VirtualGateway: 'create-virtual-gateway',
  GatewayRoute: 'create-gateway-route',
  Route: 'create-route',
} as const;

type InputKind = keyof typeof inputs;

/** The kinds of files with the input of a call of the AWS API. */
export const apiKinds: readonly OwnedKind[] = Object.keys(inputs).map((kind) => ({
  apiVersion: '',
  kind: `Create${kind}`,
}));

/** Returns objects of App Mesh as inputs of the calls that make them, in the names that the controller gives resources. */
export function apiInputs(objects: readonly ObjectArtifact[], ir: Ir): readonly FileArtifact[] {
  const hosts = new Map(
    objects
      .filter(({ kind }) => kind === 'VirtualService')
      .map((one) => [`${one.namespace}/${one.name}`, textOf(specOf(one)['awsName'])]),
  );
  return objects.flatMap((one) => inputsOf(one, ir.name, hosts));
}

type Hosts = ReadonlyMap<string, string>;

function inputsOf(one: ObjectArtifact, meshName: string, hosts: Hosts): readonly FileArtifact[] {
  const { namespace, name } = one;
  const ownName = `${name}_${namespace}`;
  const {
    namespaceSelector: _,
    gatewayRouteSelector: __,
    podSelector: ___,
    awsName,
    routes,
    priority,
    ...rest
  } = specOf(one);
  const spec = inApi({ ...rest, ...(priority !== undefined && { priority }) }, hosts);
  switch (one.kind) {
    case 'Mesh':
      return [input('Mesh', one, name, { meshName, spec })];
    case 'VirtualNode':
      return [input('VirtualNode', one, ownName, { meshName, virtualNodeName: ownName, spec })];
    case 'VirtualService':
      return [
        input('VirtualService', one, ownName, { meshName, virtualServiceName: awsName ?? ownName, spec }),
      ];
    case 'VirtualRouter':
      return [
        input('VirtualRouter', one, ownName, { meshName, virtualRouterName: ownName, spec }),
        ...(Array.isArray(routes) ? (routes as readonly Json[]) : []).map((route) => {
          const { name: routeName = '', ...own } = jsonRecord(route);
          return input('Route', one, `${ownName}.${textOf(routeName)}`, {
            meshName,
            virtualRouterName: ownName,
            routeName,
            spec: inApi(own, hosts),
          });
        }),
      ];
    case 'VirtualGateway':
      return [input('VirtualGateway', one, ownName, { meshName, virtualGatewayName: ownName, spec })];
    case 'GatewayRoute': {
      const labels = jsonRecord(jsonRecord(jsonRecord(one.manifest)['metadata'])['labels']);
      const gateway = textOf(labels['meshwright.dev/gateway']);
      return [
        input('GatewayRoute', one, ownName, {
          meshName,
          virtualGatewayName: `${gateway}_${namespace}`,
          gatewayRouteName: ownName,
          spec,
        }),
      ];
    }
    default:
      return [];
  }
}

function input(
  kind: InputKind,
  { namespace, origins }: ObjectArtifact,
  name: string,
  resource: Json,
): FileArtifact {
  return {
    type: 'file',
    kind: `Create${kind}`,
    namespace,
    name,
    origins,
    path: `${inputs[kind]}/${name}.json`,
    resource,
  };
}

function specOf({ manifest }: ObjectArtifact): Readonly<Record<string, Json>> {
  return jsonRecord(jsonRecord(manifest)['spec']) as Readonly<Record<string, Json>>;
}

/** Returns a part of a `spec` with the names of resources in the place of references to objects. */
function inApi(part: Json, hosts: Hosts): Json {
  if (Array.isArray(part)) return (part as readonly Json[]).map((one) => inApi(one, hosts));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part as Readonly<Record<string, Json>>).map(([key, value]) => {
      const { namespace, name } = jsonRecord(value);
      const resource = `${textOf(name)}_${textOf(namespace)}`;
      switch (key) {
        case 'virtualServiceRef':
          return ['virtualServiceName', hosts.get(`${textOf(namespace)}/${textOf(name)}`) ?? resource];
        case 'virtualRouterRef':
          return ['virtualRouterName', resource];
        case 'virtualNodeRef':
          return ['virtualNode', resource];
        default:
          return [key, inApi(value, hosts)];
      }
    }),
  );
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
