import { resolve } from 'node:path';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { Proposal } from '../core/starter/proposals.ts';
import { titleOf } from '../core/starter/starter-pack.ts';
import { stripControlLine } from '../core/text/strip-control.ts';
import type { AuthoringPorts, NodePorts } from '../node-ports.ts';
import { requirePackName, requireRoom } from '../ops/author/create-pack.ts';
import { createPackFrom, type ProjectSurvey, surveyProject } from '../ops/author/create-pack-from.ts';
import { type Asking, askAboutPack, cancelled, type PackWishes } from './ask-about-pack.ts';
import type { CommandContext, CommandResult } from './command.ts';
import type { CommandInput } from './command-spec.ts';
import { directoryOf, nextCommands } from './new-pack-place.ts';
import type { createSpec } from './specs/publish.ts';
import { viewCreatedFrom } from './views/created-from.ts';

export interface CreateFromInput {
  readonly given: PackWishes;
  readonly input: CommandInput<typeof createSpec>;
  readonly ports: NodePorts & AuthoringPorts;
}

/** `packs create --from DIR`: finds what the project has, asks which of it should be asked for, and makes the pack. */
export async function createFrom({ given, input, ports }: CreateFromInput, context: CommandContext): Promise<CommandResult> {
  const { flags, positionals } = input;
  const { workingDirectory, signal } = context;
  const source = resolve(workingDirectory, flags.from ?? '.');
  const survey = await surveyProject({ project: ports.openProject(source), include: flags.include, exclude: flags.exclude }, ports);
  const { facts, name } = survey;
  const known = { ...given, description: given.description ?? facts.description };
  const globs = (name: string, values: readonly string[]) => values.flatMap((value) => [name, value]);
  const more = [
    ...positionals.slice(1),
    '--from',
    flags.from ?? '.',
    ...globs('--exclude', flags.exclude),
    ...globs('--include', flags.include),
  ];
  const checkId = (id: string) => requireRoom(directoryOf(id, positionals[1], context), ports);
  const asking = { prompter: ports.prompter, signal, more, checkId };
  const wishes = flags.interactive ? await askAboutPack(known, asking) : known;
  const id = requirePackName(wishes.id ?? '');
  const proposals = flags.interactive ? await chooseProposals(survey, wishes, asking) : survey.proposals;
  if (flags.interactive) ports.prompter?.finish('Answers complete');
  const directory = directoryOf(id, positionals[1], context);
  refuseInside(source, directory);
  const title = wishes.title ?? titleOf(id);
  const description = wishes.description ?? `A project like ${name}`;
  const pack = { id, title, description, category: wishes.category, author: ports.config.defaults.author, license: facts.license };
  const trials = await ports.openTrials();
  const made = await createPackFrom({ survey, proposals, pack, directory, signal }, { ...ports, ...trials });
  const data = {
    id,
    directory,
    from: source,
    files: [...made.files.keys()],
    variables: made.variables,
    verbatim: made.verbatim,
    left: survey.left,
  };
  return {
    data,
    view: (terminal) => viewCreatedFrom({ ...data, templates: made.templates }, terminal),
    warnings: survey.secrets.map(({ message, where }) => `${where?.file ?? ''}:${where?.line ?? ''} looks like a secret: ${message}`),
    ...nextCommands(directory, context),
  };
}

/** A pack inside the project would be part of the next pack that is made from it. */
function refuseInside(source: string, directory: string): void {
  if (directory !== source) return;
  throw new PacksmithError('DIRECTORY_IN_THE_WAY', `${directory} is the project itself`, { hint: 'name another directory for the pack' });
}

async function chooseProposals(
  survey: ProjectSurvey,
  wishes: PackWishes,
  { prompter, signal, more }: Asking,
): Promise<readonly Proposal[]> {
  const { proposals } = survey;
  if (prompter === undefined || proposals.length === 0) return proposals;
  const options = proposals.map(({ name, value, prompt }) => ({
    value: name,
    label: `${name} = ${stripControlLine(value).slice(0, 60)}`,
    hint: prompt,
  }));
  const reply = await prompter.ask(
    { kind: 'multiselect', message: 'What should be asked?', options, initial: proposals.map(({ name }) => name) },
    signal,
  );
  if (reply.kind !== 'answer') {
    prompter.finish('Cancelled; nothing was made');
    throw cancelled(wishes, more);
  }
  const chosen = new Set(Array.isArray(reply.value) ? reply.value : [reply.value]);
  return proposals.filter(({ name }) => chosen.has(name));
}
