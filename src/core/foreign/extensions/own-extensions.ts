/** Where an extension stands in the template itself. */
export interface ExtensionPlace {
  readonly file: string;
  readonly type: string;
}

/** The place of an extension that is named by it (`own/names.py:Slug`); `undefined` for another. */
export function placeOf(name: string): ExtensionPlace | undefined {
  const [, file, type] = /^(?:\.\/)?([^:]+\.py):(\w+)$/.exec(name) ?? [];
  return file === undefined || type === undefined ? undefined : { file, type };
}

/** Whether an extension stands in the template itself. */
export function isOwnExtension(name: string): boolean {
  return placeOf(name) !== undefined;
}
