import type { Capabilities } from '../target.ts';
import { filterCapabilities } from './filters/capabilities.ts';
import { networkingCapabilities } from './networking/capabilities.ts';
import { securityCapabilities } from './security/capabilities.ts';
import { telemetryCapabilities } from './telemetry/capabilities.ts';

/** How far Istio with sidecars keeps each feature. */
export const capabilities: Capabilities = {
  ...networkingCapabilities,
  ...securityCapabilities,
  ...telemetryCapabilities,
  ...filterCapabilities,
};
