import type { Reader } from '../../../import/reader.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';
import { readGatewayApi, takesGatewayApi } from '../../gateway-api-objects/read/read-gateway-api.ts';

/** Access and identity are no part of the Gateway API, so all is open. */
const open: Partial<MeshSpec> = {
  mtls: 'permissive',
  access: 'allow',
  egress: 'allow',
  defaults: { timeout: '0s' },
};

/** Reads Gateways, and routes of Gateways and Services. */
const reader: Reader = {
  usesKubernetes: true,
  takes: takesGatewayApi,
  read(documents, context) {
    const read = readGatewayApi(documents, context);
    const [gatewayClass, ...others] = read.classes;
    const isOnly = gatewayClass !== undefined && gatewayClass !== '' && others.length === 0;
    const target = { platform: 'gateway-api', options: { gatewayClass } } as const;
    const targets = isOnly ? { targets: { 'gateway-api': target } } : {};
    return { documents: read.documents, mesh: { ...open, ...targets } };
  },
};

export default reader;
