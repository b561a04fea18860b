/** A form of YAML that formatting leaves as it is; `reason` is for people. */
export class Unformattable extends Error {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.name = 'Unformattable';
    this.offset = offset;
  }
}
