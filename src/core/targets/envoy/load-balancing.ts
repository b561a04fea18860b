import type { Settings } from '../../ir/settings.ts';
import type { Fields } from './typed-config.ts';

/**
 * Returns the algorithm of a cluster. Below `minHealthPercent` of healthy instances, Envoy also sends to ejected ones
 * ("panic").
 */
export function loadBalancing({ loadBalancing: { algorithm }, outlierDetection }: Settings): Fields {
  const common = {
    common_lb_config: { healthy_panic_threshold: { value: outlierDetection?.minHealthPercent ?? 0 } },
  };
  switch (algorithm) {
    case 'round-robin':
      return { ...common, lb_policy: 'ROUND_ROBIN' };
    case 'least-request':
      return { ...common, lb_policy: 'LEAST_REQUEST', least_request_lb_config: { choice_count: 2 } };
    case 'random':
      return { ...common, lb_policy: 'RANDOM' };
    case 'ring-hash':
      return {
        ...common,
        lb_policy: 'RING_HASH',
        ring_hash_lb_config: {
          hash_function: 'XX_HASH',
          minimum_ring_size: 1024,
          maximum_ring_size: 8_388_608,
        },
      };
    case 'maglev':
      return { ...common, lb_policy: 'MAGLEV', maglev_lb_config: { table_size: 65_537 } };
  }
}
