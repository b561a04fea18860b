import type { External, ExternalPort } from '../../ir/external.ts';
import type { Json } from '../artifact.ts';
import type { Fields } from './typed-config.ts';

/**
 * Header by which the proxy of a caller tells an egress gateway the port of the External that a Route chose: all calls to
 * an External come to one listener, and the Host is that of the call. The gateway takes the header away.
 */
export const egressHeader = 'x-meshwright-egress';

/** Value of the header: `namespace/name:port`. */
export function egressMark({ id }: External, { name }: ExternalPort): string {
  return `${id}:${name}`;
}

/** Field of a weighted cluster or route that marks its calls; nobody else's value passes. */
export function marking(mark: string): Fields {
  return { request_headers_to_add: [option(mark)] };
}

/** Marks the copy of a call. */
export function markMutation(mark: string): Json {
  return { append: option(mark) };
}

function option(mark: string): Json {
  return { header: { key: egressHeader, value: mark }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' };
}
