import type { Difference } from '../../../import/fate.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import { lostUnlessEmpty } from './empty.ts';

/** The difference of paths that proxies open to callers without an identity. */
export const closedPaths: Difference = {
  callers: 'no path is open past the identity of callers: write an Access for them',
  access: 'narrower',
};

/** Accounts for extensions of proxies, of which some refuse calls. */
export function readExtensions(list: Field): void {
  const callers = 'the proxy does nothing of what the extension does';
  if (!list.isPresent || list.items().length === 0) list.withoutEffect('there is no extension');
  for (const item of list.items())
    item.lost(
      String(item.at('name').value).endsWith('ext-authz')
        ? { callers, access: 'wider', witness: 'a request that the external authorizer refuses' }
        : { callers },
    );
}

/** Reads a Mesh, and returns true if proxies reach only services of the mesh. */
export function readMeshObject({ root }: NativeDocument): boolean {
  const spec = root.at('spec');
  const closes = spec.along('transparentProxy', 'meshDestinationsOnly').boolean() === true;
  spec
    .at('allowEnablingPermissiveMutualTLS')
    .withoutEffect('it lets services choose a mode, which they say themselves');
  lostUnlessEmpty(spec.at('tls'), { callers: 'versions of TLS and ciphers are those of the platform' });
  spec
    .at('http')
    .differently({ callers: 'paths are normalised as the language says, and unsafe ones are refused' });
  lostUnlessEmpty(spec.at('peering'), {
    callers: 'control planes of other clusters are not reached by way of mesh gateways',
  });
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
      if (name === 'protocol') field.text();
      else field.lost({ callers: 'a setting of the proxy itself is not carried' });
    }
  lostUnlessEmpty(spec.at('accessLogs'), {
    callers: 'no log of calls is written: say it under `telemetry.accessLog` of the Mesh',
  });
  readExtensions(spec.at('envoyExtensions'));
  lostUnlessEmpty(spec.at('expose'), closedPaths);
  lostUnlessEmpty(spec.at('meshGateway'), { callers: 'calls to other datacenters do not pass a gateway' });
  lostUnlessEmpty(spec.at('failoverPolicy'), { callers: 'no other region takes the calls' });
  lostUnlessEmpty(spec.at('prioritizeByLocality'), { callers: 'near instances are not preferred' });
  lostUnlessEmpty(spec.at('mutualTLSMode'), {
    callers: 'callers without identity are refused',
    access: 'narrower',
  });
  spec.at('mode').withoutEffect('how a proxy takes the calls of its application changes nothing for them');
  lostUnlessEmpty(spec.at('transparentProxy'), {
    callers: 'instances can not be called by their own addresses',
  });
}
