import type { Feature } from '../../../ir/feature.ts';
import type { Capability } from '../../target.ts';

/** The capabilities of features that need an EnvoyFilter. */
export const filterCapabilities = {
  'request.unsafe-paths': 'full',
  'route.rate-limit': 'full',
  'settings.rate-limit': 'full',
  'service.health-check': {
    none: 'proxies of Istio ask an instance as the callers that they are, so that Access, tokens and limits would judge the check',
    callers: 'instances that fail their check still get calls, as far as Kubernetes calls them ready',
  },
  'service.tls': {
    partial: 'a sidecar of Istio reads requests where nobody has an identity, and is handed no Secret',
    callers: 'calls to such a port fail with 503',
    found: 'by limits',
  },
  'settings.rate-limit-service': {
    none: 'numbers and burst of a limit counted by a rate limiter are its own configuration, which Istio only names',
    callers: 'requests over the limit are served instead of refused with 429',
  },
} satisfies Partial<Record<Feature, Capability>>;
