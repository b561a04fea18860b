import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { Reader } from '../../../import/reader.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';
import type { PathReading } from './group-match.ts';
import { RouteGroups } from './route-groups.ts';
import { readSplit } from './splits.ts';
import { readTarget } from './targets.ts';

/** The way in which one mesh reads SMI where the specification is silent. */
export interface SmiReading {
  readonly paths: PathReading;
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  'access.smi-spec.io': ['TrafficTarget'],
  'specs.smi-spec.io': ['HTTPRouteGroup', 'TCPRoute'],
  'split.smi-spec.io': ['TrafficSplit'],
};

/** Requests wait as long as the application takes: SMI has no limit of time. */
const defaults = { timeout: '0s' } as const satisfies MeshSpec['defaults'];

/** Returns a reader of the kinds of SMI, in any of their versions. */
export function smiReader({ paths }: SmiReading): Reader {
  return {
    usesKubernetes: true,
    takes: ({ group, kind }) => kinds[group]?.includes(kind) === true,
    read(documents, context) {
      for (const document of documents) readHeader(document);
      const of = (kind: string): readonly NativeDocument[] => documents.filter((one) => one.kind === kind);
      const groups = new RouteGroups(documents, context.namespaceOf, paths);
      const targets = of('TrafficTarget').flatMap((one) => readTarget(one, groups, context));
      const splits = of('TrafficSplit').flatMap((one) => readSplit(one, groups, context));
      groups.leaveOthers();
      const isGuarded = of('TrafficTarget').length > 0;
      return {
        documents: [...targets, ...splits],
        // The mesh may let everybody in beside its TrafficTargets: the narrower reading is written.
        mesh: { ...(isGuarded ? { mtls: 'strict', access: 'deny' } : { access: 'allow' }), defaults },
      };
    },
  };
}
