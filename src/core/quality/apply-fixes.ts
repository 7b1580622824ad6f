import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { parseTemplate } from '../jinja/parse-template.ts';
import { type DocumentEdit, editToml } from '../manifest/edit-toml.ts';
import { parsePackManifest } from '../manifest/parse-pack-manifest.ts';
import { readToml } from '../manifest/read-toml.ts';
import type { Pack } from '../pack/pack.ts';
import type { Value } from '../pack/values.ts';
import { textAt } from '../tree/file-text.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { Fix, LintFinding } from './rule.ts';

export interface FixOutcome {
  /** The new texts of the files that change. */
  readonly files: ReadonlyMap<ProjectPath, string>;
  readonly fixed: readonly LintFinding[];
  /** Findings that have a fix which could not be made without changing something else. */
  readonly refused: readonly LintFinding[];
}

const MANIFEST_FILE = 'pack.toml';

/**
 * Makes the fixes of findings, each only where it is proven to be safe: a template must have the same syntax tree afterwards, and a manifest the
 * same values but for the key that is removed. Loads the large library for editing TOML.
 */
export function applyFixes(pack: Pack, findings: readonly LintFinding[]): FixOutcome {
  const texts = new Map<string, string>();
  const read = (file: string) => texts.get(file) ?? textAt(pack.files, file) ?? '';
  const fixed: LintFinding[] = [];
  const refused: LintFinding[] = [];
  // Comments first, from the end, so that lines and entries keep their numbers until their turn comes.
  const fixable = findings.filter(({ fix }) => fix !== undefined).sort((a, b) => rank(b.fix) - rank(a.fix));
  for (const finding of fixable) {
    const { fix } = finding;
    const file = fix?.kind === 'remove-comment' ? fix.file : MANIFEST_FILE;
    const text = read(file);
    const changed = fix === undefined ? undefined : applyFix(text, fix, pack);
    if (changed === undefined) refused.push(finding);
    else {
      texts.set(file, changed);
      fixed.push(finding);
    }
  }
  return { files: texts as Map<ProjectPath, string>, fixed, refused };
}

function rank(fix: Fix | undefined): number {
  if (fix?.kind === 'remove-comment') return 1e9 + fix.line;
  return fix?.kind === 'remove-allowance' ? fix.index : -1;
}

function applyFix(text: string, fix: Fix, pack: Pack): string | undefined {
  switch (fix.kind) {
    case 'remove-comment':
      // How another tool reads the template with and without it is not compared.
      return pack.manifest.language !== undefined && fix.file !== MANIFEST_FILE ? undefined : removeComment(text, fix);
    case 'remove-key':
      return edit(text, { kind: 'unset', path: fix.path });
    case 'remove-allowance':
      return edit(text, withoutAllowance(text, fix.index, pack));
    default:
      return fix satisfies never;
  }
}

function edit(text: string, change: DocumentEdit): string | undefined {
  try {
    return editToml(text, [change], {
      file: MANIFEST_FILE,
      code: 'MANIFEST_INVALID',
      check: (edited) => parsePackManifest(edited).diagnostics,
    });
  } catch (error) {
    if (error instanceof PacksmithError) return undefined;
    throw error;
  }
}

/** The list as it is in the text now, without one entry. */
function withoutAllowance(text: string, index: number, pack: Pack): DocumentEdit {
  const { lint } = parsePackManifest(text).manifest ?? pack.manifest;
  const path = ['lint', 'allow'];
  const left = lint.allow.filter((_, at) => at !== index);
  const value = left.map((entry): Value => new Map(Object.entries(entry).filter(([, part]) => part !== undefined) as [string, string][]));
  return value.length === 0 ? { kind: 'unset', path } : { kind: 'set', path, value };
}

function removeComment(text: string, { file, line, text: comment }: Extract<Fix, { kind: 'remove-comment' }>): string | undefined {
  const lines = text.split('\n');
  const whole = lines[line - 1];
  if (whole?.includes(comment) !== true) return undefined;
  const rest = whole.replace(comment, () => '');
  if (file === MANIFEST_FILE) {
    const changed = rest.trim() === '' ? lines.toSpliced(line - 1, 1) : lines.with(line - 1, rest.replace(/[ \t]+(?=\r?$)/, ''));
    return readToml(text, file).table === undefined || isSame(readToml(text, file).table, readToml(changed.join('\n'), file).table)
      ? changed.join('\n')
      : undefined;
  }
  const changed = lines.with(line - 1, rest).join('\n');
  return isSame(treeOf(text, file), treeOf(changed, file)) ? changed : undefined;
}

/** The tree without positions, neighbouring texts joined: what the template renders, and nothing else. */
function treeOf(text: string, file: string): unknown {
  try {
    return joinTexts(JSON.parse(JSON.stringify(parseTemplate(text, file).body, withoutPositions)));
  } catch (error) {
    if (error instanceof PacksmithError) return error.message;
    throw error;
  }
}

function withoutPositions(key: string, value: unknown): unknown {
  if (key === 'line' || key === 'column') return undefined;
  return typeof value === 'bigint' ? String(value) : value;
}

function joinTexts(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(joinTexts).reduce<unknown[]>((joined, node) => {
      const last = joined.at(-1);
      if (isText(last) && isText(node)) joined[joined.length - 1] = { kind: 'text', text: last.text + node.text };
      else joined.push(node);
      return joined;
    }, []);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, joinTexts(part)]));
}

function isText(node: unknown): node is { readonly kind: 'text'; readonly text: string } {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'text';
}

function isSame(a: unknown, b: unknown): boolean {
  const format = (value: unknown) => JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part));
  return format(a) === format(b);
}
