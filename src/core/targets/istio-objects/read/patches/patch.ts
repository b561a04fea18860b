import type { Field } from '../../../../import/field.ts';
import { readHeader } from '../../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../../import/native-document.ts';
import type { Surroundings } from '../surroundings.ts';
import { fieldsOf, type Message, textOf, withFieldNames } from './message.ts';
import { type ProxyScope, readProxyScope } from './proxy-scope.ts';

/** A patch of an EnvoyFilter, with its values by the names of fields that protocol buffers have. */
export interface Patch {
  readonly document: NativeDocument;
  /** The item of `configPatches`. */
  readonly field: Field;
  readonly scope: ProxyScope;
  readonly applyTo: string;
  /** ANY, SIDECAR_INBOUND, SIDECAR_OUTBOUND or GATEWAY. */
  readonly context: string;
  /** The fields of `match` but the context. */
  readonly match: Message;
  readonly operation: string;
  readonly value: unknown;
}

/** Reads the patches of an EnvoyFilter. Patches with fields that the reader doesn't know are left out. */
export function readPatches(document: NativeDocument, surroundings: Surroundings): readonly Patch[] {
  readHeader(document);
  const spec = document.root.at('spec');
  if (fieldsOf(spec.value, ['workloadSelector', 'targetRefs', 'priority', 'configPatches']) === undefined)
    return [];
  const scope = readProxyScope(spec, surroundings.context.namespaceOf(document), surroundings);
  if (scope === undefined) return [];
  return spec
    .at('configPatches')
    .items()
    .flatMap((field) => {
      const item = fieldsOf(withFieldNames(field.value), ['apply_to', 'match', 'patch']);
      const patch = fieldsOf(item?.['patch'], ['operation', 'value']);
      const { context = 'ANY', ...match } = (item?.['match'] ?? {}) as Message;
      const [applyTo, operation] = [textOf(item?.['apply_to']), textOf(patch?.['operation'])];
      if (applyTo === undefined || operation === undefined || typeof context !== 'string') return [];
      return [{ document, field, scope, applyTo, context, match, operation, value: patch?.['value'] }];
    });
}

/** The place of a filter among the filters of requests. */
export interface FilterPlace {
  /** `last`: right before the router; `first`: before all others; else the name of the filter that it comes after. */
  readonly position: 'last' | 'first' | { readonly after: string };
  /** True for the listener of a waypoint that reads requests. */
  readonly atWaypoint: boolean;
}

const connections = 'envoy.filters.network.http_connection_manager';

/** Returns the place of a patch that adds a filter of requests to every listener; undefined for any other patch. */
export function filterPlace({ applyTo, match, operation }: Patch): FilterPlace | undefined {
  if (applyTo !== 'HTTP_FILTER') return undefined;
  const at = managersOf(match, ['sub_filter']);
  const other = fieldsOf(at?.manager['sub_filter'] ?? {}, ['name']);
  if (at === undefined || other === undefined) return undefined;
  const position = positionOf(operation, textOf(other['name']));
  return position === undefined ? undefined : { position, atWaypoint: at.atWaypoint };
}

function positionOf(operation: string, other: string | undefined): FilterPlace['position'] | undefined {
  if (operation === 'INSERT_BEFORE' && other === 'envoy.filters.http.router') return 'last';
  // Without another filter a patch inserts before all of them.
  if (operation === 'INSERT_FIRST' || (operation === 'INSERT_BEFORE' && other === undefined)) return 'first';
  return operation === 'INSERT_AFTER' && other !== undefined ? { after: other } : undefined;
}

/** Returns the place of a patch that changes what reads requests at every listener; undefined for any other patch. */
export function managerPlace({
  applyTo,
  match,
  operation,
}: Patch): Pick<FilterPlace, 'atWaypoint'> | undefined {
  return applyTo === 'NETWORK_FILTER' && operation === 'MERGE' ? managersOf(match, []) : undefined;
}

function managersOf(
  match: Message,
  more: readonly string[],
): { readonly manager: Message; readonly atWaypoint: boolean } | undefined {
  const listener = fieldsOf(fieldsOf(match, ['listener'])?.['listener'], ['name', 'filter_chain']);
  const chain = fieldsOf(listener?.['filter_chain'], ['filter']);
  const manager = fieldsOf(chain?.['filter'], ['name', ...more]);
  if (listener === undefined || manager?.['name'] !== connections) return undefined;
  const { name } = listener;
  if (name !== undefined && name !== 'main_internal') return undefined;
  return { manager, atWaypoint: name !== undefined };
}

/** The virtual host, and perhaps the rule, that a patch is for. */
export interface RoutePlace {
  readonly vhost: string;
  /** The name of a rule; absent for all rules of the virtual host. */
  readonly rule?: string;
}

/** Returns the place of a patch that changes a virtual host or rules of it; undefined for any other patch. */
export function routePlace({ applyTo, match, operation }: Patch): RoutePlace | undefined {
  if (operation !== 'MERGE' || (applyTo !== 'VIRTUAL_HOST' && applyTo !== 'HTTP_ROUTE')) return undefined;
  const routes = fieldsOf(fieldsOf(match, ['route_configuration'])?.['route_configuration'], ['vhost']);
  const host = fieldsOf(routes?.['vhost'], ['name', 'route']);
  const vhost = textOf(host?.['name']) ?? '';
  const rule = ruleOf(host?.['route']);
  if (vhost === '' || rule === undefined || (rule !== 'all' && applyTo === 'VIRTUAL_HOST')) return undefined;
  return { vhost, ...(rule !== 'all' && { rule: rule.name }) };
}

/** Returns the rule that a patch names; `all` if it names none, and undefined if it takes rules by what they do. */
function ruleOf(route: unknown): { readonly name: string } | 'all' | undefined {
  const fields = fieldsOf(route ?? {}, ['name', 'action']);
  const { name, action = 'ANY' } = fields ?? { action: '' };
  if (action !== 'ANY') return undefined;
  if (name === undefined) return 'all';
  return typeof name === 'string' ? { name } : undefined;
}

/** Returns the configuration that a patch gives to one filter of a virtual host or rule, if it does nothing else. */
export function overrideOf({ value }: Patch, filter: string): unknown {
  const overrides = fieldsOf(fieldsOf(value, ['typed_per_filter_config'])?.['typed_per_filter_config'], [
    filter,
  ]);
  return overrides?.[filter];
}
