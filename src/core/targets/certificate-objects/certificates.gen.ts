/** Types of cert-manager and trust-manager, written from its CRDs (npm run generate:native). */

/** `spec` of cert-manager.io/v1 Certificate. */
export type CertificateSpec = {
  readonly additionalOutputFormats?: readonly {
    readonly type: 'DER' | 'CombinedPEM';
  }[];
  readonly commonName?: string;
  readonly dnsNames?: readonly string[];
  readonly duration?: string;
  readonly emailAddresses?: readonly string[];
  readonly encodeUsagesInRequest?: boolean;
  readonly ipAddresses?: readonly string[];
  readonly isCA?: boolean;
  readonly issuerRef: {
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
  };
  readonly keystores?: {
    readonly jks?: {
      readonly alias?: string;
      readonly create: boolean;
      readonly password?: string;
      readonly passwordSecretRef?: {
        readonly key?: string;
        readonly name: string;
      };
    };
    readonly pkcs12?: {
      readonly create: boolean;
      readonly password?: string;
      readonly passwordSecretRef?: {
        readonly key?: string;
        readonly name: string;
      };
      readonly profile?: 'LegacyRC2' | 'LegacyDES' | 'Modern2023' | 'Modern2026';
    };
  };
  readonly literalSubject?: string;
  readonly nameConstraints?: {
    readonly critical?: boolean;
    readonly excluded?: {
      readonly dnsDomains?: readonly string[];
      readonly emailAddresses?: readonly string[];
      readonly ipRanges?: readonly string[];
      readonly uriDomains?: readonly string[];
    };
    readonly permitted?: {
      readonly dnsDomains?: readonly string[];
      readonly emailAddresses?: readonly string[];
      readonly ipRanges?: readonly string[];
      readonly uriDomains?: readonly string[];
    };
  };
  readonly otherNames?: readonly {
    readonly oid?: string;
    readonly utf8Value?: string;
  }[];
  readonly privateKey?: {
    readonly algorithm?: 'RSA' | 'ECDSA' | 'Ed25519';
    readonly encoding?: 'PKCS1' | 'PKCS8';
    readonly rotationPolicy?: 'Never' | 'Always';
    readonly size?: number;
  };
  readonly renewBefore?: string;
  readonly renewBeforePercentage?: number;
  readonly renewal?: {
    readonly policy?: 'RenewBefore' | 'Disabled';
    readonly windows?: readonly {
      readonly cron: string;
      readonly timezone?: string;
      readonly windowDuration: string;
    }[];
  };
  readonly revisionHistoryLimit?: number;
  readonly secretName: string;
  readonly secretTemplate?: {
    readonly annotations?: { readonly [key: string]: string };
    readonly labels?: { readonly [key: string]: string };
  };
  readonly signatureAlgorithm?: 'SHA256WithRSA' | 'SHA384WithRSA' | 'SHA512WithRSA' | 'ECDSAWithSHA256' | 'ECDSAWithSHA384' | 'ECDSAWithSHA512' | 'PureEd25519';
  readonly subject?: {
    readonly countries?: readonly string[];
    readonly localities?: readonly string[];
    readonly organizationalUnits?: readonly string[];
    readonly organizations?: readonly string[];
    readonly postalCodes?: readonly string[];
    readonly provinces?: readonly string[];
    readonly serialNumber?: string;
    readonly streetAddresses?: readonly string[];
  };
  readonly uris?: readonly string[];
  readonly usages?: readonly ('signing' | 'digital signature' | 'content commitment' | 'key encipherment' | 'key agreement' | 'data encipherment' | 'cert sign' | 'crl sign' | 'encipher only' | 'decipher only' | 'any' | 'server auth' | 'client auth' | 'code signing' | 'email protection' | 's/mime' | 'ipsec end system' | 'ipsec tunnel' | 'ipsec user' | 'timestamping' | 'ocsp signing' | 'microsoft sgc' | 'netscape sgc')[];
};

/** `spec` of trust.cert-manager.io/v1alpha1 Bundle. */
export type BundleSpec = {
  readonly sources: readonly {
    readonly configMap?: {
      readonly includeAllKeys?: boolean;
      readonly key?: string;
      readonly name?: string;
      readonly selector?: {
        readonly matchExpressions?: readonly {
          readonly key: string;
          readonly operator: string;
          readonly values?: readonly string[];
        }[];
        readonly matchLabels?: { readonly [key: string]: string };
      };
    };
    readonly inLine?: string;
    readonly secret?: {
      readonly includeAllKeys?: boolean;
      readonly key?: string;
      readonly name?: string;
      readonly selector?: {
        readonly matchExpressions?: readonly {
          readonly key: string;
          readonly operator: string;
          readonly values?: readonly string[];
        }[];
        readonly matchLabels?: { readonly [key: string]: string };
      };
    };
    readonly useDefaultCAs?: boolean;
  }[];
  readonly target?: {
    readonly additionalFormats?: {
      readonly jks?: {
        readonly key: string;
        readonly password?: string;
      };
      readonly pkcs12?: {
        readonly key: string;
        readonly password?: string;
        readonly profile?: 'LegacyRC2' | 'LegacyDES' | 'Modern2023';
      };
    };
    readonly configMap?: {
      readonly key: string;
      readonly metadata?: {
        readonly annotations?: { readonly [key: string]: string };
        readonly labels?: { readonly [key: string]: string };
      };
    };
    readonly namespaceSelector?: {
      readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: string;
        readonly values?: readonly string[];
      }[];
      readonly matchLabels?: { readonly [key: string]: string };
    };
    readonly secret?: {
      readonly key: string;
      readonly metadata?: {
        readonly annotations?: { readonly [key: string]: string };
        readonly labels?: { readonly [key: string]: string };
      };
    };
  };
};
