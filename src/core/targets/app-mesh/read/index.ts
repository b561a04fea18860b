import type { ReadDocument } from '../../../import/read-document.ts';
import type { Reader } from '../../../import/reader.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';
import { apiHeaded, isApiDocument } from './api-documents.ts';
import { isObject } from './crd-resources.ts';
import { readGateways } from './gateways.ts';
import { readMeshes } from './meshes.ts';
import { readNodes } from './nodes.ts';
import { objectsOf } from './objects.ts';
import { readRouters } from './routers.ts';
import { ServiceDrafts } from './service-drafts.ts';

/**
 * Reads objects of the App Mesh controller, and resources as the AWS API has them. A virtual service becomes a service with a Route, and a virtual node the
 * service whose pods it finds. What a node may call, by its backends, becomes the Access of what it calls.
 */
const reader: Reader = {
  usesKubernetes: true,
  headed: apiHeaded,
  takes: (document) => isObject(document) || isApiDocument(document),
  read(documents, context) {
    const objects = objectsOf(documents, context);
    const { mesh, isOpen } = readMeshes(objects, context);
    const drafts = new ServiceDrafts(context);
    const nodes = readNodes(objects, drafts, context, isOpen);
    const routes = readRouters(objects, nodes, drafts, context);
    const gateways = readGateways(objects, routes, drafts, context);
    const trustDomain = nodes.trustDomain();
    const all: readonly ReadDocument[] = [
      ...drafts.documents(isOpen),
      ...nodes.externals((id) => drafts.callersOf(id)),
      ...routes.documents(),
      ...gateways,
    ];
    const spec: Partial<MeshSpec> = { ...(trustDomain !== undefined && { trustDomain }), ...mesh };
    return { documents: all, mesh: spec, findings: nodes.findings };
  },
};

export default reader;
