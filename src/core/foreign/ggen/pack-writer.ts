import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ManifestTable } from '../../manifest/format-pack-manifest.ts';
import { findReservedName } from '../../manifest/reserved-names.ts';
import { NAME } from '../../manifest/schema-parts.ts';
import type { Value } from '../../pack/values.ts';
import { encodeUtf8 } from '../../text/utf8.ts';
import { utf8At } from '../../tree/file-text.ts';
import { DEFAULT_MODE, type FileEntry } from '../../tree/file-tree.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import type { TranslatedPart } from '../foreign-template.ts';

type Entries = readonly (readonly [string, Value])[];

/** Collects the parts of the pack that a pack of ggen becomes. */
export class PackWriter {
  readonly files = new Map<ProjectPath, FileEntry>();
  readonly report: TranslatedPart[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly variables = new Map<string, Map<string, Value>>();
  readonly queries: ManifestTable[] = [];
  readonly constructs: ManifestTable[] = [];
  readonly data: ManifestTable[] = [];
  readonly templates: ManifestTable[] = [];
  readonly hooks: ManifestTable[] = [];
  /** What templates call a variable, where it is not what it is called. */
  readonly chosen = new Map<string, string>();
  private readonly taken = new Set<string>();

  write(path: string, text: string): void {
    this.files.set(path as ProjectPath, { content: encodeUtf8(text), mode: DEFAULT_MODE });
  }

  /** Writes a template and gives its path: rules may share one, and each reads its own query. */
  writeTemplate(stem: string, text: string): string {
    const isFree = (path: string): boolean => !this.files.has(path as ProjectPath) || utf8At(this.files, path) === text;
    let path = `${stem}.jinja`;
    for (let number = 2; !isFree(path); number++) path = `${stem}-${number}.jinja`;
    this.write(path, text);
    return path;
  }

  /** Adds a query, and gives the name that it has in the pack. */
  addQuery(stem: string, text: string, isConstruct: boolean): string {
    const name = this.freeName(stem);
    (isConstruct ? this.constructs : this.queries).push({ header: ['queries', name], entries: new Map([['text', text]]) });
    return name;
  }

  addData(stem: string, path: string): void {
    this.data.push({ header: ['data', this.freeName(stem)], entries: new Map([['default', path]]) });
  }

  addTemplate(entries: Entries): void {
    this.templates.push({ header: ['templates'], entries: new Map(entries), isListed: true });
  }

  addHook(stage: 'pre_generate' | 'post_generate', entries: Entries): void {
    this.hooks.push({ header: ['hooks', stage], entries: new Map(entries), isListed: true });
  }

  note(outcome: TranslatedPart['outcome'], what: string, note: string, where: { readonly file: string; readonly line?: number }): void {
    this.report.push({ outcome, what, note, where });
  }

  /** Names a variable; a name that no variable can have becomes another. */
  nameVariable(name: string): string {
    const known = this.chosen.get(name);
    if (known !== undefined) return known;
    const bare = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9_]/g, '_')
      .slice(0, 50);
    const isUsable = NAME.test(name) && findReservedName(name) === undefined;
    const wanted = [name, bare, `the_${bare}`, `${bare}_value`];
    const used = new Set(this.chosen.values());
    const fits = (candidate: string) => NAME.test(candidate) && findReservedName(candidate) === undefined && !used.has(candidate);
    const chosen = isUsable ? name : (wanted.find(fits) ?? `v${this.chosen.size}`);
    this.chosen.set(name, chosen);
    return chosen;
  }

  private freeName(stem: string): string {
    const bare = stem
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .slice(0, 50);
    const base = /^[a-z]/.test(bare) ? bare : `q_${bare}`;
    const names = [base, `${base}_query`, ...Array.from({ length: 1000 }, (_, at) => `${base}_${at + 2}`)];
    const name = names.find((each) => !this.taken.has(each) && findReservedName(each) === undefined) ?? base;
    this.taken.add(name);
    return name;
  }
}
