/** A file of a template: text, or bytes, or text that is executable. */
export type CaseFile = string | { readonly base64: string } | { readonly text: string; readonly executable: true };

/** One template, one set of answers, and what comes of it. */
export interface TemplateCase {
  readonly name: string;
  readonly files: Readonly<Record<string, CaseFile>>;
  readonly answers?: Readonly<Record<string, string>>;
  /** Whether its hooks are run, on both sides. */
  readonly hooks?: boolean;
  /**
   * What cookiecutter has only since a version that is newer than Debian's, or does otherwise since then: the place in its documentation, and
   * the files by that.
   */
  /** Why `packs import --as` says that it leaves something out. */
  readonly untranslated?: string;
  readonly newer?: { readonly since: string; readonly files: Readonly<Record<string, string>> };
}

/** A template of one folder, `{{cookiecutter.slug}}`, with the given files in it. */
export function inFolder(files: Readonly<Record<string, CaseFile>>): Record<string, CaseFile> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`{{cookiecutter.slug}}/${path}`, content]));
}

/** A `cookiecutter.json` with a slug, and more. */
export function context(more: Readonly<Record<string, unknown>> = {}): Record<string, CaseFile> {
  return { 'cookiecutter.json': `${JSON.stringify({ slug: 'demo', ...more }, null, 2)}\n` };
}
