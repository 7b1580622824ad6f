import { normalSegments } from '../jinja/path-value.ts';
import type { JinjaValue } from '../jinja/values.ts';
import { wholeText } from './access.ts';
import type { Machine, ModuleFacts } from './machine.ts';
import { raise } from './python-fault.ts';
import { PythonClass, PythonFunction, PythonInstance } from './values.ts';

/** Where the files of the template seem to be. */
export const TEMPLATE_ROOT = '/template';

/** What a line takes besides its characters. */
const LINE_BYTES = 32;

export type Files = Pick<ModuleFacts, 'readFile' | 'folder'>;

/** A text file of the template, by a path that may be relative to the folder that things are run in; `undefined` where none is. */
export function templateFile(path: string, { readFile, folder }: Files): string | undefined {
  const isWhole = path.startsWith('/');
  if (!isWhole && folder === undefined) return undefined;
  const [root, ...rest] = normalSegments(isWhole ? path : `${TEMPLATE_ROOT}/${folder}/${path}`);
  return `/${root}` === TEMPLATE_ROOT && rest.length > 0 ? readFile(rest.join('/')) : undefined;
}

/** `open`: files of the template can be read, nothing is written. */
export function openFile(path: string, mode: string, files: Files, run: Machine): PythonInstance {
  if (!/^r?t?$/.test(mode)) return raise('PermissionError', `Permission denied: '${path}'`);
  const text = templateFile(path, files) ?? raise('FileNotFoundError', `No such file or directory: '${path}'`);
  const made = new PythonInstance(TEXT_FILE);
  opened.set(made, new OpenText(text, run));
  return made;
}

/** The rest of a text that is read, and what its characters are counted for. */
class OpenText {
  private rest: string;
  private readonly run: Machine;

  constructor(text: string, run: Machine) {
    this.rest = text;
    this.run = run;
  }

  take(end = this.rest.length): string {
    const taken = wholeText(this.rest.slice(0, end), 'text', this.run);
    this.rest = this.rest.slice(end);
    return taken;
  }

  takeLine(): string {
    return this.take(this.rest.includes('\n') ? this.rest.indexOf('\n') + 1 : undefined);
  }

  takeLines(): JinjaValue[] {
    const found = this.take().match(/[^\n]*\n|[^\n]+/g) ?? [];
    this.run.runtime.budget.allocate(found.length * LINE_BYTES);
    return found;
  }
}

const opened = new WeakMap<PythonInstance, OpenText>();

function method(name: string, call: (text: OpenText, self: PythonInstance) => JinjaValue): [string, JinjaValue] {
  const made = new PythonFunction(name, ({ positional: [self] }) => {
    const text = self instanceof PythonInstance ? opened.get(self) : undefined;
    return text === undefined ? raise('TypeError', `${name}() needs a file`) : call(text, self as PythonInstance);
  });
  return [name, made];
}

const TEXT_FILE = new PythonClass(
  'TextIOWrapper',
  [],
  new Map([
    method('__enter__', (_, self) => self),
    method('__exit__', () => null),
    method('__iter__', (text) => text.takeLines()),
    method('close', () => null),
    method('read', (text) => text.take()),
    method('readline', (text) => text.takeLine()),
    method('readlines', (text) => text.takeLines()),
  ]),
);
