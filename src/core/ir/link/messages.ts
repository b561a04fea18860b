import type { Messages } from '../../diagnostics/message.ts';
import { messages as access } from './access.ts';
import { messages as accessConditions } from './access-conditions.ts';
import { messages as addressConflicts } from './address-conflicts.ts';
import { messages as authentications } from './authentications.ts';
import { messages as backends } from './backends.ts';
import { messages as certificates } from './certificates.ts';
import { messages as clusters } from './clusters.ts';
import { messages as cookieMatches } from './cookie-matches.ts';
import { messages as externals } from './externals.ts';
import { messages as gatewayRoutes } from './gateway-routes.ts';
import { messages as guardrails } from './guardrails.ts';
import { messages as headerChanges } from './header-changes.ts';
import { messages as healthCheck } from './health-check.ts';
import { messages as instanceClusters } from './instance-clusters.ts';
import { messages as instances } from './instances.ts';
import { messages as listeners } from './listeners.ts';
import { messages as locality } from './locality.ts';
import { messages as mergedSettings } from './merged-settings.ts';
import { messages as names } from './names.ts';
import { messages as namesakes } from './namesakes.ts';
import { messages as outboundTcp } from './outbound-tcp.ts';
import { messages as outputConflicts } from './output-conflicts.ts';
import { messages as outputPlaces } from './output-places.ts';
import { messages as patternLimits } from './pattern-limits.ts';
import { messages as portTls } from './port-tls.ts';
import { messages as ports } from './ports.ts';
import { messages as principals } from './principals.ts';
import { messages as profiles } from './profiles.ts';
import { messages as rolloutHooks } from './rollouts/rollout-hooks.ts';
import { messages as rolloutJudge } from './rollouts/rollout-judge.ts';
import { messages as rolloutMatch } from './rollouts/rollout-match.ts';
import { messages as rolloutRules } from './rollouts/rollout-rules.ts';
import { messages as rolloutServices } from './rollouts/rollout-services.ts';
import { messages as rolloutSteps } from './rollouts/rollout-steps.ts';
import { messages as rolloutTargets } from './rollouts/rollout-targets.ts';
import { messages as rollouts } from './rollouts/rollouts.ts';
import { messages as routeConflicts } from './route-conflicts.ts';
import { messages as routeMatches } from './route-matches.ts';
import { messages as routes } from './routes.ts';
import { messages as ruleFields } from './rule-fields.ts';
import { messages as servicePort } from './service-port.ts';
import { messages as serviceTelemetry } from './service-telemetry.ts';
import { messages as services } from './services.ts';
import { messages as settings } from './settings.ts';
import { messages as targets } from './targets.ts';
import { messages as unsupported } from './unsupported.ts';
import { messages as versions } from './versions.ts';

/** The messages of every part of linking. */
export const linkMessages: readonly Messages[] = [
  accessConditions,
  access,
  addressConflicts,
  authentications,
  backends,
  certificates,
  clusters,
  cookieMatches,
  externals,
  gatewayRoutes,
  guardrails,
  listeners,
  headerChanges,
  instanceClusters,
  instances,
  locality,
  mergedSettings,
  names,
  namesakes,
  outboundTcp,
  outputConflicts,
  outputPlaces,
  patternLimits,
  healthCheck,
  portTls,
  ports,
  principals,
  profiles,
  rolloutHooks,
  rolloutJudge,
  rolloutMatch,
  rolloutRules,
  rolloutServices,
  rolloutSteps,
  rolloutTargets,
  rollouts,
  routeConflicts,
  routeMatches,
  routes,
  ruleFields,
  servicePort,
  services,
  serviceTelemetry,
  settings,
  targets,
  unsupported,
  versions,
];
