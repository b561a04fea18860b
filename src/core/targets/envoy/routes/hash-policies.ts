import type { Affinity } from '../../../ir/settings.ts';
import type { Json } from '../../artifact.ts';
import { duration } from '../duration.ts';

/** Returns the policy that keeps a user on one instance of a version. */
export function hashPolicy(affinity: Affinity): Json {
  switch (affinity.type) {
    case 'cookie':
      return { cookie: { name: affinity.name, ttl: duration(affinity.ttl), path: affinity.path ?? '/' } };
    case 'header':
      return { header: { header_name: affinity.name } };
    case 'query':
      return { query_parameter: { name: affinity.name } };
    case 'sourceAddress':
      return { connection_properties: { source_ip: true } };
  }
}
