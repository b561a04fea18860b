import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';

/** A kind that is read. */
export type Kind =
  | 'Mesh'
  | 'VirtualNode'
  | 'VirtualService'
  | 'VirtualRouter'
  | 'Route'
  | 'VirtualGateway'
  | 'GatewayRoute'
  | 'BackendGroup';

/** A resource of App Mesh, from an object of the controller or from a document of the AWS API. */
export interface Resource {
  readonly form: 'kubernetes' | 'aws-api';
  readonly document: NativeDocument;
  readonly kind: Kind;
  readonly namespace: string;
  /** The name in the form of the language. */
  readonly name: string;
  /** The key by which other resources refer to this one. */
  readonly id: string;
  readonly root: Field;
  readonly spec: Field;
  /** The host by which a virtual service is called, and the field that says it. */
  readonly host?: { readonly name: string; readonly field: Field };
  /** The id of the router of a route, or of the gateway of a gateway route, where the resource names it. */
  readonly owner?: string;
  readonly refers: References;
}

/** Each returns the id of the resource that a field names; undefined if it names none. */
export interface References {
  /** The node of a `provider.virtualNode`. */
  readonly toNode: (field: Field) => string | undefined;
  /** The node of an item of `weightedTargets`. */
  readonly toTarget: (field: Field) => string | undefined;
  readonly toRouter: (field: Field) => string | undefined;
  readonly toService: (field: Field) => string | undefined;
}
