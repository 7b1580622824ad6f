import type { RhaiBox, RhaiValue } from './values.ts';

/** The names of one block, with those of the blocks around it. */
export class RhaiScope {
  /** What `this` is inside a function that was called as a method. */
  readonly self: RhaiBox | undefined;
  private readonly parent: RhaiScope | undefined;
  private readonly names = new Map<string, RhaiBox>();

  /** A block has the `this` of what is around it; `null` is none. */
  constructor(parent?: RhaiScope, self: RhaiBox | null | undefined = parent?.self) {
    this.parent = parent;
    this.self = self ?? undefined;
  }

  declare(name: string, value: RhaiValue, isConstant = false): void {
    this.names.set(name, { value, isConstant });
  }

  find(name: string): RhaiBox | undefined {
    for (let scope: RhaiScope | undefined = this; scope !== undefined; scope = scope.parent) {
      const box = scope.names.get(name);
      if (box !== undefined) return box;
    }
    return undefined;
  }

  /** Every name that is seen, for suggestions. */
  *visible(): Generator<string> {
    for (let scope: RhaiScope | undefined = this; scope !== undefined; scope = scope.parent) yield* scope.names.keys();
  }
}
