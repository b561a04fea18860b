import type { ChosenMesh } from './chosen-mesh.ts';

/** Facts about a plan that the plan itself doesn't hold. */
export interface PlanMarkdownOptions {
  readonly now: Date;
  readonly environment: string;
  /** Path of the saved plan. */
  readonly file?: string;
  /** The options that choose the mesh, as they were given. */
  readonly chosen?: ChosenMesh;
  /** The commit that the plan compares with; if absent, the plan compares with the outputs. */
  readonly against?: string;
  /** The targets that `apply` can deliver, if it can't deliver the others. */
  readonly deliverable?: readonly string[];
}
