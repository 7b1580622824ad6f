import type { Budget } from '../jinja/budget.ts';
import { TemplateFault } from '../jinja/fault.ts';
import type { JinjaValue } from '../jinja/values.ts';
import { PythonError, PythonRefusal } from './python-fault.ts';
import { PythonClass, PythonInstance } from './values.ts';

const BASE = new PythonClass('BaseException', [], new Map());
const EXCEPTION = new PythonClass('Exception', [BASE], new Map());

/** The exceptions of the language that have others above them. */
const ABOVE: Readonly<Record<string, string>> = {
  KeyError: 'LookupError',
  IndexError: 'LookupError',
  ZeroDivisionError: 'ArithmeticError',
  UnicodeError: 'ValueError',
  JSONDecodeError: 'ValueError',
  FileNotFoundError: 'OSError',
  PermissionError: 'OSError',
  ModuleNotFoundError: 'ImportError',
  NotImplementedError: 'RuntimeError',
  OverflowError: 'ArithmeticError',
  ConnectionError: 'OSError',
  TimeoutError: 'OSError',
  URLError: 'OSError',
  RequestException: 'OSError',
  HTTPError: 'OSError',
  Timeout: 'OSError',
  TimeoutExpired: 'SubprocessError',
  CalledProcessError: 'SubprocessError',
};

const PLAIN =
  'LookupError ArithmeticError ValueError OSError ImportError RuntimeError SubprocessError TypeError AttributeError NameError AssertionError StopIteration SystemExit YAMLError UserMessageError CopierError InvalidVersion'.split(
    ' ',
  );

const CLASSES = new Map<string, PythonClass>([
  ['BaseException', BASE],
  ['Exception', EXCEPTION],
  ...PLAIN.map((name) => [name, new PythonClass(name, [EXCEPTION], new Map())] as const),
]);
for (const [name, above] of Object.entries(ABOVE)) CLASSES.set(name, new PythonClass(name, [CLASSES.get(above) ?? EXCEPTION], new Map()));
CLASSES.set('IOError', CLASSES.get('OSError') ?? EXCEPTION);

/** The types of exceptions, by name. */
export const EXCEPTIONS: ReadonlyMap<string, PythonClass> = CLASSES;

/** What `raise` throws. */
export function toError(value: JinjaValue, budget: Budget): PythonError {
  const made = value instanceof PythonClass ? value.parts.call?.({ positional: [], named: new Map() }) : value;
  if (!(made instanceof PythonInstance)) return new PythonError('TypeError', 'exceptions must derive from BaseException');
  const message = made.parts.print?.(budget);
  return new PythonError(made.type.name, typeof message === 'string' ? message : '', made);
}

/** The exception that an error is to `except`; `undefined` for one that no code can catch. */
export function caught(error: unknown): PythonInstance | undefined {
  if (!(error instanceof TemplateFault) || error instanceof PythonRefusal || error.code === 'LIMIT_EXCEEDED') return undefined;
  if (error instanceof PythonError && error.value instanceof PythonInstance) return error.value;
  const type = error instanceof PythonError ? (CLASSES.get(error.type) ?? EXCEPTION) : ANY;
  return new PythonInstance(type, new Map([['args', [error instanceof PythonError ? error.text : error.message]]]));
}

/** What the engine refuses without a type: each handler of what an operation can raise is meant. */
const ANY = new PythonClass(
  'Exception',
  ['TypeError', 'ValueError', 'AttributeError', 'ArithmeticError'].flatMap((name) => CLASSES.get(name) ?? []),
  new Map(),
);
