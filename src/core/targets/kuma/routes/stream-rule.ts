import type { Port } from '../../../ir/service.ts';

/** Returns the rule that takes all connections to a port; undefined if its first rule takes only some. */
export function streamRule({ number, route }: Port): Port['route']['rules'][number] | undefined {
  const [first] = route.rules;
  const isTotal =
    first?.matches.every(
      ({ from, sni, port }) => from === undefined && sni === undefined && (port ?? number) === number,
    ) ?? false;
  return isTotal ? first : undefined;
}
