import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { ArrangedPart } from '../../gateway-api-objects/http-rules.ts';
import { type Annotations, annotationsOf } from './annotations.ts';

/** Parts of rules that follow each other and have the same annotations. */
export interface Run {
  readonly annotations: Annotations;
  readonly parts: ArrangedPart[];
}

/** Returns parts in runs: annotations hold for a whole object, and the order of objects is that of the rules. */
export function runsOf(parts: readonly ArrangedPart[], kind: 'HTTPRoute' | 'GRPCRoute'): readonly Run[] {
  const runs: Run[] = [];
  for (const part of parts) {
    const annotations = annotationsOf(part, kind);
    const last = runs.at(-1);
    if (last !== undefined && canonicalJson(last.annotations) === canonicalJson(annotations))
      last.parts.push(part);
    else runs.push({ annotations, parts: [part] });
  }
  return runs;
}
