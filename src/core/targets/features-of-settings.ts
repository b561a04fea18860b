import type { Ir } from '../ir/ir.ts';
import type { Node } from '../ir/node.ts';
import type { Settings } from '../ir/settings.ts';
import type { UseFeature } from './use-feature.ts';

/** Notes the features that settings of services and Externals use, including built-in timeouts. */
export function settingFeatures(ir: Ir, use: UseFeature): void {
  for (const { origin, ports, settings } of [...Object.values(ir.services), ...Object.values(ir.externals)]) {
    // Settings apply to calls to a service; a service that only calls others gets no calls.
    if (ports.length > 0)
      ofSettings(
        settings,
        { origin },
        ports.some(({ http }) => http),
        use,
      );
  }
}

function ofSettings(settings: Settings, { origin }: Node, http: boolean, use: UseFeature): void {
  const { timeout, retries, outlierDetection, loadBalancing, retryBudget, rateLimit, locality, origins } =
    settings;
  if (http && timeout > 0) use('settings.timeout', origins['timeout'] ?? origin);
  if (http && retries !== undefined) use('settings.retries', retries.origin);
  for (const [path, at] of Object.entries(origins))
    if (path.startsWith('connections.')) use('settings.connections', at);
  if (outlierDetection !== undefined) use('settings.outlier-detection', outlierDetection.origin);
  const algorithm = origins['loadBalancing.algorithm'];
  if (algorithm !== undefined) use('settings.load-balancing', algorithm);
  if (loadBalancing.affinity !== undefined) use('settings.affinity', loadBalancing.affinity.origin);
  if (retryBudget !== undefined) use('settings.retry-budget', retryBudget.origin);
  if (locality !== undefined) use('settings.locality', locality.origin);
  if (rateLimit === undefined) return;
  use(
    rateLimit.scope === 'service' ? 'settings.rate-limit-service' : 'settings.rate-limit',
    rateLimit.origin,
  );
}
