import type { Field } from '../../../import/field.ts';
import { account, idle, lost, type Rest } from './account.ts';

const form = 'the proxy of the target does this in its own way';

/** Fields of a connection manager of which nothing is carried. */
const rest: Readonly<Record<string, Rest>> = {
  '@type': idle('it names the message'),
  access_log: lost('requests are not logged: write telemetry.accessLog'),
  access_log_flush_interval: idle('it logs'),
  access_log_options: idle('it logs'),
  add_proxy_protocol_connection_state: idle(form),
  add_user_agent: lost('the header x-envoy-downstream-service-cluster is missing'),
  always_set_request_id_in_response: lost('answers have no x-request-id'),
  append_local_overload: idle(form),
  append_x_forwarded_port: lost('the header x-forwarded-port is not added'),
  codec_type: idle('both versions of HTTP are taken'),
  common_http_protocol_options: lost('the limits of connections are those of the target'),
  delayed_close_timeout: idle(form),
  drain_timeout: idle(form),
  early_header_mutation_extensions: lost('headers of callers are not changed before the rules are asked'),
  forward_client_cert_details: lost('the header x-forwarded-client-cert is that of the target'),
  generate_request_id: lost('the header x-request-id is that of the target'),
  http1_safe_max_connection_duration: idle(form),
  http2_protocol_options: idle('settings of the protocol change no call'),
  http3_protocol_options: idle('settings of the protocol change no call'),
  http_protocol_options: idle('settings of the protocol change no call'),
  internal_address_config: lost('no caller counts as internal'),
  local_reply_config: lost('answers of the proxy itself are plain'),
  max_request_headers_kb: idle(form),
  merge_slashes: idle('the language merges slashes'),
  normalize_path: idle('the language normalises paths'),
  original_ip_detection_extensions: lost('the address of a client is that of its connection'),
  path_normalization_options: idle('the language normalises paths'),
  path_with_escaped_slashes_action: idle('the language refuses such paths'),
  preserve_external_request_id: lost('the header x-request-id is that of the target'),
  proxy_100_continue: idle(form),
  proxy_status_config: lost('answers have no header proxy-status'),
  represent_ipv4_remote_address_as_ipv4_mapped_ipv6: idle(form),
  request_headers_timeout: idle(form),
  request_id_extension: idle(form),
  request_timeout: lost('a request that comes slowly is waited for'),
  scheme_header_transformation: idle(form),
  server_header_transformation: lost('the header server is that of the target'),
  server_name: lost('the header server is that of the target'),
  set_current_client_cert_details: lost('the header x-forwarded-client-cert is that of the target'),
  skip_xff_append: lost('the address of the client is added to x-forwarded-for'),
  stat_prefix: idle('it names counters'),
  stream_error_on_invalid_http_message: idle(form),
  stream_flush_timeout: idle(form),
  stream_idle_timeout: lost('a request that is silent is waited for as long as the timeout lets it'),
  strip_any_host_port: idle('hosts are compared without their port'),
  strip_matching_host_port: idle('hosts are compared without their port'),
  strip_trailing_host_dot: idle('a dot at the end of a host counts as none'),
  tracing: lost('spans are not sent: write tracing'),
  typed_header_validation_config: idle(form),
  upgrade_configs: idle('connections can be upgraded to websockets'),
  via: lost('the header via is not added'),
};

/** The parts of a connection manager that documents say. */
export interface HttpManager {
  /** The routes: those of the manager itself, or the name of some that are configured elsewhere. */
  readonly routes: Field | string | undefined;
  readonly filters: Field;
  /** Number of trusted proxies that write x-forwarded-for in front. */
  readonly hops: number;
  /** True if the address of a request (`remote_ip`) is the one of its connection. */
  readonly isPeerClient: boolean;
}

/** Reads an HttpConnectionManager. */
export function readHttpManager(config: Field): HttpManager {
  account(config, rest);
  const usesPeer = config.at('use_remote_address').boolean() === true;
  const hops = config.at('xff_num_trusted_hops').number() ?? 0;
  const rds = config.at('rds');
  const name = rds.at('route_config_name').text();
  rds
    .at('config_source')
    .withoutEffect('it says where the routes come from: a file is read if it is among the input');
  config.at('scoped_routes').lost({ callers: 'the listener has no routes: requests get 404' });
  const own = config.at('route_config');
  return {
    routes: own.isPresent ? own : name,
    filters: config.at('http_filters'),
    hops: usesPeer && Number.isInteger(hops) && hops > 0 ? hops : 0,
    isPeerClient: usesPeer && hops === 0,
  };
}
