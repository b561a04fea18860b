import type { Settings } from '../../ir/settings.ts';

/** The retries of a service or rule without retries. */
const noRetries = { attempts: 0 };

/**
 * Returns settings with the fields of the language; durations are in milliseconds. Limits that don't hold and groups
 * that are off are missing; retries that are off have no attempts.
 */
export function resolvedSettings(settings: Settings): Readonly<Record<string, unknown>> {
  const { origins: _origins, loadBalancing, retries, ...others } = settings;
  const { algorithm, affinity } = loadBalancing;
  return {
    ...others,
    retries: retries ?? noRetries,
    loadBalancing: { algorithm, ...(affinity && { affinity: affinityOf(affinity) }) },
  };
}

/** Returns the timeout and the retries of a rule that forwards. */
export function resolvedRule(rule: {
  readonly timeout: number;
  readonly retries?: Settings['retries'];
}): Readonly<Record<string, unknown>> {
  return { timeout: rule.timeout, retries: rule.retries ?? noRetries };
}

function affinityOf(affinity: NonNullable<Settings['loadBalancing']['affinity']>): object {
  switch (affinity.type) {
    case 'cookie':
      return { cookie: { name: affinity.name, ttl: affinity.ttl } };
    case 'sourceAddress':
      return { sourceAddress: true };
    case 'header':
    case 'query':
      return { [affinity.type]: affinity.name };
  }
}
