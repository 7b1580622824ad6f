import { parse as parseToml } from 'smol-toml';

/** What stands at a path: a text, or a text or bytes with a mode, or a link. */
export type CaseFile =
  | string
  | { readonly text?: string; readonly base64?: string; readonly executable?: true; readonly link?: string; readonly directory?: true };

export type CaseFiles = Readonly<Record<string, CaseFile>>;

/** One thing that the user did to the project: the first key names it. */
export type CaseEdit =
  | { readonly write: string; readonly text?: string; readonly base64?: string; readonly executable?: true }
  | { readonly replace: string; readonly with: string; readonly in: string }
  | { readonly delete: string }
  | { readonly move: string; readonly to: string }
  | { readonly executable: string }
  | { readonly plain: string }
  | { readonly link: string; readonly to: string }
  | { readonly directory: string };

/** How a case is run: as it is; with CRLF in every text of the project; in a git repository; after the project was reformatted. */
export type Variant = 'plain' | 'crlf' | 'git' | 'reformatted';

/** One case of `test/cases/update`; its README explains the keys. */
export interface UpdateCase {
  readonly title: string;
  /** Variants in which the case makes no sense, each with the reason. */
  readonly not?: Readonly<Partial<Record<Variant, string>>>;
  readonly versions?: { readonly before?: string; readonly after?: string; readonly later?: string };
  readonly before: Readonly<Record<string, CaseFiles>>;
  readonly after?: Readonly<Record<string, CaseFiles>>;
  /** What packs are like before the last line is run. */
  readonly later?: Readonly<Record<string, CaseFiles>>;
  /** Packs that the project is generated from; those of `before` unless given. */
  readonly packs?: readonly string[];
  readonly generate?: string;
  /** What packsmith.toml gets in addition. */
  readonly settings?: string;
  readonly edits?: readonly CaseEdit[];
  /** `update` unless given. The last line is the one that is looked at. */
  readonly run?: readonly string[];
  readonly expect?: Expectation;
}

export interface Expectation {
  readonly exit: number;
  readonly error?: string;
  /** Class, action, reason, and where there are any `from PATH` and `to settle`. */
  readonly paths?: Readonly<Record<string, readonly string[]>>;
  /** Warnings, `…` for the directory of the test. */
  readonly warnings?: readonly string[];
  /** What `packs status` lists as to settle. */
  readonly open?: readonly string[];
  readonly files: CaseFiles;
}

const EXPECTED = /^\[expect\]\n[\s\S]*/m;

export function readCase(text: string): UpdateCase {
  return parseToml(text) as unknown as UpdateCase;
}

/** The text of a case, with what came out in the place of what is expected. */
export function withExpectation(text: string, { exit, error, warnings, open, paths, files }: Expectation): string {
  const lines = [
    '[expect]',
    `exit = ${exit}`,
    ...(error === undefined ? [] : [`error = ${JSON.stringify(error)}`]),
    ...(warnings === undefined ? [] : [`warnings = ${formatWords(warnings)}`]),
    ...(open === undefined ? [] : [`open = ${JSON.stringify(open)}`]),
    ...(paths === undefined
      ? []
      : ['', '[expect.paths]', ...Object.entries(paths).map(([path, words]) => `${quote(path)} = ${formatWords(words)}`)]),
    '',
    '[expect.files]',
    ...Object.entries(files).map(([path, file]) => `${quote(path)} = ${formatFile(file)}`),
  ];
  return `${text.replace(EXPECTED, '').trimEnd()}\n\n${lines.join('\n')}\n`;
}

function formatWords(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

function formatFile(file: CaseFile): string {
  if (typeof file === 'string') return formatText(file);
  const entries = Object.entries(file).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return `{ ${entries.join(', ')} }`;
}

function formatText(text: string): string {
  const isPlain = text.includes('\n') && !/[^\n\t\P{C}]|\u2028|\u2029/u.test(text);
  return isPlain ? `"""\n${text.replaceAll('\\', '\\\\').replaceAll('"""', '""\\"')}"""` : quote(text);
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\ufeff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
