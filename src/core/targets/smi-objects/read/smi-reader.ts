import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext, Reader, ReadMesh } from '../../../import/reader.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';
import type { PatternReading } from './group-match.ts';
import { type MeshSettings, type ReadSettings, settingsDocument } from './mesh-settings.ts';
import { RouteGroups } from './route-groups.ts';
import { readSplit } from './splits.ts';
import { readTarget } from './targets.ts';

/** The way in which one mesh reads SMI where the specification is silent. */
export interface SmiReading {
  readonly patterns: PatternReading;
  /** The object that says if TrafficTargets are enforced; absent if no object of the mesh says it. */
  readonly settings?: MeshSettings;
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  'access.smi-spec.io': ['TrafficTarget'],
  'specs.smi-spec.io': ['HTTPRouteGroup', 'TCPRoute'],
  'split.smi-spec.io': ['TrafficSplit'],
};

/** Requests wait as long as the application takes: SMI has no limit of time. */
const defaults = { timeout: '0s' } as const satisfies MeshSpec['defaults'];

/** Returns a reader of the kinds of SMI, in any of their versions. */
export function smiReader({ patterns, settings }: SmiReading): Reader {
  return {
    usesKubernetes: true,
    takes: ({ group, kind }) =>
      kinds[group]?.includes(kind) === true || (group === settings?.group && kind === settings.kind),
    read(documents, context) {
      for (const document of documents) readHeader(document);
      const of = (kind: string): readonly NativeDocument[] => documents.filter((one) => one.kind === kind);
      const { enforcement, mesh } = readSettings(documents, settings, context);
      const groups = new RouteGroups(documents, context.namespaceOf, patterns);
      const targets = of('TrafficTarget').flatMap((one) => readTarget(one, groups, context));
      const splits = of('TrafficSplit').flatMap((one) => readSplit(one, groups, context));
      groups.leaveOthers();
      if (enforcement === 'none')
        for (const { root } of of('TrafficTarget'))
          root.at('spec').differently({ callers: 'the mesh lets every caller in, and so does the spec' });
      return {
        documents: [...(enforcement === 'none' ? [] : targets), ...splits],
        mesh: { ...mesh, defaults },
      } satisfies ReadMesh;
    },
  };
}

/** Without the object of the settings the stricter mesh is assumed: it refuses calls that no TrafficTarget allows. */
function readSettings(
  documents: readonly NativeDocument[],
  settings: MeshSettings | undefined,
  context: ReadContext,
): ReadSettings {
  const document = settings && settingsDocument(documents, settings);
  if (settings !== undefined && document !== undefined) return settings.read(document.root.at('spec'));
  const [first] = documents;
  if (first !== undefined)
    context.assume(first, {
      subject: 'if the mesh refuses calls that no TrafficTarget allows',
      assumption: 'the Mesh has `access: deny`',
      way:
        settings === undefined
          ? 'write `access: allow` if the mesh lets every caller in'
          : `import its ${settings.kind}, too`,
    });
  return { enforcement: 'all', mesh: { mtls: 'strict', access: 'deny' } };
}
