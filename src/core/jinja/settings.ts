/** How a template is read and how undefined values behave. Everything has a default: the packsmith dialect. */
export interface JinjaSettings {
  readonly delimiters?: Partial<JinjaDelimiters>;
  /** Remove the first newline after a statement or comment. Default false. */
  readonly trimBlocks?: boolean;
  /** Remove spaces and tabs from the start of a line to a statement or comment. Default false. */
  readonly lstripBlocks?: boolean;
  /** Keep a single newline at the end of a template. Default true (Jinja2's own default is false). */
  readonly keepTrailingNewline?: boolean;
  /** Lines that begin with this, after optional spaces, are statements. Default: none. */
  readonly lineStatementPrefix?: string;
  /** The rest of a line after this is a comment. Default: none. */
  readonly lineCommentPrefix?: string;
  /** What every newline of a template becomes. Default "\n". */
  readonly newlineSequence?: '\n' | '\r\n' | '\r';
  /** `strict`: every use fails. `default`: prints as nothing, its attributes fail. `chainable`: attributes are undefined too. Default `strict`. */
  readonly undefinedBehavior?: 'strict' | 'default' | 'chainable';
  /** Texts that are paths to Python: what stands in them has the attributes of one. */
  readonly paths?: readonly string[];
  /** Escape output for HTML. Default false: packs generate code. */
  readonly autoescape?: boolean;
  /**
   * As Python where the strict dialect refuses: lists and dicts can be changed in place, `items()` gives views, and packsmith's own filters
   * are not there. For templates of other tools. Default false.
   */
  readonly python?: boolean;
}

export interface JinjaDelimiters {
  readonly blockStart: string;
  readonly blockEnd: string;
  readonly variableStart: string;
  readonly variableEnd: string;
  readonly commentStart: string;
  readonly commentEnd: string;
}

/** Jinja's own delimiters. */
export const DEFAULT_DELIMITERS: JinjaDelimiters = {
  blockStart: '{%',
  blockEnd: '%}',
  variableStart: '{{',
  variableEnd: '}}',
  commentStart: '{#',
  commentEnd: '#}',
};
