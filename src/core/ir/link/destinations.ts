import type { Location } from '../../location.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { ExternalDocument, ServiceDocument } from '../../spec/types.gen.ts';
import type { Version } from '../service.ts';
import type { ServiceId } from '../service-id.ts';
import type { Settings } from '../settings.ts';
import type { ServiceTelemetry } from '../telemetry.ts';
import type { Linking } from './linking.ts';
import { type MergedSettings, mergedSettings } from './merged-settings.ts';
import { idOf } from './names.ts';
import { type DeclaredPort, declaredPorts, titleOf } from './ports.ts';
import { type Profiles, profilesInForce, profilesOf } from './profiles.ts';
import { serviceTelemetryOf } from './service-telemetry.ts';
import { meshTelemetry, type SettingSource, settingSource } from './setting-source.ts';
import { settingsOf } from './settings.ts';
import { versionsOf } from './versions.ts';

/** A Service or an External as a destination of calls, with the fields that are known before Routes are linked. */
export interface Destination {
  readonly kind: 'Service' | 'External';
  readonly id: ServiceId;
  readonly namespace: string;
  readonly location: Location;
  /** Sorted by number. */
  readonly ports: readonly DeclaredPort[];
  /** Empty for an External. */
  readonly versions: readonly Version[];
  /** Names of the Profiles in force. */
  readonly profiles: readonly string[];
  /** Sources of its settings, in order of precedence. */
  readonly sources: readonly SettingSource[];
  readonly settings: Settings;
  /** Telemetry of a Service's proxies, if it differs from that of the mesh. */
  readonly telemetry?: ServiceTelemetry;
}

/** Returns every Service and External by id. */
export function destinationsOf(linking: Linking): ReadonlyMap<ServiceId, Destination> {
  const profiles = profilesOf(linking);
  const defaults = settingSource('Mesh defaults', linking.mesh.defaults);
  const reported = settingSource(meshTelemetry, linking.mesh, [], ['telemetry']);
  const all = new Map<ServiceId, Destination>();
  for (const service of linking.names.services.values()) {
    all.set(idOf(service), serviceDestination(linking, service, profiles, [defaults, reported]));
  }
  for (const external of linking.names.externals.values()) {
    all.set(idOf(external), externalDestination(linking, external, defaults));
  }
  return all;
}

function serviceDestination(
  linking: Linking,
  service: SpecObject<ServiceDocument>,
  profiles: Profiles,
  ofMesh: readonly SettingSource[],
): Destination {
  const names = profilesInForce(linking, profiles, service);
  const own = settingSource(titleOf('Service', idOf(service)), service.value.spec);
  const sources = [own, ...names.flatMap((name) => profiles.sources.get(name) ?? []), ...ofMesh];
  const host = `${service.name}.${service.namespace}.svc.cluster.local`;
  const ports = declaredPorts(linking, service.value.spec.ports, host);
  const versions = versionsOf(linking, service, ports);
  const merged = mergedSettings(sources, linking.report);
  const telemetry = serviceTelemetryOf(linking, merged, { title: own.by, namespace: service.namespace });
  return {
    kind: 'Service',
    profiles: names,
    versions,
    ...described(linking, { object: service, ports, sources, merged }),
    ...(telemetry && { telemetry }),
  };
}

function externalDestination(
  linking: Linking,
  external: SpecObject<ExternalDocument>,
  defaults: SettingSource,
): Destination {
  const sources = [settingSource(titleOf('External', idOf(external)), external.value.spec), defaults];
  const { spec } = external.value;
  const ports = declaredPorts(linking, spec.ports, external.name, spec.tls !== undefined);
  const merged = mergedSettings(sources, linking.report);
  return {
    kind: 'External',
    profiles: [],
    versions: [],
    ...described(linking, { object: external, ports, sources, merged }),
  };
}

/** The fields of a Service or an External from which a destination is made. */
interface ReadDestination {
  readonly object: SpecObject<ServiceDocument | ExternalDocument>;
  readonly ports: readonly DeclaredPort[];
  readonly sources: readonly SettingSource[];
  readonly merged: MergedSettings;
}

function described(
  linking: Linking,
  { object, ports, sources, merged }: ReadDestination,
): Omit<Destination, 'kind' | 'profiles' | 'versions' | 'telemetry'> {
  const http = ports.filter((port) => port.http);
  const grpc = http.length > 0 && http.every((port) => port.protocol === 'grpc');
  const settings = settingsOf(linking, merged, sources[0]?.by ?? '', grpc);
  const { namespace, location } = object;
  return { id: idOf(object), namespace, location, ports, sources, settings };
}
