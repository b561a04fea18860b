/** A comment on a line of its own. */
export interface OwnLine {
  readonly text: string;
  readonly blankBefore: boolean;
  /** Spaces before it in the original. */
  readonly column: number;
}

/** Anchors and tags before a value, as written. */
type Properties = readonly string[];

/** One value of a document as its author wrote it, with its comments; this is all that printing needs. */
export type Layout =
  | { readonly type: 'empty'; readonly properties: Properties }
  | { readonly type: 'scalar'; readonly properties: Properties; readonly text: string }
  | BlockScalarLayout
  | BlockLayout
  | FlowLayout;

/** A literal or folded text. */
export interface BlockScalarLayout {
  readonly type: 'block-scalar';
  readonly properties: Properties;
  /** `|`, `>-`, `|2`. */
  readonly header: string;
  /** Its lines with the indentation of the original. */
  readonly text: string;
  /** Column of the surrounding collection; an indentation indicator counts from this column. */
  readonly outer: number;
}

/** A map or list with one entry on each line. */
export interface BlockLayout {
  readonly type: 'block';
  readonly properties: Properties;
  readonly isMap: boolean;
  /** Comments about the whole collection; they stay at its top when entries are sorted. */
  readonly head: readonly OwnLine[];
  readonly blankAfterHead: boolean;
  readonly entries: readonly Entry[];
  readonly tail: readonly OwnLine[];
}

/** A map or list in brackets. */
export interface FlowLayout {
  readonly type: 'flow';
  readonly properties: Properties;
  readonly isMap: boolean;
  /** True for one entry on each line: the author broke the lines, or a comment needs the break. */
  readonly isSpread: boolean;
  /** The comment behind the opening bracket. */
  readonly comment?: string;
  readonly entries: readonly Entry[];
  readonly tail: readonly OwnLine[];
}

/** An entry of a map, or an item of a list, with its comments. */
export interface Entry {
  /** True if a blank line precedes the entry and its comments. */
  readonly blank: boolean;
  readonly lead: readonly OwnLine[];
  readonly blankAfterLead: boolean;
  /** The key as written, anchors and tags included; absent for an item of a list. */
  readonly key?: string;
  /** The key's name, by which entries are sorted. */
  readonly name?: string;
  /** False for a key without a colon in a flow map. */
  readonly hasColon: boolean;
  /** Comment on the line of the key or dash if the value starts on a later line. */
  readonly headComment?: string;
  /** Comments between key and value. */
  readonly inner: readonly OwnLine[];
  readonly value: Layout;
  /** The comment behind the value. */
  readonly comment?: string;
}
