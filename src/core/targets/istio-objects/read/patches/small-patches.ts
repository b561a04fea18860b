import { fieldsOf, isValue } from './message.ts';
import { type NativeRule, takesPreflights } from './native-rules.ts';
import { type Patch, routePlace } from './patch.ts';
import type { PatchBook } from './patch-book.ts';

/** Reads patches that say what a mesh of the language does by itself: how long servers wait, and preflights without checks. */
export function readSmallPatches(book: PatchBook, rules: readonly NativeRule[]): void {
  for (const patch of book.all) {
    if (waitsForGreetings(patch))
      book.setAside(
        patch,
        'the spec does not say how long a proxy waits for the first bytes of a silent caller',
      );
    else if (passesPreflights(patch, rules)) book.carry(patch);
  }
}

/** A server's proxy waits a second for a caller's first bytes, and then lets the server speak first. */
function waitsForGreetings({ applyTo, context, match, operation, value }: Patch): boolean {
  return (
    applyTo === 'LISTENER' &&
    operation === 'MERGE' &&
    context === 'SIDECAR_INBOUND' &&
    Object.keys(match).length === 0 &&
    isValue(value, { listener_filters_timeout: '1s', continue_on_listener_filters_timeout: true })
  );
}

/** Preflights of browsers are answered before Access and tokens are checked, in the language always. */
function passesPreflights(patch: Patch, rules: readonly NativeRule[]): boolean {
  const { context, scope, value } = patch;
  const at = routePlace(patch);
  const overrides = fieldsOf(value, ['typed_per_filter_config'])?.['typed_per_filter_config'];
  if (at?.rule === undefined || context !== 'GATEWAY' || scope.type !== 'pods') return false;
  const isUnchecked = isValue(overrides, {
    'envoy.filters.http.rbac': { '@type': `${types}.rbac.v3.RBACPerRoute` },
    'envoy.filters.http.ext_authz': { '@type': `${types}.ext_authz.v3.ExtAuthzPerRoute`, disabled: true },
  });
  const named = rules.filter(
    ({ name, places }) => name === at.rule && places.some(({ vhost }) => vhost === at.vhost),
  );
  return isUnchecked && named.length > 0 && named.every(takesPreflights);
}

const types = 'type.googleapis.com/envoy.extensions.filters.http';
