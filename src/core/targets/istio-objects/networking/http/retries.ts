import type { Retries } from '../../../../ir/retries.ts';
import { duration } from '../../../kubernetes-objects/duration.ts';
import type { HttpRetry } from '../../crds/parts.ts';

/**
 * Returns retries. No retries are written explicitly, since Istio retries twice by default. Conditions have Envoy's
 * names.
 */
export function retries(asked: Retries | undefined): HttpRetry {
  if (asked === undefined) return { attempts: 0 };
  return {
    attempts: asked.attempts,
    ...(asked.perTryTimeout > 0 && { perTryTimeout: duration(asked.perTryTimeout) }),
    retryOn: asked.on.join(','),
    backoff: duration(Math.max(asked.backoff, 1)),
    retryIgnorePreviousHosts: true,
  };
}
