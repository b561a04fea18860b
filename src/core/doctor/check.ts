/** A check of `mesh doctor` and its result. */
export interface Check {
  /** The subject: `git`, `certificates`, `output of local`. */
  readonly name: string;
  /** `note`: works for now, but something may have to be done; `fail`: some commands will not work. */
  readonly state: 'ok' | 'note' | 'fail';
  readonly says: string;
  /** The remedy; absent if there is nothing to do. */
  readonly do?: string;
}
