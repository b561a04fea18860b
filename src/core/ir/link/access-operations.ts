import type { AccessTo } from '../../spec/types.gen.ts';
import type { AccessOperation } from '../access.ts';
import { headerMatches, pathMatch } from './conditions.ts';
import { cookieMatches } from './cookie-matches.ts';
import type { Linking } from './linking.ts';
import { type PortOwner, reportUnknownPort } from './ports.ts';
import { itemsOf, originOfWritten, type SpecPlace } from './spec-place.ts';

/** Returns the conditions of an Access rule on the call; undefined if the rule names ports and none exists. */
export function accessOperation(
  linking: Linking,
  owner: PortOwner,
  { ports, methods, paths, hosts, headers, cookies }: AccessTo,
  at: SpecPlace,
): AccessOperation | undefined {
  const known =
    ports &&
    itemsOf(ports).flatMap(([name, portAt]) => {
      if (owner.portNames.includes(name)) return [name];
      if (owner.title !== '') reportUnknownPort(linking, owner, name, portAt);
      return [];
    });
  if (known?.length === 0) return undefined;
  return {
    origin: originOfWritten(at),
    ...(known && { ports: known }),
    ...(methods && { methods }),
    ...(paths && { paths: paths.map(pathMatch) }),
    ...(hosts && { hosts }),
    ...((headers ?? cookies) && {
      headers: [...headerMatches(headers), ...cookieMatches(linking, cookies)],
    }),
  };
}
