import { defineMessages, finding } from '../diagnostics/message.ts';
import { type Feature, features } from '../ir/feature.ts';
import type { Ir } from '../ir/ir.ts';
import type { TargetConfig } from '../ir/target-config.ts';
import { phasesOf } from '../ir/weights/phases.ts';
import { formatOrigin, type Origin } from '../location.ts';
import { pointAt } from '../source/point-at.ts';
import { capabilitiesOf } from './capabilities-of.ts';
import { featuresUsed } from './features-used.ts';
import type { Loss } from './index-json.ts';
import type { Limit, Target } from './target.ts';

export const messages = defineMessages({
  MESH3010: {
    severity: 'error',
    text: 'target {target} ({platform}) cannot keep {what}: {reason}. What callers notice: {callers}',
    explanation:
      'A spec means the same on every target. If a target cannot keep a feature, nothing is compiled for it. Write the spec in another way, take the target out, or accept the loss by naming the feature in `degrade` of the target: the finding is then a warning. If the finding is at the Mesh, the feature is one that every mesh has by default, such as closed egress.',
  },
  MESH3011: {
    severity: 'warning',
    text: 'on target {target} ({platform}) {what} is lost, as `degrade` allows: {reason}. What callers notice: {callers}',
    explanation:
      'The target names this feature in `degrade`, so it is compiled without the feature. Callers on this target see a difference from other targets.',
    insuppressible: true,
  },
  MESH3012: {
    severity: 'info',
    text: '`degrade` of target {target} names {what}, of which this mesh loses nothing there',
    explanation:
      'Take the name out, so that a later loss is an error again. A feature that only one environment uses is not lost in the others.',
  },
});

/**
 * Returns the losses of a mesh on a target, at each place that uses a lost feature: an error, or a warning if `degrade`
 * names the feature.
 */
export function lossOf(ir: Ir, config: TargetConfig, target: Target): readonly Loss[] {
  const { name, degrade, options } = config;
  const loss = (feature: Feature, reason: string, callers: string, place: Origin): Loss => {
    const what = `${features[feature]} (${feature})`;
    const values = { target: name, platform: target.title, what, reason, callers };
    const code = degrade.includes(feature) ? 'MESH3011' : 'MESH3010';
    return { feature, diagnostic: finding(messages, code, pointAt(place), values) };
  };
  const capabilities = capabilitiesOf(target, options);
  const general = [...featuresUsed(ir)].flatMap(([feature, places]) => {
    const capability = capabilities[feature];
    if (capability === 'full' || ('partial' in capability && capability.found === 'by limits')) return [];
    const reason = 'none' in capability ? capability.none : capability.partial;
    return places.map((place) => loss(feature, reason, capability.callers, place));
  });
  const version = config.version ?? target.versions.at(-1) ?? '';
  // A feature that the target never supports has already been reported at each use.
  const limits = limitsOf(ir, (phase) => target.limits?.(phase, { version, options }) ?? []).filter(
    ({ feature }) => {
      const capability = capabilities[feature];
      return capability === 'full' || 'partial' in capability;
    },
  );
  return [
    ...general,
    ...limits.map(({ feature, reason, callers, origin }) => loss(feature, reason, callers, origin)),
  ];
}

/** Returns the limits of a mesh and of the forms that its Rollouts give it, each once. */
function limitsOf(ir: Ir, limits: (phase: Ir) => readonly Limit[]): readonly Limit[] {
  const phases = phasesOf(ir);
  if (phases.length === 1) return limits(ir);
  const all = new Map<string, Limit>();
  for (const limit of phases.flatMap(limits)) {
    const { feature, reason, origin } = limit;
    const key = `${feature} ${formatOrigin(origin)} ${reason}`;
    if (!all.has(key)) all.set(key, limit);
  }
  return [...all.values()];
}
