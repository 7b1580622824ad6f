import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { referenceWithin } from '../core/foreign/reference-within.ts';
import { SeveralTemplates } from '../core/foreign/several-templates.ts';
import { stripControlLine } from '../core/text/strip-control.ts';
import type { ProjectOptions } from '../ops/project/plan-wanted.ts';
import type { Prompter } from '../ports/prompter.ts';

interface Choosing<T> {
  readonly run: (references: readonly string[]) => Promise<T>;
  readonly ask: ProjectOptions['ask'];
  /** Whether the first one is taken where nobody is asked. */
  readonly isDefault: boolean;
  readonly prompter: Prompter | undefined;
}

/** Runs with references; where a single one is a list of templates, again with the one that is chosen, as often as that leads to a further list. */
export async function choosingTemplate<T>(references: readonly string[], choosing: Choosing<T>): Promise<T> {
  try {
    return await choosing.run(references);
  } catch (error) {
    const [reference, ...others] = references;
    if (!(error instanceof SeveralTemplates) || reference === undefined || others.length > 0) throw error;
    const chosen = await choose(error, choosing);
    const longer = chosen === undefined ? undefined : referenceWithin(reference, chosen);
    if (longer === undefined) throw error;
    return choosingTemplate([longer], choosing);
  }
}

async function choose({ templates }: SeveralTemplates, { ask, isDefault, prompter }: Choosing<unknown>): Promise<string | undefined> {
  if (templates.length === 1) return templates[0]?.path;
  if (prompter === undefined || ask === 'never') return isDefault ? templates[0]?.path : undefined;
  prompter.start('Several templates');
  const options = templates.map(({ path, label }) => ({ value: path, label: stripControlLine(label), hint: stripControlLine(path) }));
  const reply = await prompter.ask({ kind: 'select', message: 'Which template?', options });
  prompter.finish(reply.kind === 'answer' ? String(reply.value) : 'Cancelled; nothing was written');
  if (reply.kind === 'answer') return String(reply.value);
  throw new PacksmithError('CANCELLED', 'cancelled: nothing was written');
}
