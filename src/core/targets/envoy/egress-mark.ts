import type { External, ExternalPort } from '../../ir/external.ts';
import type { Json } from '../artifact.ts';
import type { Fields } from './typed-config.ts';

/**
 * The header by which a caller's proxy tells an egress gateway which port of the External a Route chose: all calls to
 * an External arrive at one listener with the `Host` of the call. The gateway removes the header.
 */
export const egressHeader = 'x-meshwright-egress';

/** Returns the value of the header: `namespace/name:port`. */
export function egressMark({ id }: External, { name }: ExternalPort): string {
  return `${id}:${name}`;
}

/** Returns the fields of a weighted cluster or route that mark its calls; values from other senders are overwritten. */
export function marking(mark: string): Fields {
  return { request_headers_to_add: [option(mark)] };
}

/** Returns the mutation that marks the copy of a call. */
export function markMutation(mark: string): Json {
  return { append: option(mark) };
}

function option(mark: string): Json {
  return { header: { key: egressHeader, value: mark }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' };
}
