import { type MarkVersionRequest, markVersion } from '../ops/author/mark-version.ts';
import type { CommandContext, CommandResult } from './command.ts';
import type { CommandInput } from './command-spec.ts';
import { definedOnly } from './defined-only.ts';
import { openAuthorPorts } from './open-author-ports.ts';
import type { deprecateSpec, yankSpec } from './specs/publish.ts';
import { viewMarkedVersion } from './views/publishing.ts';

/** What `yank` and `deprecate` do: say something of one published version. */
export async function runMark(
  status: MarkVersionRequest['status'],
  { flags, positionals }: CommandInput<typeof yankSpec> | CommandInput<typeof deprecateSpec>,
  context: CommandContext,
): Promise<CommandResult> {
  const ports = await openAuthorPorts(context);
  const { message, replacement, registry, otp } = flags;
  const [reference = ''] = positionals;
  const marked = await markVersion(
    { reference, status, signal: context.signal, ...definedOnly({ message, replacement, registry, otp }) },
    ports,
  );
  return { data: marked, view: (terminal) => viewMarkedVersion(marked, terminal), next: [`packs show ${marked.id} --versions`] };
}
