/** A table of a document that was read: own keys only, values unchecked. */
export type Table = Readonly<Record<string, unknown>>;

/** Tells whether a value is a table, neither array nor date nor any other object. */
export function isTable(value: unknown): value is Table {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The own value of a key; inherited names such as `constructor` are absent. */
export function readKey(table: Table, key: string): unknown {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The value of a key where it is a string; anything else was reported by the structural check. */
export function readString(table: Table, key: string): string | undefined {
  const value = readKey(table, key);
  return typeof value === 'string' ? value : undefined;
}

/** The value of a key where it is a number that is exact. */
export function readNumber(table: Table, key: string): number | undefined {
  const value = readKey(table, key);
  return typeof value === 'number' ? value : undefined;
}

/** The value of a key where it is a boolean. */
export function readBoolean(table: Table, key: string): boolean | undefined {
  const value = readKey(table, key);
  return typeof value === 'boolean' ? value : undefined;
}

/** The table at a key, empty where there is none. */
export function readTable(table: Table, key: string): Table {
  const value = readKey(table, key);
  return isTable(value) ? value : {};
}

/** The own entries of the table at a key, in the order of the file. */
export function readEntries(table: Table, key: string): [string, unknown][] {
  return Object.entries(readTable(table, key));
}

/** The array at a key, empty where there is none. */
export function readArray(table: Table, key: string): readonly unknown[] {
  const value = readKey(table, key);
  return Array.isArray(value) ? value : [];
}

/** The tables of an array, each with its index. */
export function readTables(table: Table, key: string): { readonly index: number; readonly entry: Table }[] {
  return readArray(table, key).flatMap((entry, index) => (isTable(entry) ? [{ index, entry }] : []));
}

/** The strings of the array at a key, in order. */
export function readStrings(table: Table, key: string): string[] {
  return readArray(table, key).filter((entry): entry is string => typeof entry === 'string');
}
