import type { Field } from '../../../../import/field.ts';
import { type ReadManager, readManager } from './connection-manager.ts';
import { extensionForm, type Form, hole } from './forms.ts';
import { listenAddress } from './proxies.ts';
import type { Reading } from './reading.ts';

/** The listener at which an application's calls enter its proxy. */
export interface ReadOutbound {
  readonly address: string;
  /** The identity of the application. */
  readonly identity: string;
  readonly manager: ReadManager;
}

const filtersAlways: readonly Form[] = [
  extensionForm(
    'envoy.filters.http.header_mutation',
    'envoy.extensions.filters.http.header_mutation.v3.HeaderMutation',
    {},
  ),
  extensionForm(
    'envoy.filters.http.local_ratelimit',
    'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit',
    { stat_prefix: 'rules' },
  ),
  extensionForm('envoy.filters.http.fault', 'envoy.extensions.filters.http.fault.v3.HTTPFault', {}),
];

const filtersOfHosts: readonly Form[] = [
  extensionForm(
    'envoy.filters.http.set_filter_state',
    'envoy.extensions.filters.http.set_filter_state.v3.Config',
    {},
  ),
  extensionForm(
    'envoy.filters.http.dynamic_forward_proxy',
    'envoy.extensions.filters.http.dynamic_forward_proxy.v3.FilterConfig',
    {
      dns_cache_config: { name: 'hosts', dns_lookup_family: 'V4_PREFERRED', max_hosts: 65_536 },
      allow_dynamic_host_from_filter_state: true,
    },
  ),
];

/** Reads the filters with which a proxy routes; returns true if they resolve the hosts of requests. */
export function readClientFilters(reading: Reading, filters: readonly Field[], place: Field): boolean {
  const resolves = filters.length > filtersAlways.length;
  const forms = resolves ? [...filtersAlways, ...filtersOfHosts] : filtersAlways;
  for (const [index, form] of forms.entries()) {
    const filter = filters[index];
    if (filter === undefined) reading.report(place, 'all filters with which a proxy routes');
    else reading.check(filter, form);
  }
  for (const more of filters.slice(forms.length)) reading.report(more, 'no further filter');
  return resolves;
}

/** Reads the listener of an application's calls by HTTP. */
export function readOutbound(reading: Reading, listener: Field): ReadOutbound {
  const { address, caller, manager } = reading.take(listener, {
    '@type': hole('type'),
    name: 'outbound',
    address: hole('address'),
    traffic_direction: 'OUTBOUND',
    filter_chains: [{ filters: [hole('caller'), hole('manager')] }],
  });
  const { identity } = reading.take(
    caller,
    extensionForm(
      'envoy.filters.network.set_filter_state',
      'envoy.extensions.filters.network.set_filter_state.v3.Config',
      {
        on_new_connection: [
          {
            object_key: 'meshwright.caller',
            factory_key: 'envoy.string',
            format_string: { text_format_source: { inline_string: hole('identity') } },
          },
        ],
      },
    ),
  );
  const place = { stats: 'outbound', isEdge: false, marksFailures: false, notesClient: false };
  const read = readManager(reading, manager, place);
  if (read.checksTokens) reading.report(listener, 'no answers about tokens');
  if (read.ownHeaders.length > 0) reading.report(listener, 'no headers of its own');
  readClientFilters(reading, read.filters, listener);
  return {
    address: listenAddress(reading, address),
    identity: (identity.text() ?? '').replaceAll('%%', '%'),
    manager: read,
  };
}
