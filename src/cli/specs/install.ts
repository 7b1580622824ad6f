import type { CommandSpec } from '../command-spec.ts';

export const installSpec = {
  verb: 'install',
  aliases: [{ name: 'i' }],
  group: 'Install',
  summary: 'Install packs and all they need',
  description:
    'Resolves, fetches, verifies and stores packs as one transaction: all of them are installed, or nothing changes. The store is shared by all projects.',
  arguments: [
    {
      name: 'REF',
      summary: 'A pack: an id with a range, a directory, an archive, git, npm:NAME or an address',
      isRequired: true,
      isRepeatable: true,
    },
  ],
  flags: {
    'dry-run': { kind: 'switch', summary: 'Show the plan, and do nothing' },
    frozen: { kind: 'switch', summary: 'Fail when anything would change' },
    force: { kind: 'switch', summary: 'Fetch and store again what is installed already' },
    'no-dependencies': { kind: 'switch', summary: 'Only the named packs, whatever they need' },
    target: { kind: 'text', placeholder: 'DIR', summary: 'Unpack as plain folders below DIR, such as packs, instead of installing' },
    concurrency: { kind: 'count', placeholder: 'N', summary: 'Fetch at most N packs at a time; 8 unless given' },
  },
  examples: [
    { line: 'install web-api-starter', does: 'one pack and what it needs' },
    { line: 'install "@acme/api@^2" gh:acme/packs/monitoring#v1.4.0', does: 'from a registry and from git' },
    { line: 'install enterprise-stack --dry-run', does: 'see what would be fetched, from where, and why' },
  ],
} as const satisfies CommandSpec;

export const uninstallSpec = {
  verb: 'uninstall',
  aliases: [{ name: 'rm' }],
  group: 'Install',
  summary: 'Remove installed packs',
  description: 'Refuses while other installed packs need them, and names those. Projects that were generated from them are not touched.',
  arguments: [{ name: 'ID', summary: 'An installed pack', isRequired: true, isRepeatable: true }],
  flags: {
    cascade: { kind: 'switch', summary: 'Also remove the packs that need them' },
    purge: { kind: 'switch', summary: 'Also remove what only they needed, and free the store' },
  },
  examples: [
    { line: 'uninstall monitoring', does: 'one pack' },
    { line: 'uninstall base-typescript --cascade --purge', does: 'with everything around it' },
  ],
} as const satisfies CommandSpec;

export const upgradeSpec = {
  verb: 'upgrade',
  aliases: [],
  group: 'Install',
  summary: 'Replace installed packs by newer versions',
  description:
    'Looks where each pack came from, stays in the range that was asked for, and shows what the changelogs say, with breaking changes marked.',
  arguments: [{ name: 'ID', summary: 'Installed packs; all of them unless given', isRequired: false, isRepeatable: true }],
  flags: {
    check: { kind: 'switch', summary: 'Only show what is newer' },
    latest: { kind: 'switch', summary: 'The newest version, beyond the range that was asked for' },
    minor: { kind: 'switch', summary: 'No other major version' },
    patch: { kind: 'switch', summary: 'No other minor version' },
    'dry-run': { kind: 'switch', summary: 'Show the plan, and do nothing' },
  },
  examples: [
    { line: 'upgrade --check', does: 'what is newer' },
    { line: 'upgrade web-api-starter --patch', does: 'only fixes' },
  ],
} as const satisfies CommandSpec;

export const verifySpec = {
  verb: 'verify',
  aliases: [],
  group: 'Install',
  summary: 'Check installed packs, byte for byte',
  description: 'Hashes what is in the store and compares it with what was installed; exits with 2 when anything is damaged or missing.',
  arguments: [{ name: 'ID', summary: 'Installed packs; all of them unless given', isRequired: false, isRepeatable: true }],
  flags: { fix: { kind: 'switch', summary: 'Fetch again what is damaged; it must be exactly what it was' } },
  examples: [
    { line: 'verify', does: 'everything' },
    { line: 'verify --fix', does: 'and repair it' },
  ],
} as const satisfies CommandSpec;

export const cleanSpec = {
  verb: 'clean',
  aliases: [{ name: 'cache', implies: ['--cache'] }],
  group: 'Install',
  summary: 'Free what nothing uses',
  description:
    'Without a flag it frees the store of what is not installed and of the rests of transactions. Downloads are kept unless asked for, since they make --offline work.',
  arguments: [],
  flags: {
    store: { kind: 'switch', summary: 'What is in the store and not installed, and transactions, unfinished ones included' },
    cache: { kind: 'switch', summary: 'What was downloaded' },
    all: { kind: 'switch', summary: 'Both' },
    'dry-run': { kind: 'switch', summary: 'Only say how much it would be' },
  },
  examples: [
    { line: 'clean --dry-run --all', does: 'how much could be freed' },
    { line: 'clean', does: 'free the store' },
  ],
} as const satisfies CommandSpec;

export const transactionsSpec = {
  verb: 'transactions',
  aliases: [],
  group: 'Install',
  summary: 'See, finish or forget interrupted installations',
  description: 'An installation that was interrupted has changed nothing. What it fetched is kept, so that it can go on where it stopped.',
  arguments: [
    { name: 'ACTION', summary: 'What to do; list unless given', isRequired: false, choices: ['list', 'resume', 'rollback'] },
    { name: 'ID', summary: 'The transaction, as the list names it; the newest unfinished one unless given', isRequired: false },
  ],
  flags: {},
  examples: [
    { line: 'transactions list', does: 'unfinished and past ones' },
    { line: 'transactions resume', does: 'go on with the last one' },
  ],
} as const satisfies CommandSpec;
