/** One thing that `mesh doctor` looked at. */
export interface Check {
  /** `git`, `certificates`, `output of local`. */
  readonly name: string;
  /** `note`: works as far as it goes, something may have to be done; `fail`: commands will not work. */
  readonly state: 'ok' | 'note' | 'fail';
  readonly says: string;
  /** The way out, where there is something to do. */
  readonly do?: string;
}
