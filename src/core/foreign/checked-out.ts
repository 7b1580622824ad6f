import { compileIgnorePattern, type Glob } from '../text/glob.ts';
import type { FileEntry, FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** What gitattributes(5) say of line ends. */
interface LineEnds {
  readonly text?: 'set' | 'unset' | 'auto' | undefined;
  readonly eol?: string | undefined;
}

interface AttributeRule {
  readonly glob: Glob;
  readonly lineEnds: LineEnds;
}

/** Every rule is held against every path; of more than these the last ones count. */
const MAX_RULES = 300;

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/**
 * The files of a commit as git checks them out for the tools that read templates from a working tree: where attributes ask for it (`eol=crlf`),
 * lines end as on Windows. No other attribute and no filter applies.
 * @param prefix the directory of the repository that the tree is of; empty, or with a `/` at its end.
 * @param attributes texts of `.gitattributes` by the directory that they stand in, `''` for the root of the repository.
 */
export function asCheckedOut(tree: FileTree, prefix: string, attributes: ReadonlyMap<string, string>): FileTree {
  const byDepth = [...attributes].sort(([a], [b]) => a.split('/').length - b.split('/').length || a.length - b.length);
  const all = byDepth.flatMap(([directory, text]) => text.split(/\r?\n/).flatMap((line) => parseRule(line, directory) ?? []));
  const rules = all.slice(-MAX_RULES);
  if (!rules.some(({ lineEnds }) => lineEnds.eol === 'crlf')) return tree;
  return new Map([...tree].map(([path, entry]): [ProjectPath, FileEntry] => [path, convert(entry, decide(rules, prefix + path))]));
}

function decide(rules: readonly AttributeRule[], path: string): LineEnds {
  return Object.assign({}, ...rules.filter(({ glob }) => glob.matches(path)).map(({ lineEnds }) => lineEnds));
}

function parseRule(line: string, directory: string): AttributeRule | undefined {
  const [pattern = '', ...words] = line.trim().split(/[ \t]+/);
  if (pattern === '' || /^[#![]|"/.test(pattern) || pattern.endsWith('/') || pattern.length > 500) return undefined;
  const lineEnds: LineEnds = Object.assign({}, ...words.map(readAttribute));
  if (Object.keys(lineEnds).length === 0) return undefined;
  const base = directory === '' ? '' : `${directory.replaceAll(/[*?[\\]/g, '\\$&')}/`;
  const inner = pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`;
  return { glob: compileIgnorePattern(base + inner), lineEnds };
}

function readAttribute(word: string): LineEnds {
  switch (word) {
    case 'text':
    case 'crlf':
      return { text: 'set' };
    case '-text':
    case '-crlf':
    case 'binary':
      return { text: 'unset' };
    case 'text=auto':
      return { text: 'auto' };
    case '!text':
      return { text: undefined };
    case '!eol':
    case '-eol':
      return { eol: undefined };
    default:
      return word.startsWith('eol=') ? { eol: word.slice('eol='.length) } : {};
  }
}

function convert(entry: FileEntry, { text = 'set', eol }: LineEnds): FileEntry {
  const { content } = entry;
  if (eol !== 'crlf' || text === 'unset') return entry;
  // What git has to guess about is left alone where it has carriage returns already, or is binary.
  if (text === 'auto' && (content.includes(CARRIAGE_RETURN) || content.includes(0))) return entry;
  const lone = content.filter((byte, at) => byte === LINE_FEED && content[at - 1] !== CARRIAGE_RETURN).length;
  if (lone === 0) return entry;
  const converted = new Uint8Array(content.length + lone);
  let end = 0;
  for (let at = 0; at < content.length; at++) {
    if (content[at] === LINE_FEED && content[at - 1] !== CARRIAGE_RETURN) converted[end++] = CARRIAGE_RETURN;
    converted[end++] = content[at] ?? 0;
  }
  return { ...entry, content: converted };
}
