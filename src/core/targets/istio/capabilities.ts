import { type Feature, features } from '../feature.ts';
import type { Capabilities, Capability } from '../target.ts';
import { filterCapabilities } from './filters/capabilities.ts';
import { networkingCapabilities } from './networking/capabilities.ts';
import { securityCapabilities } from './security/capabilities.ts';
import { telemetryCapabilities } from './telemetry/capabilities.ts';

const notYet: Capability = {
  partial: 'this version of mesh does not write it for Istio yet',
  callers: 'that it does not hold there',
  found: 'at each use',
};

/** How far Istio with sidecars keeps each feature. */
export const capabilities: Capabilities = {
  ...(Object.fromEntries(
    (Object.keys(features) as Feature[]).map((feature) => [feature, notYet]),
  ) as Capabilities),
  ...networkingCapabilities,
  ...securityCapabilities,
  ...telemetryCapabilities,
  ...filterCapabilities,
};
