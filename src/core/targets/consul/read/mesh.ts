import type { NativeDocument } from '../../../import/native-document.ts';

/** Reads a Mesh, and returns true if proxies reach only services of the mesh. */
export function readMeshObject({ root }: NativeDocument): boolean {
  const spec = root.at('spec');
  const closes = spec.along('transparentProxy', 'meshDestinationsOnly').boolean() === true;
  spec
    .at('allowEnablingPermissiveMutualTLS')
    .withoutEffect('it lets services choose a mode, which they say themselves');
  spec.at('tls').lost({ callers: 'versions of TLS and ciphers are those of the platform' });
  spec
    .at('http')
    .differently({ callers: 'paths are normalised as the language says, and unsafe ones are refused' });
  spec
    .at('peering')
    .lost({ callers: 'control planes of other clusters are not reached by way of mesh gateways' });
  spec
    .at('validateClusters')
    .withoutEffect('it lets a proxy refuse routes to clusters that are not there yet');
  return closes;
}

/** Accounts for the settings of all proxies. */
export function readProxyDefaults({ root }: NativeDocument): void {
  const spec = root.at('spec');
  const config = spec.at('config');
  if (config.isPresent)
    for (const [name, field] of config.entries()) {
      if (name === 'protocol')
        field.lost({
          callers: 'ports have the protocol of their Service, where no ServiceDefaults says another one',
        });
      else field.lost({ callers: 'a setting of the proxy itself is not carried' });
    }
  spec
    .at('accessLogs')
    .lost({ callers: 'no log of calls is written: say it under `telemetry.accessLog` of the Mesh' });
  spec.at('envoyExtensions').lost({ callers: 'the proxies do nothing of what the extension does' });
  spec.at('expose').lost({ callers: 'no path is open past the identity of callers' });
  spec.at('meshGateway').lost({ callers: 'calls to other datacenters do not pass a gateway' });
  spec.at('failoverPolicy').lost({ callers: 'no other region takes the calls' });
  spec.at('prioritizeByLocality').lost({ callers: 'near instances are not preferred' });
  spec.at('mutualTLSMode').lost({ callers: 'callers without identity are refused', access: 'narrower' });
  spec.at('mode').withoutEffect('how a proxy takes the calls of its application changes nothing for them');
  spec.at('transparentProxy').lost({ callers: 'instances can not be called by their own addresses' });
}
