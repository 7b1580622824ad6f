import * as v from 'valibot';
import { described, FORMAT, freeValue, listOf, tableOf, text, textLike } from './schema-parts.ts';

export const REGISTRY_TYPES = ['npm', 'oci', 'folder'] as const;
export const SIGNATURE_POLICIES = ['off', 'warn', 'require'] as const;

const BASE64 = /^[A-Za-z0-9+/]{20,2000}={0,2}$/;
const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)?$/;
const PROXY = /^https?:\/\/\S+$/;

/** The structure of `config.toml`, the settings of a user. */
export const configSchema = v.pipe(
  v.strictObject({
    format: v.optional(described(v.literal(FORMAT), 'The version of the file format'), FORMAT),
    repositories: v.optional(
      described(
        v.strictObject({ directories: v.optional(listOf(text('A directory', 4_096), 'Directories with packs, in order')) }),
        'Where packs are looked for',
      ),
    ),
    registries: v.optional(
      tableOf(
        v.strictObject({
          type: described(v.picklist(REGISTRY_TYPES), 'The protocol it speaks'),
          url: text('Its address, without credentials; for a folder also a path', 2_048),
          scopes: v.optional(
            listOf(
              textLike(/^@[a-z0-9][a-z0-9._-]*$/, 'a scope such as "@acme"', 'A scope'),
              'The scopes that come from here; all when absent',
            ),
          ),
          keys: v.optional(
            listOf(
              v.strictObject({
                keyid: text('How its signatures name it, such as "SHA256:…"', 200),
                key: textLike(BASE64, 'the base64 of a public key', 'The public key, as the registry publishes it'),
                expires: v.optional(textLike(INSTANT, 'an instant such as "2026-01-31T00:00:00Z"', 'When it stopped signing')),
              }),
              'Keys of the registry; where there are any, everything from it must be signed by one',
            ),
          ),
        }),
        'Registries by name, in order',
      ),
    ),
    trust: v.optional(
      described(
        v.strictObject({
          packs: v.optional(
            listOf(
              v.strictObject({
                id: text('The id of the pack', 100),
                integrity: textLike(/^sha512-[A-Za-z0-9+/]{86}==$/, '"sha512-" and the base64 of 64 bytes', 'The integrity of its content'),
              }),
              'Packs whose hooks may run, each at one content',
            ),
          ),
          formatters: v.optional(
            listOf(
              v.strictObject({
                directory: text('The directory of a project, absolute', 4_000),
                run: listOf(text('A word', 1_000), 'The command as its packsmith.toml has it, word for word'),
              }),
              'Formatters of projects that may run, each in one directory',
            ),
          ),
          own: v.optional(
            listOf(
              v.strictObject({
                id: text('The id of the pack', 100),
                directory: text('The directory that it is worked on in, absolute', 4_000),
              }),
              'Packs of your own: the commands of their test cases may run, whatever you change',
            ),
          ),
        }),
        'What may run',
      ),
    ),
    defaults: v.optional(
      described(
        v.strictObject({
          author: v.optional(text('The author of new projects and packs', 200)),
          variables: v.optional(tableOf(freeValue('A value'), 'Answers that stand in where nothing else gives one')),
        }),
        'What new projects begin with',
      ),
    ),
    signatures: v.optional(
      described(
        v.strictObject({
          policy: v.optional(described(v.picklist(SIGNATURE_POLICIES), 'What happens to packs without a valid signature'), 'off'),
          keys: v.optional(
            listOf(
              v.strictObject({
                name: text('Whose key it is', 100),
                key: text('The public key', 2_000),
                packs: v.optional(listOf(text('An id, or a scope such as "@acme"', 100), 'The packs that must be signed with it')),
              }),
              'Keys whose signatures are valid',
            ),
          ),
        }),
        'Signatures of packs',
      ),
    ),
    proxies: v.optional(
      described(
        v.strictObject({
          http: v.optional(textLike(PROXY, 'an http or https address', 'The proxy for http')),
          https: v.optional(textLike(PROXY, 'an http or https address', 'The proxy for https')),
          no_proxy: v.optional(listOf(text('A host', 300), 'Hosts that are reached without a proxy')),
        }),
        'The way to the network',
      ),
    ),
  }),
  v.title('packsmith settings (config.toml)'),
  v.description('The settings of a user'),
);
