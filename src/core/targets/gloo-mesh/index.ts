import { directTarget } from '../istio-objects/direct-target.ts';
import type { Target } from '../target.ts';
import { notes } from './notes.ts';
import { apiVersions } from './object.ts';
import { glooOptions, optionsSchema, versions } from './options.ts';
import { workspaceObjects } from './workspace.ts';

/** Gloo Mesh (Solo Enterprise for Istio), which leaves objects of Istio as they are. */
const glooMesh: Target = directTarget({
  name: 'gloo-mesh',
  title: 'Gloo Mesh',
  versions,
  notes,
  optionsSchema,
  owns: Object.entries(apiVersions).map(([kind, apiVersion]) => ({ apiVersion, kind })),
  ownObjects: (ir, options) => workspaceObjects(ir, glooOptions(options)),
  marksOf: () => ({}),
});

export default glooMesh;
