/** Facts about a plan that the plan itself doesn't hold. */
export interface PlanMarkdownOptions {
  readonly now: Date;
  readonly environment: string;
  /** Path of the saved plan. */
  readonly file?: string;
  /** The revision of Git that it is compared with; else it is what is live. */
  readonly against?: string;
  /** The targets that `apply` can deliver, where it can't all. */
  readonly deliverable?: readonly string[];
}
