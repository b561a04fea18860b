/** Messages of Envoy's API, written from a schema of it (npm run generate:native). */
import type { Json } from '../artifact.ts';

/** The fields of each message. */
export interface MessageFields {
  readonly 'envoy.config.bootstrap.v3.Bootstrap': {
    readonly node?: Json | undefined;
    readonly node_context_params?: Json | undefined;
    readonly static_resources?: Json | undefined;
    readonly dynamic_resources?: Json | undefined;
    readonly cluster_manager?: Json | undefined;
    readonly hds_config?: Json | undefined;
    readonly flags_path?: Json | undefined;
    readonly stats_sinks?: Json | undefined;
    readonly deferred_stat_options?: Json | undefined;
    readonly stats_config?: Json | undefined;
    readonly stats_flush_interval?: Json | undefined;
    readonly stats_flush_on_admin?: Json | undefined;
    readonly stats_eviction_interval?: Json | undefined;
    readonly watchdog?: Json | undefined;
    readonly watchdogs?: Json | undefined;
    readonly tracing?: Json | undefined;
    readonly layered_runtime?: Json | undefined;
    readonly admin?: Json | undefined;
    readonly overload_manager?: Json | undefined;
    readonly enable_dispatcher_stats?: Json | undefined;
    readonly header_prefix?: Json | undefined;
    readonly stats_server_version_override?: Json | undefined;
    readonly use_tcp_for_dns_lookups?: Json | undefined;
    readonly dns_resolution_config?: Json | undefined;
    readonly typed_dns_resolver_config?: Json | undefined;
    readonly bootstrap_extensions?: Json | undefined;
    readonly fatal_actions?: Json | undefined;
    readonly config_sources?: Json | undefined;
    readonly default_config_source?: Json | undefined;
    readonly default_socket_interface?: Json | undefined;
    readonly certificate_provider_instances?: Json | undefined;
    readonly inline_headers?: Json | undefined;
    readonly perf_tracing_file_path?: Json | undefined;
    readonly default_regex_engine?: Json | undefined;
    readonly xds_delegate_extension?: Json | undefined;
    readonly xds_config_tracker_extension?: Json | undefined;
    readonly listener_manager?: Json | undefined;
    readonly application_log_config?: Json | undefined;
    readonly grpc_async_client_manager_config?: Json | undefined;
    readonly memory_allocator_manager?: Json | undefined;
  };
  readonly 'envoy.config.cluster.v3.Cluster': {
    readonly transport_socket_matches?: Json | undefined;
    readonly transport_socket_matcher?: Json | undefined;
    readonly name?: Json | undefined;
    readonly alt_stat_name?: Json | undefined;
    readonly type?: Json | undefined;
    readonly cluster_type?: Json | undefined;
    readonly eds_cluster_config?: Json | undefined;
    readonly connect_timeout?: Json | undefined;
    readonly per_connection_buffer_limit_bytes?: Json | undefined;
    readonly lb_policy?: Json | undefined;
    readonly load_assignment?: Json | undefined;
    readonly health_checks?: Json | undefined;
    readonly max_requests_per_connection?: Json | undefined;
    readonly circuit_breakers?: Json | undefined;
    readonly upstream_http_protocol_options?: Json | undefined;
    readonly common_http_protocol_options?: Json | undefined;
    readonly http_protocol_options?: Json | undefined;
    readonly http2_protocol_options?: Json | undefined;
    readonly typed_extension_protocol_options?: Json | undefined;
    readonly dns_refresh_rate?: Json | undefined;
    readonly dns_jitter?: Json | undefined;
    readonly dns_failure_refresh_rate?: Json | undefined;
    readonly respect_dns_ttl?: Json | undefined;
    readonly dns_lookup_family?: Json | undefined;
    readonly dns_resolvers?: Json | undefined;
    readonly use_tcp_for_dns_lookups?: Json | undefined;
    readonly dns_resolution_config?: Json | undefined;
    readonly typed_dns_resolver_config?: Json | undefined;
    readonly wait_for_warm_on_init?: Json | undefined;
    readonly outlier_detection?: Json | undefined;
    readonly cleanup_interval?: Json | undefined;
    readonly upstream_bind_config?: Json | undefined;
    readonly lb_subset_config?: Json | undefined;
    readonly ring_hash_lb_config?: Json | undefined;
    readonly maglev_lb_config?: Json | undefined;
    readonly original_dst_lb_config?: Json | undefined;
    readonly least_request_lb_config?: Json | undefined;
    readonly round_robin_lb_config?: Json | undefined;
    readonly common_lb_config?: Json | undefined;
    readonly transport_socket?: Json | undefined;
    readonly metadata?: Json | undefined;
    readonly protocol_selection?: Json | undefined;
    readonly upstream_connection_options?: Json | undefined;
    readonly close_connections_on_host_health_failure?: Json | undefined;
    readonly ignore_health_on_host_removal?: Json | undefined;
    readonly filters?: Json | undefined;
    readonly load_balancing_policy?: Json | undefined;
    readonly lrs_server?: Json | undefined;
    readonly lrs_report_endpoint_metrics?: Json | undefined;
    readonly track_timeout_budgets?: Json | undefined;
    readonly upstream_config?: Json | undefined;
    readonly track_cluster_stats?: Json | undefined;
    readonly preconnect_policy?: Json | undefined;
    readonly connection_pool_per_downstream_connection?: Json | undefined;
  };
  readonly 'envoy.config.endpoint.v3.ClusterLoadAssignment': {
    readonly cluster_name?: Json | undefined;
    readonly endpoints?: Json | undefined;
    readonly named_endpoints?: Json | undefined;
    readonly policy?: Json | undefined;
  };
  readonly 'envoy.config.listener.v3.Listener': {
    readonly name?: Json | undefined;
    readonly address?: Json | undefined;
    readonly additional_addresses?: Json | undefined;
    readonly stat_prefix?: Json | undefined;
    readonly filter_chains?: Json | undefined;
    readonly fcds_config?: Json | undefined;
    readonly filter_chain_matcher?: Json | undefined;
    readonly use_original_dst?: Json | undefined;
    readonly default_filter_chain?: Json | undefined;
    readonly per_connection_buffer_limit_bytes?: Json | undefined;
    readonly metadata?: Json | undefined;
    readonly deprecated_v1?: Json | undefined;
    readonly drain_type?: Json | undefined;
    readonly listener_filters?: Json | undefined;
    readonly listener_filters_timeout?: Json | undefined;
    readonly continue_on_listener_filters_timeout?: Json | undefined;
    readonly transparent?: Json | undefined;
    readonly freebind?: Json | undefined;
    readonly socket_options?: Json | undefined;
    readonly tcp_fast_open_queue_length?: Json | undefined;
    readonly traffic_direction?: Json | undefined;
    readonly udp_listener_config?: Json | undefined;
    readonly api_listener?: Json | undefined;
    readonly connection_balance_config?: Json | undefined;
    readonly reuse_port?: Json | undefined;
    readonly enable_reuse_port?: Json | undefined;
    readonly access_log?: Json | undefined;
    readonly tcp_backlog_size?: Json | undefined;
    readonly max_connections_to_accept_per_socket_event?: Json | undefined;
    readonly bind_to_port?: Json | undefined;
    readonly internal_listener?: Json | undefined;
    readonly enable_mptcp?: Json | undefined;
    readonly ignore_global_conn_limit?: Json | undefined;
    readonly bypass_overload_manager?: Json | undefined;
    readonly tcp_keepalive?: Json | undefined;
  };
  readonly 'envoy.config.rbac.v3.Action': {
    readonly name?: Json | undefined;
    readonly action?: Json | undefined;
  };
  readonly 'envoy.config.route.v3.FilterConfig': {
    readonly config?: Json | undefined;
    readonly is_optional?: Json | undefined;
    readonly disabled?: Json | undefined;
  };
  readonly 'envoy.config.route.v3.RouteConfiguration': {
    readonly name?: Json | undefined;
    readonly virtual_hosts?: Json | undefined;
    readonly vhds?: Json | undefined;
    readonly internal_only_headers?: Json | undefined;
    readonly response_headers_to_add?: Json | undefined;
    readonly response_headers_to_remove?: Json | undefined;
    readonly request_headers_to_add?: Json | undefined;
    readonly request_headers_to_remove?: Json | undefined;
    readonly most_specific_header_mutations_wins?: Json | undefined;
    readonly validate_clusters?: Json | undefined;
    readonly max_direct_response_body_size_bytes?: Json | undefined;
    readonly cluster_specifier_plugins?: Json | undefined;
    readonly request_mirror_policies?: Json | undefined;
    readonly ignore_port_in_host_matching?: Json | undefined;
    readonly vhost_header?: Json | undefined;
    readonly ignore_path_parameters_in_path_matching?: Json | undefined;
    readonly typed_per_filter_config?: Json | undefined;
    readonly metadata?: Json | undefined;
  };
  readonly 'envoy.config.trace.v3.OpenTelemetryConfig': {
    readonly grpc_service?: Json | undefined;
    readonly http_service?: Json | undefined;
    readonly service_name?: Json | undefined;
    readonly resource_detectors?: Json | undefined;
    readonly sampler?: Json | undefined;
    readonly max_cache_size?: Json | undefined;
  };
  readonly 'envoy.extensions.access_loggers.file.v3.FileAccessLog': {
    readonly path?: Json | undefined;
    readonly format?: Json | undefined;
    readonly json_format?: Json | undefined;
    readonly typed_json_format?: Json | undefined;
    readonly log_format?: Json | undefined;
  };
  readonly 'envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig': {
    readonly common_config?: Json | undefined;
    readonly http_service?: Json | undefined;
    readonly grpc_service?: Json | undefined;
    readonly disable_builtin_labels?: Json | undefined;
    readonly resource_attributes?: Json | undefined;
    readonly body?: Json | undefined;
    readonly attributes?: Json | undefined;
    readonly stat_prefix?: Json | undefined;
    readonly formatters?: Json | undefined;
    readonly log_name?: Json | undefined;
    readonly buffer_flush_interval?: Json | undefined;
    readonly buffer_size_bytes?: Json | undefined;
    readonly filter_state_objects_to_log?: Json | undefined;
    readonly custom_tags?: Json | undefined;
  };
  readonly 'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog': {
    readonly log_format?: Json | undefined;
  };
  readonly 'envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig': {
    readonly dns_cache_config?: Json | undefined;
    readonly sub_clusters_config?: Json | undefined;
    readonly allow_insecure_cluster_options?: Json | undefined;
    readonly allow_coalesced_connections?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.dynamic_forward_proxy.v3.FilterConfig': {
    readonly dns_cache_config?: Json | undefined;
    readonly sub_cluster_config?: Json | undefined;
    readonly save_upstream_address?: Json | undefined;
    readonly allow_dynamic_host_from_filter_state?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz': {
    readonly grpc_service?: Json | undefined;
    readonly http_service?: Json | undefined;
    readonly transport_api_version?: Json | undefined;
    readonly failure_mode_allow?: Json | undefined;
    readonly failure_mode_allow_header_add?: Json | undefined;
    readonly with_request_body?: Json | undefined;
    readonly clear_route_cache?: Json | undefined;
    readonly status_on_error?: Json | undefined;
    readonly validate_mutations?: Json | undefined;
    readonly metadata_context_namespaces?: Json | undefined;
    readonly typed_metadata_context_namespaces?: Json | undefined;
    readonly route_metadata_context_namespaces?: Json | undefined;
    readonly route_typed_metadata_context_namespaces?: Json | undefined;
    readonly filter_enabled?: Json | undefined;
    readonly filter_enabled_metadata?: Json | undefined;
    readonly deny_at_disable?: Json | undefined;
    readonly include_peer_certificate?: Json | undefined;
    readonly stat_prefix?: Json | undefined;
    readonly bootstrap_metadata_labels_key?: Json | undefined;
    readonly allowed_headers?: Json | undefined;
    readonly disallowed_headers?: Json | undefined;
    readonly include_tls_session?: Json | undefined;
    readonly charge_cluster_response_stats?: Json | undefined;
    readonly encode_raw_headers?: Json | undefined;
    readonly decoder_header_mutation_rules?: Json | undefined;
    readonly enable_dynamic_metadata_ingestion?: Json | undefined;
    readonly filter_metadata?: Json | undefined;
    readonly emit_filter_state_stats?: Json | undefined;
    readonly max_denied_response_body_bytes?: Json | undefined;
    readonly enforce_response_header_limits?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute': {
    readonly disabled?: Json | undefined;
    readonly check_settings?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.fault.v3.HTTPFault': {
    readonly delay?: Json | undefined;
    readonly abort?: Json | undefined;
    readonly upstream_cluster?: Json | undefined;
    readonly headers?: Json | undefined;
    readonly downstream_nodes?: Json | undefined;
    readonly max_active_faults?: Json | undefined;
    readonly response_rate_limit?: Json | undefined;
    readonly delay_percent_runtime?: Json | undefined;
    readonly abort_percent_runtime?: Json | undefined;
    readonly delay_duration_runtime?: Json | undefined;
    readonly abort_http_status_runtime?: Json | undefined;
    readonly max_active_faults_runtime?: Json | undefined;
    readonly response_rate_limit_percent_runtime?: Json | undefined;
    readonly abort_grpc_status_runtime?: Json | undefined;
    readonly disable_downstream_cluster_stats?: Json | undefined;
    readonly filter_metadata?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.health_check.v3.HealthCheck': {
    readonly pass_through_mode?: Json | undefined;
    readonly cache_time?: Json | undefined;
    readonly cluster_min_healthy_percentages?: Json | undefined;
    readonly headers?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication': {
    readonly providers?: Json | undefined;
    readonly rules?: Json | undefined;
    readonly filter_state_rules?: Json | undefined;
    readonly bypass_cors_preflight?: Json | undefined;
    readonly requirement_map?: Json | undefined;
    readonly strip_failure_response?: Json | undefined;
    readonly stat_prefix?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit': {
    readonly stat_prefix?: Json | undefined;
    readonly status?: Json | undefined;
    readonly token_bucket?: Json | undefined;
    readonly filter_enabled?: Json | undefined;
    readonly filter_enforced?: Json | undefined;
    readonly request_headers_to_add_when_not_enforced?: Json | undefined;
    readonly response_headers_to_add?: Json | undefined;
    readonly descriptors?: Json | undefined;
    readonly stage?: Json | undefined;
    readonly local_rate_limit_per_downstream_connection?: Json | undefined;
    readonly local_cluster_rate_limit?: Json | undefined;
    readonly enable_x_ratelimit_headers?: Json | undefined;
    readonly vh_rate_limits?: Json | undefined;
    readonly always_consume_default_token_bucket?: Json | undefined;
    readonly rate_limited_as_resource_exhausted?: Json | undefined;
    readonly rate_limits?: Json | undefined;
    readonly max_dynamic_descriptors?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.lua.v3.Lua': {
    readonly inline_code?: Json | undefined;
    readonly source_codes?: Json | undefined;
    readonly default_source_code?: Json | undefined;
    readonly stat_prefix?: Json | undefined;
    readonly clear_route_cache?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.rbac.v3.RBAC': {
    readonly rules?: Json | undefined;
    readonly rules_stat_prefix?: Json | undefined;
    readonly matcher?: Json | undefined;
    readonly shadow_rules?: Json | undefined;
    readonly shadow_matcher?: Json | undefined;
    readonly shadow_rules_stat_prefix?: Json | undefined;
    readonly track_per_rule_stats?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.rbac.v3.RBACPerRoute': {
    readonly rbac?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.router.v3.Router': {
    readonly dynamic_stats?: Json | undefined;
    readonly start_child_span?: Json | undefined;
    readonly upstream_log?: Json | undefined;
    readonly upstream_log_options?: Json | undefined;
    readonly suppress_envoy_headers?: Json | undefined;
    readonly strict_check_headers?: Json | undefined;
    readonly respect_expected_rq_timeout?: Json | undefined;
    readonly suppress_grpc_request_failure_code_stats?: Json | undefined;
    readonly upstream_http_filters?: Json | undefined;
    readonly reject_connect_request_early_data?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.http.set_filter_state.v3.Config': {
    readonly on_request_headers?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol': {
    readonly rules?: Json | undefined;
    readonly allow_requests_without_proxy_protocol?: Json | undefined;
    readonly pass_through_tlvs?: Json | undefined;
    readonly disallowed_versions?: Json | undefined;
    readonly stat_prefix?: Json | undefined;
    readonly tlv_location?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector': {
    readonly enable_ja3_fingerprinting?: Json | undefined;
    readonly enable_ja4_fingerprinting?: Json | undefined;
    readonly initial_read_buffer_size?: Json | undefined;
    readonly close_connection_on_client_hello_parsing_errors?: Json | undefined;
    readonly max_client_hello_size?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager': {
    readonly codec_type?: Json | undefined;
    readonly stat_prefix?: Json | undefined;
    readonly rds?: Json | undefined;
    readonly route_config?: Json | undefined;
    readonly scoped_routes?: Json | undefined;
    readonly http_filters?: Json | undefined;
    readonly add_user_agent?: Json | undefined;
    readonly tracing?: Json | undefined;
    readonly common_http_protocol_options?: Json | undefined;
    readonly http1_safe_max_connection_duration?: Json | undefined;
    readonly http_protocol_options?: Json | undefined;
    readonly http2_protocol_options?: Json | undefined;
    readonly http3_protocol_options?: Json | undefined;
    readonly server_name?: Json | undefined;
    readonly server_header_transformation?: Json | undefined;
    readonly scheme_header_transformation?: Json | undefined;
    readonly max_request_headers_kb?: Json | undefined;
    readonly stream_idle_timeout?: Json | undefined;
    readonly stream_flush_timeout?: Json | undefined;
    readonly request_timeout?: Json | undefined;
    readonly request_headers_timeout?: Json | undefined;
    readonly drain_timeout?: Json | undefined;
    readonly delayed_close_timeout?: Json | undefined;
    readonly access_log?: Json | undefined;
    readonly access_log_flush_interval?: Json | undefined;
    readonly flush_access_log_on_new_request?: Json | undefined;
    readonly access_log_options?: Json | undefined;
    readonly use_remote_address?: Json | undefined;
    readonly xff_num_trusted_hops?: Json | undefined;
    readonly original_ip_detection_extensions?: Json | undefined;
    readonly early_header_mutation_extensions?: Json | undefined;
    readonly internal_address_config?: Json | undefined;
    readonly skip_xff_append?: Json | undefined;
    readonly via?: Json | undefined;
    readonly generate_request_id?: Json | undefined;
    readonly preserve_external_request_id?: Json | undefined;
    readonly always_set_request_id_in_response?: Json | undefined;
    readonly forward_client_cert_details?: Json | undefined;
    readonly set_current_client_cert_details?: Json | undefined;
    readonly forward_client_cert_matcher?: Json | undefined;
    readonly proxy_100_continue?: Json | undefined;
    readonly represent_ipv4_remote_address_as_ipv4_mapped_ipv6?: Json | undefined;
    readonly upgrade_configs?: Json | undefined;
    readonly normalize_path?: Json | undefined;
    readonly merge_slashes?: Json | undefined;
    readonly path_with_escaped_slashes_action?: Json | undefined;
    readonly request_id_extension?: Json | undefined;
    readonly local_reply_config?: Json | undefined;
    readonly strip_matching_host_port?: Json | undefined;
    readonly strip_any_host_port?: Json | undefined;
    readonly stream_error_on_invalid_http_message?: Json | undefined;
    readonly path_normalization_options?: Json | undefined;
    readonly strip_trailing_host_dot?: Json | undefined;
    readonly proxy_status_config?: Json | undefined;
    readonly typed_header_validation_config?: Json | undefined;
    readonly append_x_forwarded_port?: Json | undefined;
    readonly append_local_overload?: Json | undefined;
    readonly add_proxy_protocol_connection_state?: Json | undefined;
    readonly forward_proto_config?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.network.rbac.v3.RBAC': {
    readonly rules?: Json | undefined;
    readonly matcher?: Json | undefined;
    readonly shadow_rules?: Json | undefined;
    readonly shadow_matcher?: Json | undefined;
    readonly shadow_rules_stat_prefix?: Json | undefined;
    readonly stat_prefix?: Json | undefined;
    readonly enforcement_type?: Json | undefined;
    readonly delay_deny?: Json | undefined;
  };
  readonly 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy': {
    readonly stat_prefix?: Json | undefined;
    readonly cluster?: Json | undefined;
    readonly weighted_clusters?: Json | undefined;
    readonly on_demand?: Json | undefined;
    readonly metadata_match?: Json | undefined;
    readonly idle_timeout?: Json | undefined;
    readonly downstream_idle_timeout?: Json | undefined;
    readonly upstream_idle_timeout?: Json | undefined;
    readonly access_log?: Json | undefined;
    readonly max_connect_attempts?: Json | undefined;
    readonly backoff_options?: Json | undefined;
    readonly hash_policy?: Json | undefined;
    readonly tunneling_config?: Json | undefined;
    readonly max_downstream_connection_duration?: Json | undefined;
    readonly max_downstream_connection_duration_jitter_percentage?: Json | undefined;
    readonly access_log_flush_interval?: Json | undefined;
    readonly flush_access_log_on_connected?: Json | undefined;
    readonly access_log_options?: Json | undefined;
    readonly proxy_protocol_tlvs?: Json | undefined;
    readonly upstream_connect_mode?: Json | undefined;
    readonly max_early_data_bytes?: Json | undefined;
  };
  readonly 'envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate': {
  };
  readonly 'envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer': {
  };
  readonly 'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext': {
    readonly common_tls_context?: Json | undefined;
    readonly require_client_certificate?: Json | undefined;
    readonly require_sni?: Json | undefined;
    readonly session_ticket_keys?: Json | undefined;
    readonly session_ticket_keys_sds_secret_config?: Json | undefined;
    readonly disable_stateless_session_resumption?: Json | undefined;
    readonly disable_stateful_session_resumption?: Json | undefined;
    readonly session_timeout?: Json | undefined;
    readonly ocsp_staple_policy?: Json | undefined;
    readonly full_scan_certs_on_sni_mismatch?: Json | undefined;
    readonly prefer_client_ciphers?: Json | undefined;
  };
  readonly 'envoy.extensions.transport_sockets.tls.v3.Secret': {
    readonly name?: Json | undefined;
    readonly tls_certificate?: Json | undefined;
    readonly session_ticket_keys?: Json | undefined;
    readonly validation_context?: Json | undefined;
    readonly generic_secret?: Json | undefined;
  };
  readonly 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext': {
    readonly common_tls_context?: Json | undefined;
    readonly sni?: Json | undefined;
    readonly auto_host_sni?: Json | undefined;
    readonly auto_sni_san_validation?: Json | undefined;
    readonly allow_renegotiation?: Json | undefined;
    readonly max_session_keys?: Json | undefined;
    readonly enforce_rsa_key_usage?: Json | undefined;
  };
  readonly 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
    readonly common_http_protocol_options?: Json | undefined;
    readonly upstream_http_protocol_options?: Json | undefined;
    readonly explicit_http_config?: Json | undefined;
    readonly use_downstream_protocol_config?: Json | undefined;
    readonly auto_config?: Json | undefined;
    readonly http_filters?: Json | undefined;
    readonly header_validation_config?: Json | undefined;
    readonly outlier_detection?: Json | undefined;
    readonly request_mirror_policies?: Json | undefined;
    readonly hash_policy?: Json | undefined;
    readonly retry_policy?: Json | undefined;
  };
}

/** Messages that targets write and that are younger than the schema. */
export type YoungerMessage =
  | 'envoy.admin.v3.CertificateDetails'
  | 'envoy.admin.v3.SecretsConfigDump'
  | 'envoy.admin.v3.ServerInfo'
  | 'envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter'
  | 'envoy.extensions.access_loggers.stats.v3.Config'
  | 'envoy.extensions.clusters.dns.v3.DnsCluster'
  | 'envoy.extensions.filters.http.header_mutation.v3.HeaderMutation'
  | 'envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute'
  | 'envoy.extensions.filters.network.set_filter_state.v3.Config'
  | 'envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation'
  | 'envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput'
  | 'envoy.extensions.rate_limit_descriptors.expr.v3.Descriptor'
  | 'envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig'
  | 'envoy.extensions.tracers.opentelemetry.samplers.v3.ParentBasedSamplerConfig'
  | 'envoy.extensions.tracers.opentelemetry.samplers.v3.TraceIdRatioBasedSamplerConfig'
  | 'envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig'
  | 'envoy.extensions.upstreams.http.tcp.v3.TcpConnectionPoolProto';
