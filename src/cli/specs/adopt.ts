import type { CommandSpec } from '../command-spec.ts';
import { GENERATION_FLAGS } from './generate.ts';

const { output, var: variable, 'vars-file': variablesFile, defaults, strategy, prefer } = GENERATION_FLAGS;

export const adoptSpec = {
  verb: 'adopt',
  aliases: [],
  group: 'Generate and keep up to date',
  summary: 'Give an existing project its records, as if packs had generated it',
  description:
    'For a project that was made by hand, or by an old copy of a pack, or that lost its records. Every version of each pack is rendered and compared with the files that are there; the most alike one is taken, and the files say what they can of the answers. No file of yours is written: what differs is your edit from then on, `packs status` shows it, and `packs update` merges newer versions with it.',
  arguments: [
    {
      name: 'REF',
      summary: 'A pack that the project was made from, or like; those of packsmith.toml unless given. The last one may be the directory',
      isRequired: false,
      isRepeatable: true,
    },
  ],
  flags: {
    output,
    versions: { kind: 'count', placeholder: 'N', summary: 'How many versions of each pack are compared, the newest ones; 20 unless given' },
    var: variable,
    'vars-file': variablesFile,
    defaults,
    strategy,
    prefer,
    'dry-run': { kind: 'switch', summary: 'Show what was found, and record nothing' },
  },
  examples: [
    { line: 'adopt web-api-starter --dry-run', does: 'which version the project in this directory is most like' },
    { line: 'adopt web-api-starter devops-automation shop', does: 'records for the project in shop' },
  ],
} as const satisfies CommandSpec;
