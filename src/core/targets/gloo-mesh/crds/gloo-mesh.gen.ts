/** Types of Gloo Mesh, written from its CRDs (npm run generate:native). */
import type { Fields } from '../../kubernetes-objects/fields.ts';

/** `spec` of admin.gloo.solo.io/v2 Workspace. */
export type WorkspaceSpec = {
  readonly workloadClusters?: readonly {
    readonly name?: string;
    readonly selector?: { readonly [key: string]: string };
    readonly namespaces?: readonly {
      readonly name?: string;
      readonly configEnabled?: boolean;
      readonly labels?: { readonly [key: string]: string };
    }[];
    readonly configEnabled?: boolean;
  }[];
};

/** `spec` of admin.gloo.solo.io/v2 WorkspaceSettings. */
export type WorkspaceSettingsSpec = {
  readonly importFrom?: readonly {
    readonly workspaces?: readonly {
      readonly name?: string;
      readonly selector?: { readonly [key: string]: string };
    }[];
    readonly resources?: readonly {
      readonly kind?: 'ALL' | 'ROUTE_TABLE' | 'SERVICE' | 'VIRTUAL_DESTINATION' | 'EXTERNAL_SERVICE' | 'API_DOC' | 'GRAPHQL_RESOLVER_MAP' | 'GRAPHQL_SCHEMA' | 'GRAPHQL_STITCHED_SCHEMA' | 'EXTERNAL_WORKLOAD';
      readonly labels?: { readonly [key: string]: string };
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
    }[];
  }[];
  readonly exportTo?: readonly {
    readonly workspaces?: readonly {
      readonly name?: string;
      readonly selector?: { readonly [key: string]: string };
    }[];
    readonly resources?: readonly {
      readonly kind?: 'ALL' | 'ROUTE_TABLE' | 'SERVICE' | 'VIRTUAL_DESTINATION' | 'EXTERNAL_SERVICE' | 'API_DOC' | 'GRAPHQL_RESOLVER_MAP' | 'GRAPHQL_SCHEMA' | 'GRAPHQL_STITCHED_SCHEMA' | 'EXTERNAL_WORKLOAD';
      readonly labels?: { readonly [key: string]: string };
      readonly name?: string;
      readonly namespace?: string;
      readonly cluster?: string;
    }[];
  }[];
  readonly options?: {
    readonly serviceIsolation?: {
      readonly enabled?: boolean;
      readonly trimProxyConfig?: boolean;
      readonly enforcementLayers?: {
        readonly cni?: boolean;
        readonly mesh?: boolean;
      };
    };
    readonly federation?: {
      readonly enabled?: boolean;
      readonly hostSuffix?: string;
      readonly serviceSelector?: readonly {
        readonly labels?: { readonly [key: string]: string };
        readonly name?: string;
        readonly namespace?: string;
        readonly cluster?: string;
        readonly workspace?: string;
      }[];
      readonly ports?: readonly {
        readonly number?: number;
        readonly name?: string;
      }[];
    };
    readonly eastWestGateways?: readonly {
      readonly selector?: {
        readonly labels?: { readonly [key: string]: string };
        readonly name?: string;
        readonly namespace?: string;
        readonly cluster?: string;
        readonly workspace?: string;
      };
      readonly port?: {
        readonly number?: number;
        readonly name?: string;
      };
      readonly tlsTerminationPort?: {
        readonly number?: number;
        readonly name?: string;
      };
      readonly hostInfoOverrides?: readonly {
        readonly addr?: string;
        readonly port?: number;
      }[];
    }[];
    readonly virtualDestClientMode?: {
      readonly auto?: Fields;
      readonly sniRouting?: Fields;
      readonly tlsTermination?: Fields;
    };
    readonly trimAllProxyConfig?: boolean;
  };
};
