import { PacksmithError } from '../diagnostics/packsmith-error.ts';

/** One of the templates that a repository lists. */
export interface NestedTemplate {
  /** Its directory, relative to that of the repository. */
  readonly path: string;
  /** What people read of it. */
  readonly label: string;
}

/** What was asked for is no template but a list of them: one has to be named. */
export class SeveralTemplates extends PacksmithError {
  /** In the order of the list, at least one. */
  readonly templates: readonly NestedTemplate[];

  constructor(reference: string, templates: readonly NestedTemplate[]) {
    const first = templates[0]?.path ?? '';
    const what = templates.length === 1 ? 'a template in a directory' : 'several templates';
    super('TEMPLATE_NOT_CHOSEN', `${reference} holds ${what}: ${templates.map(({ path }) => path).join(', ')}`, {
      hint: `name one: add /${first} to the reference (gh:owner/repository/${first}), or #${first} to the address of an archive; \`--interactive\` asks, \`--defaults\` takes the first`,
      suggestions: templates.map(({ path }) => path),
    });
    this.templates = templates;
  }
}
