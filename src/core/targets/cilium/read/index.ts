import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { Reader } from '../../../import/reader.ts';
import { readGatewayApi, takesGatewayApi } from '../../gateway-api-objects/read/read-gateway-api.ts';
import type { KnownGateway } from './callers.ts';
import { readEgress, refusals } from './egress.ts';
import { readOutside } from './externals.ts';
import { foreignKinds, readForeign, readNetworkPolicy } from './foreign.ts';
import { IngressRules } from './ingress.ts';
import { Pods } from './pods.ts';
import { governed, readPolicies } from './policies.ts';

const policyKinds: readonly string[] = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];

/** Reads the policies of Cilium, and its routes, which are those of the Gateway API. */
const reader: Reader = {
  usesKubernetes: true,
  takes: (document) =>
    takesGatewayApi(document) || isPolicy(document) || isForeign(document) || isNetworkPolicy(document),
  read(documents, context) {
    const routes = readGatewayApi(documents, context);
    const own = documents.filter((one) => !takesGatewayApi(one));
    for (const document of own) readHeader(document);
    own.filter(isForeign).forEach(readForeign);
    own.filter(isNetworkPolicy).forEach(readNetworkPolicy);
    const { services } = context.inventory;
    const pods = new Pods(context.inventory);
    const gateways = routes.documents.flatMap(({ kind, namespace, name }): readonly KnownGateway[] =>
      kind === 'Gateway' ? [{ id: `${namespace}/${name}`, namespace }] : [],
    );
    const rules = readPolicies(own.filter(isPolicy), context);
    const found = governed(rules, services, pods);
    const ingress = new IngressRules(rules, pods, gateways);
    const received = found.flatMap((one) => ingress.documents(one));
    ingress.markUnknownPorts(found);
    const callers = readEgress(rules, pods, services);
    const outside = readOutside(callers, [...pods.byAccount().keys()]);
    const [gatewayClass, ...others] = routes.classes;
    const isOnly = gatewayClass !== undefined && gatewayClass !== '' && others.length === 0;
    const isUsual = gatewayClass === 'cilium';
    return {
      documents: [...routes.documents, ...received, ...refusals(callers, services), ...outside.documents],
      mesh: {
        // Callers are known by the labels of their pods; those outside of the cluster have none.
        mtls: 'permissive',
        access: 'allow',
        egress: outside.egress,
        defaults: { timeout: '0s' },
        ...(isOnly && !isUsual && { targets: { cilium: { platform: 'cilium', options: { gatewayClass } } } }),
      },
    };
  },
};

export default reader;

function isPolicy({ group, kind }: NativeDocument): boolean {
  return group === 'cilium.io' && policyKinds.includes(kind);
}

function isForeign({ group, kind }: NativeDocument): boolean {
  return group === 'cilium.io' && foreignKinds.includes(kind);
}

function isNetworkPolicy({ group, kind }: NativeDocument): boolean {
  return group === 'networking.k8s.io' && kind === 'NetworkPolicy';
}
