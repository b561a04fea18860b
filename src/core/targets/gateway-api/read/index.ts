import type { Reader } from '../../../import/reader.ts';
import { readGatewayApi, takesGatewayApi } from '../../gateway-api-objects/read/read-gateway-api.ts';

/** Reads Gateways and routes, of Services too; access and identity are not part of the Gateway API, so all is open. */
const reader: Reader = {
  usesKubernetes: true,
  takes: takesGatewayApi,
  read: (documents, context) => ({
    ...readGatewayApi(documents, context),
    mesh: { mtls: 'permissive', access: 'allow', egress: 'allow', defaults: { timeout: '0s' } },
  }),
};

export default reader;
