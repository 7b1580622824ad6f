/** A file of a template: text, or bytes, or text that is executable. */
export type CaseFile = string | { readonly base64: string } | { readonly text: string; readonly executable: true };

/** One template, one set of answers, and what comes of it. */
export interface TemplateCase {
  readonly name: string;
  readonly files: Readonly<Record<string, CaseFile>>;
  readonly answers?: Readonly<Record<string, string>>;
  /** Whether its hooks are run, on both sides. */
  readonly hooks?: boolean;
  /** Why `packs import --as` says that it leaves something out. */
  readonly untranslated?: string;
  /** What cookiecutter 1 does not have, or does otherwise: since which version, and the place in the documentation. */
  readonly newer?: string;
  /** What cookiecutter does otherwise after the version that is recorded, and the files by that. */
  readonly later?: { readonly since: string; readonly files: Readonly<Record<string, string>> };
}

/** A template of one folder, `{{cookiecutter.slug}}`, with the given files in it. */
export function inFolder(files: Readonly<Record<string, CaseFile>>): Record<string, CaseFile> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`{{cookiecutter.slug}}/${path}`, content]));
}

/** A `cookiecutter.json` with a slug, and more. */
export function context(more: Readonly<Record<string, unknown>> = {}): Record<string, CaseFile> {
  return { 'cookiecutter.json': `${JSON.stringify({ slug: 'demo', ...more }, null, 2)}\n` };
}
