import type { Feature } from '../../../ir/feature.ts';
import type { Capability } from '../../target.ts';

/** The capabilities of telemetry. */
export const telemetryCapabilities = {
  'telemetry.metric-labels': 'full',
  'telemetry.access-log': 'full',
  'telemetry.tracing': {
    partial: 'Istio before 1.29 makes tags of spans from headers alone, not from any expression',
    callers: 'nothing; who reads traces misses a tag',
    found: 'by limits',
  },
  'telemetry.service': {
    partial: 'Istio tells proxies apart by the labels of pods, and tags of spans that the mesh has stay',
    callers: 'nothing; who reads logs and traces finds what another service of the same pods says',
    found: 'by limits',
  },
} satisfies Partial<Record<Feature, Capability>>;
