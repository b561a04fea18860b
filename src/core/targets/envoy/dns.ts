import { extension, type Fields } from './typed-config.ts';

/** Each address that DNS returns is an endpoint; an answer is kept for its TTL. */
export const dns: Fields = {
  cluster_type: extension('envoy.cluster.dns', 'envoy.extensions.clusters.dns.v3.DnsCluster', {
    dns_lookup_family: 'V4_PREFERRED',
    respect_dns_ttl: true,
  }),
};
