import type { Feature } from '../../ir/feature.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Json } from '../../lib/json.ts';
import type { RequestBox } from '../../reach/meaning-report.ts';

/**
 * The parts of a decision that the loss of a feature changes: none for a feature that no decision about a single request shows.
 * The loss of a feature that is not listed may change each part, and who gets an answer at all.
 */
const partsOf: Partial<Readonly<Record<Feature, readonly string[]>>> = {
  'route.fault-delay': ['fault'],
  'route.mirror': ['mirrors'],
  'route.rate-limit': ['rateLimited'],
  'route.request-headers': ['requestHeaders'],
  'service.health-check': [],
  'settings.affinity': [],
  'settings.connections': [],
  'settings.default-balancing': [],
  'settings.default-connections': [],
  'settings.load-balancing': [],
  'settings.locality': [],
  'settings.outlier-detection': [],
  'settings.rate-limit': ['rateLimited'],
  'settings.retry-budget': [],
  'telemetry.access-log': [],
  'telemetry.metric-labels': [],
  'telemetry.service': [],
  'telemetry.tracing': [],
};

/** Returns true if lost features together explain all in which the decisions about requests differ. */
export function explainAll(features: readonly Feature[], { before, after }: RequestBox): boolean {
  return differingParts(before, after).every((part) =>
    features.some((feature) => partsOf[feature]?.includes(part) ?? true),
  );
}

/** Returns the names of the parts in which two decisions differ; `outcome` alone if they end in different ways. */
function differingParts(before: RequestBox['before'], after: RequestBox['after']): readonly string[] {
  if (before.outcome !== after.outcome) return ['outcome'];
  const [was, is] = [before, after] as unknown as readonly Readonly<Record<string, Json>>[];
  const names = new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})]);
  for (const name of ['decidedBy', 'portName', 'reason']) names.delete(name);
  return [...names].filter(
    (name) => canonicalJson(was?.[name] ?? null) !== canonicalJson(is?.[name] ?? null),
  );
}
