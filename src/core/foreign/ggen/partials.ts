import { positionAt } from '../../text/position-at.ts';
import { utf8At } from '../../tree/file-text.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import { unsupported } from './ggen-finding.ts';
import type { GgenSource } from './ggen-source.ts';
import { freeNames } from './names.ts';
import type { PackWriter } from './pack-writer.ts';
import { rewriteTera } from './rewrite-tera.ts';

const MAX_DEPTH = 50;

/** What more there is wrong with a file is as good as said: each place takes a look at the whole text. */
export const MAX_FINDINGS = 50;

/** The templates that others include or import, each written to the pack when it is first asked for. */
export class Partials {
  private readonly names = new Map<string, ReadonlySet<string>>();

  private readonly source: GgenSource;
  private readonly writer: PackWriter;
  private depth = 0;

  constructor(source: GgenSource, writer: PackWriter) {
    this.source = source;
    this.writer = writer;
  }

  /** The path in the pack; `used` receives the names that it reads. */
  resolve(name: string, from: string, used: Set<string>): string | undefined {
    const directory = from.slice(0, from.lastIndexOf('/') + 1);
    const path = [`templates/${name}`, directory + name, name].find((each) => this.source.files.has(each as ProjectPath));
    if (path === undefined) return undefined;
    for (const each of this.written(path)) used.add(each);
    return partialPath(path);
  }

  private written(path: string): ReadonlySet<string> {
    const known = this.names.get(path);
    if (known !== undefined) return known;
    const used = new Set<string>();
    this.names.set(path, used);
    if (++this.depth > MAX_DEPTH) {
      this.writer.diagnostics.push(
        unsupported(path, 1, `more than ${MAX_DEPTH} templates include one another`, 'put some of them into one'),
      );
      return used;
    }
    const text = utf8At(this.source.files, path) ?? '';
    const rewritten = rewriteTera(text, { resolve: (name) => this.resolve(name, path, used) });
    for (const { offset, message, suggestion } of rewritten.findings.slice(0, MAX_FINDINGS))
      this.writer.diagnostics.push(unsupported(path, positionAt(text, offset).line, message, suggestion));
    for (const name of freeNames(rewritten.text, { file: path, line: 1 }, this.writer)) used.add(name);
    this.writer.write(partialPath(path), rewritten.text);
    this.writer.note('translated', `the template ${path}`, partialPath(path), { file: path });
    this.depth--;
    return used;
  }
}

function partialPath(path: string): string {
  return `partials/${path.replace(/^templates\//, '').replace(/\.(?:tmpl|tera)$/, '')}.jinja`;
}
