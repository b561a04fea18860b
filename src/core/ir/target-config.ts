import type { Target } from '../spec/types.gen.ts';
import type { Node } from './node.ts';

/** A mesh or interface of the language, by its name. */
export type Platform = Target['platform'];

/** The destination of a target's configuration. A directory's `path` is relative to the root unless absolute. */
export type Output =
  | { readonly type: 'kubernetes'; readonly context?: string; readonly stateNamespace: string }
  | { readonly type: 'directory'; readonly path: string; readonly seenAs?: string }
  | {
      readonly type: 'git';
      readonly repository: string;
      readonly branch: string;
      readonly path: string;
      readonly propose: boolean;
      /** If absent, `objects`. */
      readonly layout?: 'objects' | 'kinds';
      /** If absent, false. */
      readonly syncWaves?: boolean;
      readonly observe?: string;
    };

/** One target of `spec.targets`. */
export interface TargetConfig extends Node {
  readonly name: string;
  readonly platform: Platform;
  readonly version?: string;
  readonly cluster?: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Names of features that this target may weaken. */
  readonly degrade: readonly string[];
  readonly output?: Output;
  readonly delivery: {
    readonly requirePlan: boolean;
    readonly branches: readonly string[];
    readonly requireSigned?: string;
  };
}
