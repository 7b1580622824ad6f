import type { JinjaValue } from '../jinja/values.ts';
import { raise } from './python-fault.ts';

/** The names of a module, a function, or a class. */
export class Scope {
  readonly names: Map<string, JinjaValue>;
  readonly around: Scope | undefined;
  /** The body of a class: functions in it do not see its names. */
  readonly isClass: boolean;
  /** What a generator has given so far. */
  yielded: JinjaValue[] | undefined;
  /** Names that belong to a scope around this one. */
  private readonly elsewhere = new Map<string, Scope>();

  constructor(around: Scope | undefined, isClass = false, names = new Map<string, JinjaValue>()) {
    this.names = names;
    this.around = around;
    this.isClass = isClass;
  }

  find(name: string): JinjaValue | undefined {
    let found = (this.elsewhere.get(name) ?? this).names.get(name);
    for (let outer = this.around; found === undefined && outer !== undefined; outer = outer.around)
      if (!outer.isClass) found = (outer.elsewhere.get(name) ?? outer).names.get(name);
    return found;
  }

  set(name: string, value: JinjaValue): void {
    (this.elsewhere.get(name) ?? this).names.set(name, value);
  }

  remove(name: string): void {
    if (!(this.elsewhere.get(name) ?? this).names.delete(name)) raise('NameError', `name '${name}' is not defined`);
  }

  /** `global` and `nonlocal`. */
  belongsAround(name: string, isGlobal: boolean): void {
    let owner = this.around;
    while (owner?.around !== undefined && (isGlobal || !owner.names.has(name)) && owner.around.around !== undefined) owner = owner.around;
    if (owner !== undefined) this.elsewhere.set(name, owner);
  }
}
