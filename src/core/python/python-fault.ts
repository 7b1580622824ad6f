import { TemplateFault } from '../jinja/fault.ts';
import type { JinjaValue } from '../jinja/values.ts';

/** An exception of Python: code can catch it by its type. */
export class PythonError extends TemplateFault {
  /** The name of its type. */
  readonly type: string;
  /** What it says, without its type. */
  readonly text: string;
  /** The exception itself, where code made it. */
  readonly value: JinjaValue | undefined;

  constructor(type: string, message: string, value?: JinjaValue) {
    super('TEMPLATE_FAILED', message === '' ? type : `${type}: ${message}`);
    this.type = type;
    this.text = message;
    this.value = value;
  }
}

/** Something of Python that is not read or not there; no code can catch it. */
export class PythonRefusal extends TemplateFault {
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super('TEMPLATE_FAILED', message);
    this.line = line;
  }
}

/** Throws an exception of Python. */
export function raise(type: string, message: string): never {
  throw new PythonError(type, message);
}
