import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { findReferencedNames } from '../../jinja/find-referenced-names.ts';
import { parseTemplate } from '../../jinja/parse-template.ts';
import { unsupported } from './ggen-finding.ts';
import type { PackWriter } from './pack-writer.ts';

/** What every template has, and a translated one may read: the recorded instant, and what a name is kept in that loops set. */
const GIVEN: readonly string[] = ['now', 'namespace'];

/** The names that a template reads and does not set itself; what cannot be read of it is reported. */
export function freeNames(text: string, { file, line }: { readonly file: string; readonly line: number }, writer: PackWriter): Set<string> {
  try {
    return new Set(findReferencedNames(parseTemplate(text, file)).flatMap(({ name }) => (GIVEN.includes(name) ? [] : [name])));
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    const at = line - 1 + (error.where?.line ?? 1);
    writer.diagnostics.push(unsupported(file, at, error.message, error.hint ?? 'write it as Jinja has it as well'));
    return new Set();
  }
}
