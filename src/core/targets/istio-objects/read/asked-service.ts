import { idOfHost } from '../../../import/inventory.ts';
import type { ExternalAuthorization } from '../../../spec/types.gen.ts';
import type { Surroundings } from './surroundings.ts';

/** Returns the service, and the name of its port, that a host and a number mean. */
export function askedService(
  host: string,
  number: number,
  { externals, context: { inventory } }: Surroundings,
): Required<Pick<ExternalAuthorization, 'service' | 'port'>> | undefined {
  const external = externals.find(({ hosts }) => hosts.includes(host.toLowerCase()));
  const service = inventory.service(idOfHost(host, 'default') ?? '');
  const id = external?.id ?? (service && `${service.namespace}/${service.name}`);
  const port = (external?.ports ?? service?.ports ?? []).find((one) => one.port === number)?.name;
  return id === undefined || port === undefined ? undefined : { service: id, port };
}

/** Returns a number of bytes as a size of the language. */
export function sizeText(bytes: number): string {
  const [unit, count] = (
    [
      ['GiB', bytes / 1_073_741_824],
      ['MiB', bytes / 1_048_576],
      ['KiB', bytes / 1024],
    ] as const
  ).find(([, one]) => Number.isInteger(one)) ?? ['B', bytes];
  return `${String(count)}${unit}`;
}
