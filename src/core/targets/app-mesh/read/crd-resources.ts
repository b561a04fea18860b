import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { referenceOf } from './references.ts';
import type { Kind, References, Resource } from './resource.ts';

const group = 'appmesh.k8s.aws';

const kinds: ReadonlySet<string> = new Set([
  'Mesh',
  'VirtualNode',
  'VirtualService',
  'VirtualRouter',
  'VirtualGateway',
  'GatewayRoute',
  'BackendGroup',
] satisfies Kind[]);

/** Returns true for an object of the App Mesh controller. */
export function isObject(document: NativeDocument): boolean {
  return document.group === group;
}

/** Returns the objects of the controller that can be read, and refuses the others. */
export function crdResources(
  documents: readonly NativeDocument[],
  context: ReadContext,
): readonly Resource[] {
  return documents.flatMap((document) => {
    const problem = obstacle(document);
    if (problem !== undefined) {
      context.refuse(document, problem);
      return [];
    }
    readHeader(document);
    return [resourceOf(document, context.namespaceOf(document))];
  });
}

function resourceOf(document: NativeDocument, namespace: string): Resource {
  const { root, name } = document;
  const kind = document.kind as Kind;
  const spec = root.at('spec');
  spec.at('meshRef').withoutEffect('the controller finds the mesh by the namespace');
  const awsName = spec.at('awsName');
  if (kind !== 'VirtualService') awsName.withoutEffect('AWS alone knows a resource by this name');
  return {
    form: 'kubernetes',
    document,
    kind,
    namespace,
    name,
    id: `${namespace}/${name}`,
    root,
    spec,
    ...(kind === 'VirtualService' && {
      host: { name: awsName.text() ?? `${name}.${namespace}`, field: awsName },
    }),
    refers: referencesFrom(namespace),
  };
}

/** Returns the references of objects of a namespace; a resource by its ARN is of another account or mesh. */
function referencesFrom(namespace: string): References {
  const by =
    (name: string, arn: string, callers: string, access?: 'narrower') =>
    (field: Field): string | undefined => {
      field.at(arn).lost({ callers, ...(access && { access }) });
      return referenceOf(field.at(name), namespace);
    };
  return {
    toNode: by('virtualNodeRef', 'virtualNodeARN', 'calls to a resource by its ARN get nowhere'),
    toTarget: by('virtualNodeRef', 'virtualNodeARN', 'a share for a node by its ARN goes nowhere'),
    toRouter: by('virtualRouterRef', 'virtualRouterARN', 'calls to a resource by its ARN get nowhere'),
    toService: by(
      'virtualServiceRef',
      'virtualServiceARN',
      'calls to a virtual service by its ARN are refused',
      'narrower',
    ),
  };
}

function obstacle({ root, kind, name }: NativeDocument): string | undefined {
  const version = root.at('apiVersion').value;
  if (version !== 'appmesh.k8s.aws/v1beta2')
    return 'only v1beta2 of the API is read; the controller moves older objects to it';
  if (!kinds.has(kind)) return 'this kind is none of App Mesh';
  return isDnsLabel(name.replaceAll('.', '-')) ? undefined : 'its name is no DNS name';
}
