import { parse as parseJson } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { isTable, readKey, readString, readTable, type Table } from '../manifest/table.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** What a project says of itself, as far as it does. */
export interface ProjectFacts {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly author: string | undefined;
  readonly email: string | undefined;
  /** An SPDX expression. */
  readonly license: string | undefined;
  /** The account on a forge that the repository is under. */
  readonly account: string | undefined;
  readonly port: string | undefined;
}

type Found = Partial<ProjectFacts>;

/** Reads what `package.json`, `pyproject.toml`, `Cargo.toml`, `go.mod`, the license and the files themselves say; the first that says a thing counts. `directory` is the name of its directory. */
export function findProjectFacts(tree: FileTree, directory: string): ProjectFacts {
  const text = (path: string): string | undefined => {
    const content = tree.get(path as ProjectPath)?.content;
    return content === undefined ? undefined : decodeUtf8(content);
  };
  const sources: Found[] = [
    readPackageJson(text('package.json')),
    readPyproject(text('pyproject.toml')),
    readCargo(text('Cargo.toml')),
    readGoModule(text('go.mod')),
    readLicense(text('LICENSE') ?? text('LICENSE.md') ?? text('LICENSE.txt')),
  ];
  const first = (key: keyof ProjectFacts): string | undefined =>
    sources.map((source) => source[key]).find((value) => value !== undefined && value !== '');
  return {
    name: first('name'),
    description: first('description'),
    author: first('author'),
    email: first('email'),
    license: first('license'),
    account: first('account') ?? findAccount(tree, first('name') ?? directory),
    port: findPort(tree),
  };
}

function readPackageJson(text: string | undefined): Found {
  const value: unknown = text === undefined ? undefined : parseJson(text);
  if (!isTable(value)) return {};
  const person = readKey(value, 'author');
  const repository = readKey(value, 'repository');
  const address = isTable(repository) ? readString(repository, 'url') : typeof repository === 'string' ? repository : undefined;
  return {
    ...clean({
      name: readString(value, 'name')?.replace(/^@[^/]*\//, ''),
      description: readString(value, 'description'),
      license: readString(value, 'license'),
      account: address === undefined ? undefined : accountOf(address),
    }),
    ...(isTable(person) ? clean({ author: readString(person, 'name'), email: readString(person, 'email') }) : readPerson(person)),
  };
}

function readPyproject(text: string | undefined): Found {
  const project = readTable(tomlOf(text), 'project');
  const authors = readKey(project, 'authors');
  const person: unknown = Array.isArray(authors) ? authors[0] : undefined;
  const license = readKey(project, 'license');
  return clean({
    name: readString(project, 'name'),
    description: readString(project, 'description'),
    license: isTable(license) ? readString(license, 'text') : typeof license === 'string' ? license : undefined,
    ...(isTable(person) ? { author: readString(person, 'name'), email: readString(person, 'email') } : {}),
  });
}

function readCargo(text: string | undefined): Found {
  const table = readTable(tomlOf(text), 'package');
  const authors = readKey(table, 'authors');
  const about = clean({
    name: readString(table, 'name'),
    description: readString(table, 'description'),
    license: readString(table, 'license'),
  });
  return { ...about, ...readPerson(Array.isArray(authors) ? authors[0] : undefined) };
}

function readGoModule(text: string | undefined): Found {
  const path = /^module\s+(\S+)/m.exec(text ?? '')?.[1];
  return path === undefined ? {} : clean({ name: path.split('/').at(-1), account: accountOf(path) });
}

function readLicense(text: string | undefined): Found {
  const author = /^Copyright (?:\(c\)|©)? ?\d{4}(?:[-–,]\s?\d{4})*,? (.{2,100})$/im
    .exec(text ?? '')?.[1]
    ?.replace(/\s*<.*$/, '')
    .trim();
  const license = /^\s*MIT License/m.test(text ?? '') ? 'MIT' : undefined;
  return clean({ author, license });
}

/** `Ada Example <ada@example.com> (https://…)` */
function readPerson(value: unknown): Found {
  if (typeof value !== 'string') return {};
  const [, name, email] = /^([^<(]*?)\s*(?:<([^>]*)>)?\s*(?:\([^)]*\))?$/.exec(value) ?? [];
  return clean({ author: name, email });
}

function clean(found: { readonly [Key in keyof ProjectFacts]?: string | undefined }): Found {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined && value !== '')) as Found;
}

function tomlOf(text: string | undefined): Table {
  try {
    return text === undefined ? {} : (parseToml(text) as Table);
  } catch {
    return {}; // A manifest that is none says nothing.
  }
}

const FORGE = /(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)[/:]([A-Za-z0-9][\w-]{0,60})\//;

const REPOSITORY = new RegExp(`${FORGE.source}([\\w.-]{1,100})`, 'g');

function accountOf(address: string): string | undefined {
  return FORGE.exec(`${address}/`)?.[1];
}

/** The account of a link to the project's own repository; a README links to those of others, too. */
function findAccount(tree: FileTree, name: string): string | undefined {
  const readme = decodeUtf8(tree.get('README.md' as ProjectPath)?.content ?? new Uint8Array()) ?? '';
  return [...readme.matchAll(REPOSITORY)].find(([, , repository = '']) => plainName(repository) === plainName(name))?.[1];
}

/** A repository, a directory and a package of one project are spelled alike but for these signs. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.git$/, '')
    .replace(/[-_.]/g, '');
}

/** How ports stand in files: behind a name, an address or an instruction. */
export const PORT_CONTEXT = /\b(?:ports?|listen|expose|localhost|127\.0\.0\.1|0\.0\.0\.0)\b|\bPORT/i;
const MAX_SCANNED = 200_000;

/** The port that stands most often where ports stand. */
function findPort(tree: FileTree): string | undefined {
  const counts = new Map<string, number>();
  for (const [path, { content }] of tree) {
    if (content.length > MAX_SCANNED || /(?:^|\/)[^/]*lock[^/]*$/i.test(path)) continue;
    for (const port of portsOf(decodeUtf8(content) ?? '')) counts.set(port, (counts.get(port) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([a, x], [b, y]) => y - x || Number(a) - Number(b));
  return best !== undefined && best[1] >= 2 ? best[0] : undefined;
}

function portsOf(text: string): string[] {
  const lines = text.split('\n').filter((line) => PORT_CONTEXT.test(line));
  const numbers = lines.flatMap((line) => [...line.matchAll(/(?<![\d.])[1-9]\d{3,4}(?!\d|\.\d)/g)].map(([port]) => port));
  return numbers.filter((port) => Number(port) >= 1024 && Number(port) <= 65_535);
}
