import type { CommandSpec } from '../command-spec.ts';

const REGISTRY_FLAG = {
  kind: 'text',
  placeholder: 'WHERE',
  summary: 'A configured registry, an npm-protocol address, or the directory of a folder registry',
} as const;

const OTP_FLAG = { kind: 'text', placeholder: 'CODE', summary: 'A one-time password, where the registry asks for one' } as const;

export const createSpec = {
  verb: 'create',
  aliases: [{ name: 'init' }],
  group: 'Author',
  summary: 'Make a new pack',
  description:
    'Makes a directory with a manifest, a template, a test case and the files that publishing needs. The pack is valid and can be used as it is. With --from, a project becomes the pack: what should be asked is found in it, and with the defaults the pack generates it again, byte for byte.',
  arguments: [
    { name: 'ID', summary: 'The id of the pack, such as my-pack or @acme/api; asked for with --interactive', isRequired: false },
    { name: 'DIR', summary: 'Its directory; the last part of the id unless given', isRequired: false },
  ],
  flags: {
    category: { kind: 'text', placeholder: 'NAME', summary: 'Its category, such as web or cli' },
    title: { kind: 'text', placeholder: 'TEXT', summary: 'Its name for people' },
    description: { kind: 'text', placeholder: 'TEXT', summary: 'What a project made with it will be' },
    from: {
      kind: 'text',
      placeholder: 'DIR',
      summary: 'Make the pack from this project; what version control ignores, what is built and what looks like a secret stays out',
    },
    exclude: { kind: 'texts', placeholder: 'GLOB', summary: 'With --from: leave these files out too' },
    include: { kind: 'texts', placeholder: 'GLOB', summary: 'With --from: take these files, whatever says otherwise' },
    interactive: { kind: 'switch', short: 'i', summary: 'Ask for everything, and show what was found; Ctrl+C leaves nothing' },
  },
  examples: [
    { line: 'create my-pack', does: 'a pack in ./my-pack' },
    { line: 'create @acme/api packs/api --category web', does: 'in another directory' },
    { line: 'create my-pack --from ../my-service --interactive', does: 'from a project, asked what should be a variable' },
  ],
} as const satisfies CommandSpec;

export const publishSpec = {
  verb: 'publish',
  aliases: [],
  group: 'Author',
  summary: 'Publish a pack to a registry',
  description:
    'Checks first that the pack is valid and whole, holds no secrets, has a new version, and that a breaking change shows in that version; then its test cases are run, as `packs test` does. All findings are listed at once. Credentials for npm-protocol registries come from .npmrc.',
  arguments: [{ name: 'DIR', summary: 'The directory of the pack; this one unless given', isRequired: false }],
  flags: {
    'dry-run': { kind: 'switch', summary: 'Show what would be published and what keeps it from being, and publish nothing' },
    registry: REGISTRY_FLAG,
    sign: { kind: 'text', placeholder: 'KEY', summary: 'Sign with this key of yours; `packs keys list` shows them' },
    tag: { kind: 'text', placeholder: 'TAG', summary: 'The tag that points at it; latest unless given, next for a pre-release' },
    access: { kind: 'choice', choices: ['public', 'restricted'], summary: 'Who may read it, where the registry knows the difference' },
    otp: OTP_FLAG,
    'no-test': { kind: 'switch', summary: 'Publish without running the test cases' },
    'skip-commands': { kind: 'switch', summary: 'Leave the commands of the test cases out' },
    trust: { kind: 'switch', summary: 'Run the commands of the test cases without asking' },
  },
  examples: [
    { line: 'publish --dry-run', does: 'see what would be published' },
    { line: 'publish --registry ../registry --sign ada', does: 'signed, to a folder registry' },
  ],
} as const satisfies CommandSpec;

const MARK_ARGUMENTS = [{ name: 'ID@VERSION', summary: 'One published version', isRequired: true }] as const;

const MARK_FLAGS = {
  message: { kind: 'text', short: 'm', placeholder: 'TEXT', summary: 'What its users are told' },
  replacement: { kind: 'text', placeholder: 'ID', summary: 'What to use instead: an id, with a range or without' },
  registry: REGISTRY_FLAG,
  otp: OTP_FLAG,
} as const;

export const yankSpec = {
  verb: 'yank',
  aliases: [],
  group: 'Author',
  summary: 'Withdraw a published version',
  description: 'A yanked version is chosen no more. Whoever has it in a lockfile can still get it: its bytes stay.',
  arguments: MARK_ARGUMENTS,
  flags: MARK_FLAGS,
  examples: [{ line: 'yank my-pack@1.2.0 --message broken --replacement my-pack@^1.2.1', does: 'with a reason and a way out' }],
} as const satisfies CommandSpec;

export const deprecateSpec = {
  verb: 'deprecate',
  aliases: [],
  group: 'Author',
  summary: 'Warn of a published version',
  description: 'A deprecated version is used as before, with a warning.',
  arguments: MARK_ARGUMENTS,
  flags: MARK_FLAGS,
  examples: [{ line: 'deprecate my-pack@1.0.0 --replacement other-pack', does: 'point at what to use instead' }],
} as const satisfies CommandSpec;

export const exportSpec = {
  verb: 'export',
  aliases: [],
  group: 'Author',
  summary: 'Write a pack into one file, what is known of packs as RDF, or a bill of materials',
  description:
    'Writes an archive of the pack, or with all it needs one bundle for places without a network: both are read by `packs import`. A format of RDF gives what is known of the pack, or of the whole catalogue, which is printed unless a file is named. cyclonedx and spdx are bills of materials of a pack as it is generated with its defaults, or without REF of the project here; ansible is a play that installs the same. The same packs give the same bytes.',
  arguments: [{ name: 'REF', summary: 'A pack: an id with a range, a directory, or any other reference', isRequired: false }],
  flags: {
    'with-dependencies': { kind: 'switch', summary: 'One bundle with everything that the pack needs' },
    catalogue: { kind: 'switch', summary: 'Every pack of the catalogue, in a format of RDF' },
    format: {
      kind: 'choice',
      choices: ['tar.gz', 'turtle', 'trig', 'ntriples', 'nquads', 'jsonld', 'rdfxml', 'cyclonedx', 'spdx', 'ansible'],
      summary:
        'The form of the file; what the name of the file says (.ttl, .nq …), or else tar.gz, or nquads for the catalogue, unless given',
    },
    output: { kind: 'text', short: 'o', placeholder: 'FILE', summary: 'Where to; an archive is named after the pack unless given' },
    force: { kind: 'switch', summary: 'Replace a file that is there' },
  },
  examples: [
    { line: 'export web-api-starter --with-dependencies', does: 'a bundle for a machine without a network' },
    { line: 'export ./my-pack -o my-pack.tgz', does: 'one pack' },
    { line: 'export web-api-starter --format turtle', does: 'what is known of it, as RDF' },
    { line: 'export --format cyclonedx -o bom.json', does: 'the bill of materials of the project here' },
    { line: 'export --catalogue -o catalogue.nq', does: 'of all packs, for a SPARQL endpoint' },
  ],
} as const satisfies CommandSpec;

export const importSpec = {
  verb: 'import',
  aliases: [],
  group: 'Install',
  summary: "Install packs from a file without a network; or make a pack of another tool's template",
  description:
    'Takes what `packs export` writes. Every pack in it is compared with its integrity, and its signature is checked as the settings ask; then all of them are installed, or nothing changes.\n\nWith `--as` it takes a template of another tool, from wherever such templates are used, and writes a pack of its own that renders the same bytes. It says what was translated, what works only nearly as there, and what was left out, each with its place.',
  arguments: [
    {
      name: 'FILE',
      summary: 'A bundle, or the archive of one pack; with `--as` a template: its directory, archive or repository',
      isRequired: true,
    },
  ],
  flags: {
    as: { kind: 'text', placeholder: 'ID', summary: 'Make a pack of this id of a template of another tool' },
    output: {
      kind: 'text',
      short: 'o',
      placeholder: 'DIR',
      summary: 'Where the pack is written, with `--as`; a directory of its name unless given',
    },
    verify: { kind: 'switch', summary: 'Only check the file, and change nothing' },
    integrity: { kind: 'text', placeholder: 'SHA512', summary: 'What the file must be, as `packs export` said: sha512-…' },
  },
  examples: [
    { line: 'import web-api-starter-1.0.0.bundle.tar.gz --verify', does: 'see what is in it, and whether it is whole' },
    { line: 'import web-api-starter-1.0.0.bundle.tar.gz', does: 'install it' },
    { line: 'import gh:owner/cookiecutter-service --as service --output packs/service', does: 'make a pack of a cookiecutter template' },
  ],
} as const satisfies CommandSpec;
