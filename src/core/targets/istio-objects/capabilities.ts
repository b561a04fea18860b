import type { Capabilities } from '../target.ts';
import { filterCapabilities } from './filters/capabilities.ts';
import { networkingCapabilities } from './networking/capabilities.ts';
import { securityCapabilities } from './security/capabilities.ts';
import { telemetryCapabilities } from './telemetry/capabilities.ts';

/** The features that Istio with sidecars supports. */
export const capabilities: Capabilities = {
  ...networkingCapabilities,
  ...securityCapabilities,
  ...telemetryCapabilities,
  ...filterCapabilities,
};
