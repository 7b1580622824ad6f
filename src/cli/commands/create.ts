import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { createPack, requirePackName, requireRoom } from '../../ops/author/create-pack.ts';
import { askAboutPack, type PackWishes } from '../ask-about-pack.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { CommandInput } from '../command-spec.ts';
import { definedOnly } from '../defined-only.ts';
import { directoryOf, nextCommands } from '../new-pack-place.ts';
import { openAuthorPorts } from '../open-author-ports.ts';
import type { createSpec } from '../specs/publish.ts';
import { viewCreatedPack } from '../views/publishing.ts';

type Input = CommandInput<typeof createSpec>;

export const runCreate: RunCommand<typeof createSpec> = async (input, context) => {
  const { flags, positionals } = input;
  checkFlags(input, context);
  const ports = await openAuthorPorts(context, { mayAsk: flags.interactive });
  const given: PackWishes = { id: positionals[0], title: flags.title, description: flags.description, category: flags.category };
  if (flags.from !== undefined) {
    const { createFrom } = await import('../create-from.ts');
    return createFrom({ given, input, ports }, context);
  }
  const checkId = (id: string) => requireRoom(directoryOf(id, positionals[1], context), ports);
  const asking = { prompter: ports.prompter, signal: context.signal, more: positionals.slice(1), checkId };
  const wishes = flags.interactive ? await askAboutPack(given, asking) : given;
  if (flags.interactive) ports.prompter?.finish('Answers complete');
  const id = requirePackName(wishes.id ?? '');
  const directory = directoryOf(id, positionals[1], context);
  const { author } = ports.config.defaults;
  const { title, description, category } = wishes;
  const created = await createPack({ id, directory, ...definedOnly({ category, author, title, description }) }, ports);
  return { data: created, view: (terminal) => viewCreatedPack(created, terminal), ...nextCommands(directory, context) };
};

function checkFlags({ flags, positionals }: Input, { isInteractive }: CommandContext): void {
  if (flags.interactive && !isInteractive)
    throw new PacksmithError('INVALID_ARGUMENTS', '--interactive needs a terminal', { hint: 'give the id and the flags instead' });
  if (!flags.interactive && positionals[0] === undefined)
    throw new PacksmithError('INVALID_ARGUMENTS', '`packs create` needs an ID', {
      hint: 'write `packs create my-pack`, or `packs create --interactive`',
    });
  if (flags.from === undefined && flags.exclude.length + flags.include.length > 0)
    throw new PacksmithError('INVALID_ARGUMENTS', '--exclude and --include go with --from');
}
