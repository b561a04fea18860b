import { capabilities as istio } from '../istio-objects/capabilities.ts';
import { always, upTo } from '../mesh-classes/split-and-access.ts';
import type { Capabilities } from '../target.ts';

/** The features that the kinds of Gloo Mesh add to those of Istio. */
export const capabilities: Capabilities = {
  ...istio,
  'service.health-check': upTo(
    'callers of Gloo Mesh ask an instance as they are, so that its answer counts only on open services with one port',
    'instances that fail their check still get calls, as far as Kubernetes calls them ready',
  ),
  'settings.rate-limit-service': always(
    'the rate limiter of Gloo Mesh counts by the second, minute, hour or day, and has no burst',
    'a burst is refused, and at the turn of a window up to two times the requests pass',
  ),
};
