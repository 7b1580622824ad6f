import { escapePattern } from '../../text/escape-pattern.ts';
import { DEFAULT_DELIMITERS, type JinjaDelimiters, type JinjaSettings } from '../settings.ts';

export type TagKind = 'block' | 'variable' | 'comment' | 'line-statement' | 'line-comment';

/** What the lexer needs to know of the settings, prepared once per settings object. */
export interface LexerRules {
  readonly delimiters: JinjaDelimiters;
  readonly trimBlocks: boolean;
  readonly lstripBlocks: boolean;
  readonly keepTrailingNewline: boolean;
  readonly newlineSequence: string;
  /** Finds the next tag; group n + 1 belongs to `kinds[n]`. */
  readonly opening: RegExp;
  readonly kinds: readonly TagKind[];
  readonly rawBegin: RegExp;
  readonly rawEnd: RegExp;
}

const cache = new WeakMap<JinjaSettings, LexerRules>();

/** The lexer's rules for some settings. Delimiters that start alike are tried longest first, as in Jinja2. */
export function lexerRules(settings: JinjaSettings): LexerRules {
  const known = cache.get(settings);
  if (known !== undefined) return known;
  const rules = buildRules(settings);
  cache.set(settings, rules);
  return rules;
}

/** Whether a text has nothing in it that rendering would change, as most paths and many files have not. */
export function isPlainText(text: string, settings: JinjaSettings): boolean {
  const { opening, keepTrailingNewline, newlineSequence } = lexerRules(settings);
  if (text.includes('\r') || (!keepTrailingNewline && text.endsWith('\n'))) return false;
  opening.lastIndex = 0;
  return !opening.test(text) && (newlineSequence === '\n' || !text.includes('\n'));
}

function buildRules(settings: JinjaSettings): LexerRules {
  const delimiters = { ...DEFAULT_DELIMITERS, ...settings.delimiters };
  const openings: { kind: TagKind; length: number; pattern: string }[] = [
    { kind: 'comment', length: delimiters.commentStart.length, pattern: escapePattern(delimiters.commentStart) },
    { kind: 'block', length: delimiters.blockStart.length, pattern: escapePattern(delimiters.blockStart) },
    { kind: 'variable', length: delimiters.variableStart.length, pattern: escapePattern(delimiters.variableStart) },
  ];
  const { lineStatementPrefix, lineCommentPrefix } = settings;
  if (lineStatementPrefix !== undefined) {
    const pattern = `^[ \\t\\v]*${escapePattern(lineStatementPrefix)}`;
    openings.push({ kind: 'line-statement', length: lineStatementPrefix.length, pattern });
  }
  if (lineCommentPrefix !== undefined) {
    const pattern = `(?:^|(?<=\\S))[^\\S\\r\\n]*${escapePattern(lineCommentPrefix)}`;
    openings.push({ kind: 'line-comment', length: lineCommentPrefix.length, pattern });
  }
  openings.sort((a, b) => b.length - a.length);
  const blockStart = escapePattern(delimiters.blockStart);
  const blockEnd = escapePattern(delimiters.blockEnd);
  return {
    delimiters,
    trimBlocks: settings.trimBlocks ?? false,
    lstripBlocks: settings.lstripBlocks ?? false,
    keepTrailingNewline: settings.keepTrailingNewline ?? true,
    newlineSequence: settings.newlineSequence ?? '\n',
    opening: new RegExp(openings.map((entry) => `(${entry.pattern})`).join('|'), 'gm'),
    kinds: openings.map((entry) => entry.kind),
    rawBegin: new RegExp(`([-+]?)\\s*raw\\s*(-?)${blockEnd}`, 'y'),
    rawEnd: new RegExp(`${blockStart}([-+]?)\\s*endraw\\s*([-+]?)${blockEnd}`, 'g'),
  };
}
