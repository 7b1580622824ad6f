import type { CommandSpec } from '../command-spec.ts';

export const showSpec = {
  verb: 'show',
  aliases: [{ name: 'info' }, { name: 'view' }, { name: 'list-templates', implies: ['--templates'] }],
  group: 'Discover',
  summary: 'Show everything about one pack',
  description: 'Without a section flag it shows an overview. Each section flag shows that section whole; several may be combined.',
  arguments: [
    { name: 'REF', summary: 'A pack: its id, a directory, an archive, or an address such as gh:owner/repository', isRequired: true },
  ],
  flags: {
    variables: { kind: 'switch', summary: 'The variables in their groups, with type, limits and default' },
    templates: { kind: 'switch', summary: 'The templates, where each one goes, and when' },
    dependencies: { kind: 'switch', summary: 'The packs it needs' },
    packages: { kind: 'switch', summary: 'The ecosystem packages it adds to a project' },
    queries: { kind: 'switch', summary: 'Its named queries' },
    examples: { kind: 'switch', summary: 'Its examples, as command lines' },
    manifest: { kind: 'switch', summary: 'Its pack.toml as written' },
    files: { kind: 'switch', summary: 'Every file of the pack, with its size' },
    versions: { kind: 'switch', summary: 'Its versions, where they come from, and what that place hides' },
  },
  examples: [
    { line: 'show web-api-starter', does: 'an overview' },
    { line: 'show web-api-starter --variables', does: 'what can be chosen' },
    { line: 'show ./my-pack --templates', does: 'what a pack on disk would write' },
  ],
} as const satisfies CommandSpec;
