import type { MtlsMode, Port, PortTls, Service } from '../ir/service.ts';
import { mtlsOf } from '../ir/service.ts';

/** The modes of a service and its ports. */
export type Modes = Pick<Service, 'mtls' | 'ports'>;

/** Returns true if two revisions of a service take calls alike, port by port. */
export function sameModes(one: Modes, other: Modes): boolean {
  return one.mtls === other.mtls && one.ports.every((port) => modeOfPort(other, port) === mtlsOf(one, port));
}

/**
 * The modes under which calls of both revisions pass: permissive where they differ; the ports are those of the first.
 * A port passes the TLS of its application on beside mTLS if the callers of one revision start that TLS.
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

/** The ports of a service with the modes of another revision of it. */
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

/** The mode of a port by its name; a port that the revision lacks is as the other one has it. */
function modeOfPort(other: Modes, port: Port): MtlsMode {
  const same = other.ports.find(({ name }) => name === port.name);
  return same === undefined ? (port.mtls ?? other.mtls) : mtlsOf(other, same);
}
