import type { MtlsMode, Port, PortTls, Service } from '../ir/service.ts';
import { mtlsOf } from '../ir/service.ts';

/** The modes of a service and its ports. */
export type Modes = Pick<Service, 'mtls' | 'ports'>;

/** Returns true if two revisions of a service have the same modes, port by port. */
export function sameModes(one: Modes, other: Modes): boolean {
  return one.mtls === other.mtls && one.ports.every((port) => modeOfPort(other, port) === mtlsOf(one, port));
}

/**
 * Returns the modes under which calls of both revisions pass: permissive if the modes differ. The ports are those of
 * `own`. A port also passes on the application's TLS if the callers of one revision start it.
 */
export function modesBetween(own: Modes, other: Modes): Modes {
  const { mtls, ports } = withModesOf(
    own,
    (port) => {
      const [mode, wanted] = [mtlsOf(own, port), modeOfPort(other, port)];
      return mode === wanted ? mode : 'permissive';
    },
    own.mtls === other.mtls ? own.mtls : 'permissive',
  );
  return {
    mtls,
    ports: ports.map((port) => {
      const passedTls = startedByCallers(own, port.name) ?? startedByCallers(other, port.name);
      const isBetween = mtlsOf({ mtls }, port) === 'permissive';
      return { ...port, ...(isBetween && passedTls !== undefined && { passedTls }) };
    }),
  };
}

/** Returns the TLS that callers start towards the application of a port; undefined if they start none. */
function startedByCallers(service: Modes, name: string): PortTls | undefined {
  const port = service.ports.find((candidate) => candidate.name === name);
  return port !== undefined && mtlsOf(service, port) === 'disabled' ? port.tls : undefined;
}

/** Returns the ports of a service with the modes of another revision. */
export function modesOf(own: Modes, other: Modes): Modes {
  return withModesOf(own, (port) => modeOfPort(other, port), other.mtls);
}

function withModesOf(own: Modes, modeOf: (port: Port) => MtlsMode, mtls: MtlsMode): Modes {
  const ports = own.ports.map(({ mtls: _, ...port }) => {
    const mode = modeOf({ ...port, ...(_ && { mtls: _ }) });
    return { ...port, ...(mode !== mtls && { mtls: mode }) };
  });
  return { mtls, ports };
}

/**
 * Returns the mode of a port of the other revision, found by name; a port that the other revision lacks keeps its own
 * mode.
 */
function modeOfPort(other: Modes, port: Port): MtlsMode {
  const same = other.ports.find(({ name }) => name === port.name);
  return same === undefined ? (port.mtls ?? other.mtls) : mtlsOf(other, same);
}
