import { leaveFields, type MeshSettings, type ReadSettings } from '../../smi-objects/read/mesh-settings.ts';

const modes = { off: 'disabled', permissive: 'permissive', strict: 'strict' } as const;

/** Reads the MeshConfig of nsm.nginx.com/v1alpha2, by the fields of its CRD and the defaults of its installation. */
export const meshConfig: MeshSettings = {
  group: 'nsm.nginx.com',
  kind: 'MeshConfig',
  read(spec) {
    leaveFields(
      spec,
      ['meshConfigClassName', 'nginxErrorLogLevel', 'nginxLogFormat', 'prometheusAddress'],
      'the mesh does not manage how proxies run',
    );
    leaveFields(
      spec.at('mtls'),
      ['caKeyType', 'caTTL', 'svidTTL'],
      'the certificates of proxies come from their mesh',
    );
    spec.at('nginxLBMethod').lost({ callers: 'instances are picked by the default of the spec' });
    spec.at('clientMaxBodySize').lost({ callers: 'the body of a request may be of any size' });
    const telemetry = spec.at('telemetry');
    if (telemetry.isPresent) telemetry.at('exporters').lost({ callers: 'calls are not traced' });
    leaveFields(telemetry, ['samplerRatio'], 'it needs an exporter');
    const isClosed = spec.at('accessControlMode').text() === 'deny';
    const mode = spec.along('mtls', 'mode').text() ?? 'permissive';
    return {
      enforcement: isClosed ? 'all' : 'guarded',
      mesh: {
        access: isClosed ? 'deny' : 'allow',
        mtls: Object.hasOwn(modes, mode) ? modes[mode as keyof typeof modes] : 'permissive',
      },
    } satisfies ReadSettings;
  },
};
