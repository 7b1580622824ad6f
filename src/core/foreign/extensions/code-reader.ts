import type { CodeFacts, ExtensionCode } from './extension-code.ts';
import { isOwnExtension } from './own-extensions.ts';

/** What reads the Python of extensions: a lot of code, which is loaded for templates that have some. */
export type CodeReader = typeof import('./extension-code.ts');

/** What the extensions bring that stand in a template; nothing where there are none. @throws TemplateFault */
export function readOwn(names: readonly string[], facts: CodeFacts, code: CodeReader | undefined): ExtensionCode | undefined {
  const own = names.filter(isOwnExtension);
  return own.length === 0 ? undefined : code?.loadCode(own, facts);
}
