/** Types of Tetrate Service Bridge, written from its CRDs (npm run generate:native). */

/** `spec` of security.tsb.tetrate.io/v2 Group. */
export type GroupSpec = {
  readonly namespaceSelector: {
    readonly names: readonly string[];
  };
  readonly configGenerationMetadata?: {
    readonly annotations?: { readonly [key: string]: string };
    readonly labels?: { readonly [key: string]: string };
  };
  readonly configMode?: string;
  readonly deletionProtectionEnabled?: boolean;
  readonly description?: string;
  readonly displayName?: string;
  readonly profiles?: readonly string[];
  readonly securityDomain?: string;
};

/** `spec` of tsb.tetrate.io/v2 Workspace. */
export type WorkspaceSpec = {
  readonly namespaceSelector: {
    readonly names: readonly string[];
  };
  readonly configGenerationMetadata?: {
    readonly annotations?: { readonly [key: string]: string };
    readonly labels?: { readonly [key: string]: string };
  };
  readonly deletionProtectionEnabled?: boolean;
  readonly description?: string;
  readonly displayName?: string;
  readonly isolationBoundary?: string;
  readonly privileged?: boolean;
  readonly profiles?: readonly string[];
  readonly securityDomain?: string;
};
