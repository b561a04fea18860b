import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { type Feature, features } from '../ir/feature.ts';
import type { TargetConfig } from '../ir/target-config.ts';
import { own } from '../lib/own.ts';
import { locatePath } from '../source/locate.ts';
import type { Spec } from '../spec/spec.ts';
import type { Loss } from './index-json.ts';
import { messages } from './loss.ts';

/** Returns a remark for each name in `degrade` that has no effect on the target, at its place. */
export function idleDegrade(
  spec: Spec,
  { name, degrade }: TargetConfig,
  loss: readonly Loss[],
): readonly Diagnostic[] {
  const lost = new Set<string>(loss.map(({ feature }) => feature));
  const written = own(spec.mesh.value.spec.targets ?? {}, name)?.degrade ?? [];
  return [...new Set(degrade)].flatMap((feature) => {
    if (lost.has(feature)) return [];
    const location = locatePath(spec.mesh.value, [
      'spec',
      'targets',
      name,
      'degrade',
      written.indexOf(feature),
    ]);
    const what = `${own(features, feature as Feature) ?? ''} (${feature})`;
    return [finding(messages, 'MESH3012', location, { target: name, what })];
  });
}
