import type { CommandSpec } from '../command-spec.ts';

export const keysSpec = {
  verb: 'keys',
  aliases: [],
  group: 'Author',
  summary: 'Manage the keys that you sign packs with',
  description:
    'Ed25519 keys. A key that packsmith makes is a file which only you can read; an SSH key stays where it is, and OpenSSH signs with it. No private key is ever shown.',
  arguments: [
    { name: 'ACTION', summary: 'What to do', isRequired: true, choices: ['list', 'generate', 'add', 'remove'] },
    { name: 'NAME', summary: 'The name of the key, by which others will know you', isRequired: false },
    { name: 'FILE', summary: 'For add: the file of a private key, such as ~/.ssh/id_ed25519', isRequired: false },
  ],
  flags: {},
  examples: [
    { line: 'keys generate ada', does: 'make a key' },
    { line: 'keys add ada ~/.ssh/id_ed25519', does: 'use the SSH key you have' },
    { line: 'keys list', does: 'the public keys, to give to others' },
  ],
} as const satisfies CommandSpec;

export const trustSpec = {
  verb: 'trust',
  aliases: [],
  group: 'Author',
  summary: 'Manage whose packs you trust',
  description:
    'A trusted pack may run its hooks and the commands of its test cases, at exactly the content it has now. With --own, a pack that you work on may run the commands of its test cases whatever you change, in this directory. With --key, a publisher is trusted instead: what is signed with that key is valid.',
  arguments: [
    { name: 'ACTION', summary: 'What to do', isRequired: true, choices: ['list', 'add', 'remove'] },
    { name: 'NAME', summary: 'A pack, or with --key the name of a publisher', isRequired: false },
  ],
  flags: {
    own: { kind: 'switch', summary: 'The pack is your own work, in the directory that NAME is: the commands of its test cases may run' },
    key: { kind: 'text', placeholder: 'KEY', summary: 'The public key of a publisher: `ssh-ed25519 …`, or a file with it' },
    for: { kind: 'texts', placeholder: 'ID', summary: 'A pack or a scope (@acme) that must be signed with the key; may be repeated' },
  },
  examples: [
    { line: 'trust add web-api-starter', does: 'let the hooks of a pack run' },
    { line: 'trust add ./my-pack --own', does: 'let the test cases of your own pack run their commands' },
    { line: 'trust add ada --key ada.pub --for @acme', does: 'a publisher, whose key everything in a scope needs' },
    { line: 'trust list', does: 'everything that is trusted' },
  ],
} as const satisfies CommandSpec;
