import { expect, test } from 'vitest';
import { rbacObjects } from '../../../../src/core/outputs/kubernetes/rbac-objects.ts';
import { resourceOf } from '../../../../src/core/outputs/kubernetes/resource-of.ts';
import appMesh from '../../../../src/core/targets/app-mesh/index.ts';

// Names of the CRDs of Istio, Consul, App Mesh, Kuma, Gloo Mesh, and of Kubernetes itself.
test.each([
  ['VirtualService', 'virtualservices'],
  ['AuthorizationPolicy', 'authorizationpolicies'],
  ['Gateway', 'gateways'],
  ['ServiceEntry', 'serviceentries'],
  ['Mesh', 'meshes'],
  ['MeshRetry', 'meshretries'],
  ['MeshTLS', 'meshtlses'],
  ['Ingress', 'ingresses'],
  ['ServiceDefaults', 'servicedefaults'],
  ['ServiceIntentions', 'serviceintentions'],
  ['WorkspaceSettings', 'workspacesettings'],
])('roles name the kind %s as its CRD does: %s', (kind, resource) => {
  expect(resourceOf(kind)).toBe(resource);
});

test('roles name no resource of a file', () => {
  const needs = { inventory: 'm.e.t', namespace: 'state', artifacts: [], owns: appMesh.owns };
  const text = JSON.stringify(rbacObjects(needs, 'apply'));
  expect(text).toContain('virtualnodes');
  expect(text).not.toContain('createvirtualnodes');
});
