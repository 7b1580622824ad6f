import { describe, expect, it } from 'vitest';
import { parsePackManifest } from './parse-pack-manifest.ts';

const HEAD = 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\n';

interface Case {
  readonly name: string;
  readonly text: string;
  /** One line a finding: severity unless error, code without MANIFEST_, line:column, message → suggestion. */
  readonly found: readonly string[];
}

function find(text: string): string[] {
  return parsePackManifest(text).diagnostics.map(({ severity, code, where, message, suggestion }) => {
    const mark = severity === 'error' ? '' : `${severity} `;
    const cure = suggestion === undefined ? '' : ` → ${suggestion}`;
    return `${mark}${code.replace('MANIFEST_', '')} ${where?.line}:${where?.column} ${message}${cure}`;
  });
}

function checkCase(text: string, found: readonly string[]): void {
  expect(find(text)).toEqual(found);
  const hasError = found.some((line) => !line.startsWith('warning '));
  expect(parsePackManifest(text).manifest === undefined).toBe(hasError);
}

/** Whole documents. */
const DOCUMENTS: readonly Case[] = [
  {
    name: 'nothing at all',
    text: '',
    found: [
      'MISSING_KEY 1:1 the document has no "format", which is required → add format',
      'MISSING_KEY 1:1 the document has no "pack", which is required → add pack',
    ],
  },
  { name: 'no pack section', text: 'format = 1\n', found: ['MISSING_KEY 1:1 the document has no "pack", which is required → add pack'] },
  {
    name: 'a format of the future',
    text: 'format = 2\nsomething = 1\n',
    found: ['UNSUPPORTED_FORMAT 1:10 format 2 is not known; this version of packsmith reads format 1 → use a newer packsmith'],
  },
  {
    name: 'a format of the past',
    text: 'format = 0\n',
    found: ['UNSUPPORTED_FORMAT 1:10 format 0 is not known; this version of packsmith reads format 1 → write format = 1'],
  },
  {
    name: 'a format as text',
    text: 'format = "1"\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\n',
    found: ['INVALID_VALUE 1:10 format: it must be 1, but it is a string → write 1'],
  },
  { name: 'a syntax error', text: 'format = 1\n[pack\nid = "p"\n', found: ['SYNTAX 2:6 this is not valid TOML: illegal character in key'] },
  {
    name: 'an unclosed string',
    text: 'format = 1\n[pack]\nid = "p\n',
    found: ['SYNTAX 3:8 this is not valid TOML: control characters are not allowed in strings'],
  },
  {
    name: 'a key that is given twice',
    text: 'format = 1\nformat = 1\n',
    found: ['SYNTAX 2:1 this is not valid TOML: trying to redefine an already defined table or value'],
  },
  {
    name: 'JSON instead of TOML',
    text: '{ "format": 1 }',
    found: ['SYNTAX 1:1 this is not valid TOML: illegal character in key → this looks like JSON; write TOML'],
  },
  {
    name: 'YAML instead of TOML',
    text: 'format: 1\npack:\n  id: x\n',
    found: ['SYNTAX 1:7 this is not valid TOML: illegal character in key → this looks like YAML; write `key = value`'],
  },
  {
    name: 'a pack that is text',
    text: 'format = 1\npack = "web"\n',
    found: ['INVALID_VALUE 2:8 pack: it must be a table, but it is a string'],
  },
  {
    name: 'an id with capitals and spaces',
    text: 'format = 1\n[pack]\nid = "Web API"\nversion = "1.0.0"\ndescription = "d"\n',
    found: [
      'INVALID_VALUE 3:6 pack.id: "Web API": a pack id is lower-case ASCII letters, digits, ".", "_" and "-", begins with a letter or digit, and may have one "@scope/" before it → write "web-api"',
    ],
  },
  {
    name: 'an id with a slash and no scope',
    text: 'format = 1\n[pack]\nid = "a/b"\nversion = "1.0.0"\ndescription = "d"\n',
    found: [
      'INVALID_VALUE 3:6 pack.id: "a/b": a pack id is lower-case ASCII letters, digits, ".", "_" and "-", begins with a letter or digit, and may have one "@scope/" before it → write "a-b"',
    ],
  },
  {
    name: 'a version of two numbers',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.2"\ndescription = "d"\n',
    found: ['INVALID_VALUE 4:11 pack.version: "1.2" is not a version by SemVer 2.0.0 → write "1.2.0"'],
  },
  {
    name: 'a version with a v',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "v1.2.3"\ndescription = "d"\n',
    found: ['INVALID_VALUE 4:11 pack.version: "v1.2.3" is not a version by SemVer 2.0.0 → write "1.2.3"'],
  },
  {
    name: 'a version with leading zeros',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.02.3"\ndescription = "d"\n',
    found: ['INVALID_VALUE 4:11 pack.version: "1.02.3" is not a version by SemVer 2.0.0 → write "1.2.3"'],
  },
  {
    name: 'a version that is a number',
    text: 'format = 1\n[pack]\nid = "p"\nversion = 1.2\ndescription = "d"\n',
    found: ['INVALID_VALUE 4:11 pack.version: it must be a string, but it is a number → put it in quotes: "1.2"'],
  },
  {
    name: 'a version that is a word',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "latest"\ndescription = "d"\n',
    found: ['INVALID_VALUE 4:11 pack.version: "latest" is not a version by SemVer 2.0.0 → write three numbers, such as "1.2.0"'],
  },
  {
    name: 'a licence that is misspelt',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\nlicense = "Apache2.0"\n',
    found: ['warning DOUBTFUL_VALUE 6:11 pack.license: "Apache2.0" is not among the common SPDX licence ids → did you mean "Apache-2.0"?'],
  },
  {
    name: 'a licence in other letters',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\nlicense = "mit"\n',
    found: ['warning DOUBTFUL_VALUE 6:11 pack.license: "mit" is not among the common SPDX licence ids → write MIT'],
  },
  {
    name: 'a licence expression that does not end',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\nlicense = "MIT OR"\n',
    found: [
      'INVALID_VALUE 6:11 pack.license: it is not an SPDX licence expression: a licence id is missing at the end → write for example "MIT" or "MIT OR Apache-2.0"',
    ],
  },
  {
    name: 'eleven keywords, one of them twice',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\nkeywords = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "a"]\n',
    found: [
      'LIMIT 6:1 pack.keywords has 11 entries; the limit is 10 entries (keywords) → reduce it below the limit',
      'KEY_CONFLICT 6:63 pack.keywords[10]: "a" is listed twice → remove one',
    ],
  },
  {
    name: 'an empty keyword',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\nkeywords = [""]\n',
    found: ['INVALID_VALUE 6:13 pack.keywords[0]: it is empty'],
  },
  {
    name: 'a category with spaces',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\ncategory = "Web Apps"\n',
    found: ['INVALID_VALUE 6:12 pack.category: it must be lower-case words joined by "-"'],
  },
  {
    name: 'a homepage of another scheme',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\nhomepage = "javascript:alert(1)"\n',
    found: ['INVALID_VALUE 6:12 pack.homepage: it must be an http or https address'],
  },
  {
    name: 'a repository with credentials',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\nrepository = "https://user:secret@example.com/x"\n',
    found: ['INVALID_VALUE 6:14 pack.repository: it must be an http or https address'],
  },
  {
    name: 'requirements that are no range',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\nrequires = "new"\n',
    found: ['INVALID_VALUE 6:12 pack.requires: "new" is not a version range → write a range such as "^1.2.0", ">=1.2 <3" or "*"'],
  },
  {
    name: 'authors as text',
    text: 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\nauthors = "Ada"\n',
    found: ['INVALID_VALUE 6:11 pack.authors: it must be an array, but it is a string → write ["Ada"]'],
  },
  {
    name: 'a dotted table of the pack',
    text: 'format = 1\npack.id = "p"\npack.version = "1"\npack.description = "d"\n',
    found: ['INVALID_VALUE 3:16 pack.version: "1" is not a version by SemVer 2.0.0 → write "1.0.0"'],
  },
  {
    name: 'CRLF line endings',
    text: 'format = 1\r\n[pack]\r\nid = "p"\r\nversion = "1.0.0"\r\ndescription = "d"\r\nnope = 1\r\n',
    found: [
      'UNKNOWN_KEY 6:1 pack.nope is not a key of format 1 → the keys here are id, version, title, description, category, license, authors, repository, homepage, keywords, requires',
    ],
  },
];

/** What stands after a valid `[pack]`, which takes five lines. */
const SECTIONS: readonly Case[] = [
  {
    name: 'a table where a number is expected',
    text: '[variables.x]\ntype = "integer"\nmin = {}',
    found: ['INVALID_VALUE 8:7 variables.x.min: it must be a number, but it is a table'],
  },
  {
    name: 'an unknown section',
    text: '[variabels.port]\ntype = "integer"',
    found: ['UNKNOWN_KEY 6:2 variabels is not a key of format 1 → did you mean "variables"?'],
  },
  {
    name: 'an unknown key of a variable',
    text: '[variables.port]\ntype = "integer"\nminimum = 1',
    found: ['UNKNOWN_KEY 8:1 variables.port.minimum is not a key of format 1 → did you mean "min"?'],
  },
  {
    name: 'an unknown key in an inline table',
    text: '[dependencies]\nbase = { version = "^1", optionl = true }',
    found: ['UNKNOWN_KEY 7:26 dependencies.base.optionl is not a key of format 1 → did you mean "optional"?'],
  },
  {
    name: 'several unknown keys at once',
    text: 'a1 = 1\n[zzz]\nb = 2\n[hooks]\npost_generat = []',
    found: [
      'UNKNOWN_KEY 6:1 pack.a1 is not a key of format 1 → the keys here are id, version, title, description, category, license, authors, repository, homepage, keywords, requires',
      'UNKNOWN_KEY 7:2 zzz is not a key of format 1 → the keys here are format, pack, dependencies, packages, variables, templates, queries, data, hooks, merge, examples, health, migrations, lint, language',
      'UNKNOWN_KEY 10:1 hooks.post_generat is not a key of format 1 → did you mean "post_generate"?',
    ],
  },
  {
    name: 'a mistyped stage',
    text: '[[hooks.post_generated]]\nrun = ["npm"]',
    found: ['UNKNOWN_KEY 6:9 hooks.post_generated is not a key of format 1 → did you mean "post_generate"?'],
  },
  {
    name: 'a key named constructor',
    text: '[variables.port]\ntype = "integer"\nconstructor = 1',
    found: [
      'UNKNOWN_KEY 8:1 variables.port.constructor is not a key of format 1 → the keys here are type, prompt, description, default, required, when, computed, pattern, pattern_hint, min, max, min_length, max_length, min_items, max_items, choices, example, group, shared',
    ],
  },
  {
    name: 'a variable named constructor',
    text: '[variables.constructor]\ntype = "string"',
    found: ['RESERVED_NAME 6:12 variables.constructor: "constructor" is what templates call something else already → choose another name'],
  },
  {
    name: 'a table named __proto__',
    text: '[__proto__]\npolluted = true',
    found: [
      'UNKNOWN_KEY 6:2 __proto__ is not a key of format 1 → the keys here are format, pack, dependencies, packages, variables, templates, queries, data, hooks, merge, examples, health, migrations, lint, language',
    ],
  },
  {
    name: 'a variable named __proto__',
    text: '[variables.__proto__]\ntype = "string"',
    found: ['RESERVED_NAME 6:12 variables.__proto__: names that begin with "__" are reserved → choose another name'],
  },
  {
    name: 'a missing type',
    text: '[variables.port]\ndefault = 1',
    found: ['MISSING_KEY 6:12 variables.port has no "type", which is required → add type'],
  },
  {
    name: 'a wrong type name',
    text: '[variables.port]\ntype = "integr"',
    found: [
      'INVALID_VALUE 7:8 variables.port.type: "integr" must be "string", "text", "integer", "number", "boolean", "choice", "choices", "path", "url", "email", "secret", "list" or "map" → did you mean "integer"?',
    ],
  },
  {
    name: 'a type that is a number',
    text: '[variables.port]\ntype = 5',
    found: [
      'INVALID_VALUE 7:8 variables.port.type: it must be "string", "text", "integer", "number", "boolean", "choice", "choices", "path", "url", "email", "secret", "list" or "map", but it is a number',
    ],
  },
  {
    name: 'variables as an array of tables',
    text: '[[variables]]\nname = "x"',
    found: ['INVALID_VALUE 6:3 variables: it must be a table, but it is an array → write [variables] once'],
  },
  {
    name: 'templates as a table',
    text: '[templates]\nsource = "a"',
    found: ['INVALID_VALUE 6:2 templates: it must be an array, but it is a table → write [[templates]]'],
  },
  {
    name: 'a template that is a string',
    text: 'templates2 = 1',
    found: [
      'UNKNOWN_KEY 6:1 pack.templates2 is not a key of format 1 → the keys here are id, version, title, description, category, license, authors, repository, homepage, keywords, requires',
    ],
  },
  {
    name: 'a string where a table is expected',
    text: '[variables]\nport = "integer"',
    found: ['INVALID_VALUE 7:8 variables.port: it must be a table, but it is a string'],
  },
  {
    name: 'a number where a string is expected',
    text: '[variables.port]\ntype = "integer"\nprompt = 5',
    found: ['INVALID_VALUE 8:10 variables.port.prompt: it must be a string, but it is a number → put it in quotes: "5"'],
  },
  {
    name: 'a string where a boolean is expected',
    text: '[variables.port]\ntype = "integer"\nshared = "true"',
    found: ['INVALID_VALUE 8:10 variables.port.shared: it must be true or false, but it is a string → remove the quotes: true'],
  },
  {
    name: 'a string where a number is expected',
    text: '[variables.port]\ntype = "integer"\nmin = "1"',
    found: ['INVALID_VALUE 8:7 variables.port.min: it must be a number, but it is a string → remove the quotes: 1'],
  },
  {
    name: 'a date where a string is expected',
    text: '[variables.port]\ntype = "string"\nprompt = 2020-01-01',
    found: ['INVALID_VALUE 8:10 variables.port.prompt: it must be a string, but it is a date or time'],
  },
  {
    name: 'an empty prompt',
    text: '[variables.port]\ntype = "string"\nprompt = "  "',
    found: ['INVALID_VALUE 8:10 variables.port.prompt: it is empty'],
  },
  {
    name: 'a boolean dependency',
    text: '[dependencies]\nbase = true',
    found: ['INVALID_VALUE 7:8 dependencies.base: it must be a string or a table, but it is true'],
  },
  {
    name: 'a range that is none',
    text: '[dependencies]\nbase = "latest"',
    found: ['INVALID_VALUE 7:8 dependencies.base: "latest" is not a version range → write a range such as "^1.2.0", ">=1.2 <3" or "*"'],
  },
  {
    name: 'a range in a table that is none',
    text: '[dependencies]\nbase = { version = "one" }',
    found: [
      'INVALID_VALUE 7:20 dependencies.base.version: "one" is not a version range → write a range such as "^1.2.0", ">=1.2 <3" or "*"',
    ],
  },
  {
    name: 'a dependency without a version',
    text: '[dependencies.base]\noptional = true',
    found: ['MISSING_KEY 6:15 dependencies.base has no "version", which is required → add version'],
  },
  {
    name: 'an id with capitals',
    text: '[dependencies]\nBase = "^1"',
    found: [
      'INVALID_VALUE 7:1 "Base" is not a pack id: a pack id is lower-case ASCII letters, digits, ".", "_" and "-", begins with a letter or digit, and may have one "@scope/" before it → write "base"',
    ],
  },
  {
    name: 'an id in a look-alike alphabet',
    text: '[dependencies]\n"b\\u0430se" = "^1"',
    found: [
      'INVALID_VALUE 7:1 "bаse" is not a pack id: "а" (U+0430) is not an ASCII character, though it may look like one → write "name" or "@scope/name"',
    ],
  },
  {
    name: 'a dependency on itself',
    text: '[dependencies]\np = "^1"',
    found: ['KEY_CONFLICT 7:1 dependencies.p: a pack cannot depend on itself → remove it'],
  },
  {
    name: 'an unknown ecosystem',
    text: '[packages.nmp]\na = "1"',
    found: ['UNKNOWN_KEY 6:11 packages.nmp is not a key of format 1 → did you mean "npm"?'],
  },
  {
    name: 'an npm range that is none',
    text: '[packages.npm]\nfastify = "five"',
    found: ['INVALID_VALUE 7:11 packages.npm.fastify: "five" is not a version range of npm → write for example "^5.0.0"'],
  },
  {
    name: 'an npm name with capitals',
    text: '[packages.npm]\nFastify = "^5"',
    found: ['INVALID_VALUE 7:1 "Fastify" is not the name of a package of npm'],
  },
  {
    name: "a python range in npm's grammar",
    text: '[packages.pypi]\nrequests = "^2"',
    found: ['INVALID_VALUE 7:12 packages.pypi.requests: "^2" is not a version range of pypi → write for example ">=2.1,<3"'],
  },
  {
    name: 'a cargo range with a word',
    text: '[packages.cargo]\nserde = { version = "latest" }',
    found: ['INVALID_VALUE 7:21 packages.cargo.serde.version: "latest" is not a version range of cargo → write for example "1.2"'],
  },
  {
    name: 'an unknown key of a package',
    text: '[packages.npm]\nvitest = { version = "^4", development = true }',
    found: ['UNKNOWN_KEY 7:28 packages.npm.vitest.development is not a key of format 1 → did you mean "dev"?'],
  },
  {
    name: 'a package condition that is empty',
    text: '[packages.npm]\nvitest = { version = "^4", when = "" }',
    found: ['INVALID_VALUE 7:35 packages.npm.vitest.when: it is empty'],
  },
  {
    name: 'a variable name with a dash',
    text: '[variables.project-name]\ntype = "string"',
    found: [
      'INVALID_VALUE 6:12 variables.project-name: the key must be a name: lower-case ASCII letters, digits and "_", not beginning with a digit, at most 64 characters, such as project_name → write project_name',
    ],
  },
  {
    name: 'a variable name in capitals',
    text: '[variables.Port]\ntype = "string"',
    found: [
      'INVALID_VALUE 6:12 variables.Port: the key must be a name: lower-case ASCII letters, digits and "_", not beginning with a digit, at most 64 characters, such as project_name → write port',
    ],
  },
  {
    name: 'a variable name that is a word of the language',
    text: '[variables.for]\ntype = "string"',
    found: ['RESERVED_NAME 6:12 variables.for: "for" is a word of the template language → choose another name'],
  },
  {
    name: 'a variable name of the context',
    text: '[variables.project]\ntype = "string"',
    found: ['RESERVED_NAME 6:12 variables.project: "project" is what templates call something else already → choose another name'],
  },
  {
    name: 'a variable named loop',
    text: '[variables.loop]\ntype = "string"',
    found: ['RESERVED_NAME 6:12 variables.loop: "loop" is what templates call something else already → choose another name'],
  },
  {
    name: 'a pattern for a number',
    text: '[variables.x]\ntype = "integer"\npattern = "1"',
    found: [
      'KEY_CONFLICT 8:1 variables.x.pattern: it does not go with the type "integer" → it goes with string, text, path, url, email, secret',
    ],
  },
  {
    name: 'min for a string',
    text: '[variables.x]\ntype = "string"\nmin = 1',
    found: ['KEY_CONFLICT 8:1 variables.x.min: it does not go with the type "string" → use min_length'],
  },
  {
    name: 'max_length for a list',
    text: '[variables.x]\ntype = "list"\nmax_length = 1',
    found: ['KEY_CONFLICT 8:1 variables.x.max_length: it does not go with the type "list" → use max_items'],
  },
  {
    name: 'choices for a string',
    text: '[variables.x]\ntype = "string"\nchoices = ["a"]',
    found: ['KEY_CONFLICT 8:1 variables.x.choices: it does not go with the type "string" → it goes with choice, choices'],
  },
  {
    name: 'a choice without choices',
    text: '[variables.x]\ntype = "choice"',
    found: ['MISSING_KEY 6:12 variables.x has no "choices", which is required → add choices'],
  },
  {
    name: 'choices that are empty',
    text: '[variables.x]\ntype = "choice"\nchoices = []',
    found: ['INVALID_VALUE 8:11 variables.x.choices: it is empty'],
  },
  {
    name: 'a choice listed twice',
    text: '[variables.x]\ntype = "choice"\nchoices = ["a", { value = "a" }]',
    found: ['KEY_CONFLICT 8:17 variables.x.choices[1]: the choice "a" is listed twice → remove one'],
  },
  {
    name: 'a choice that is a table without value',
    text: '[variables.x]\ntype = "choice"\nchoices = [{ label = "A" }]',
    found: ['MISSING_KEY 8:12 variables.x.choices[0] has no "value", which is required → add value'],
  },
  {
    name: 'min over max',
    text: '[variables.x]\ntype = "integer"\nmin = 5\nmax = 1',
    found: ['KEY_CONFLICT 8:1 variables.x.min: min is 5, more than max, which is 1 → no value could be valid; exchange them'],
  },
  {
    name: 'min_length over max_length',
    text: '[variables.x]\ntype = "string"\nmin_length = 5\nmax_length = 1',
    found: [
      'KEY_CONFLICT 8:1 variables.x.min_length: min_length is 5, more than max_length, which is 1 → no value could be valid; exchange them',
    ],
  },
  {
    name: 'a fractional bound of an integer',
    text: '[variables.x]\ntype = "integer"\nmin = 1.5',
    found: ['INVALID_VALUE 8:7 variables.x.min: a bound of an integer must be a whole number'],
  },
  {
    name: 'a negative length',
    text: '[variables.x]\ntype = "string"\nmin_length = -1',
    found: ['INVALID_VALUE 8:14 variables.x.min_length: it must be at least 0'],
  },
  {
    name: 'a fractional length',
    text: '[variables.x]\ntype = "string"\nmin_length = 1.5',
    found: ['INVALID_VALUE 8:14 variables.x.min_length: it must be a whole number'],
  },
  {
    name: 'a default of the wrong type',
    text: '[variables.x]\ntype = "integer"\ndefault = "three"',
    found: ['INVALID_VALUE 8:11 variables.x.default: it must be a whole number, but it is "three"'],
  },
  {
    name: 'a default below the minimum',
    text: '[variables.x]\ntype = "integer"\nmin = 10\ndefault = 3',
    found: ['INVALID_VALUE 9:11 variables.x.default: 3 is less than the minimum, 10'],
  },
  {
    name: 'a default over the maximum',
    text: '[variables.x]\ntype = "number"\nmax = 1.5\ndefault = 2',
    found: ['INVALID_VALUE 9:11 variables.x.default: 2 is more than the maximum, 1.5'],
  },
  {
    name: 'a fractional default of an integer',
    text: '[variables.x]\ntype = "integer"\ndefault = 1.5',
    found: ['INVALID_VALUE 8:11 variables.x.default: 1.5 is not a whole number'],
  },
  {
    name: 'an infinite default',
    text: '[variables.x]\ntype = "number"\ndefault = inf',
    found: ['INVALID_VALUE 8:11 variables.x.default: infinity and "not a number" are not values'],
  },
  {
    name: 'a default that is a date',
    text: '[variables.x]\ntype = "string"\ndefault = 2020-01-01',
    found: ['INVALID_VALUE 8:11 variables.x.default: dates and times are not values → put it in quotes'],
  },
  {
    name: 'a default that is not among the choices',
    text: '[variables.x]\ntype = "choice"\nchoices = ["a", "b"]\ndefault = "c"',
    found: ['INVALID_VALUE 9:11 variables.x.default: "c" is not among the choices: "a", "b"'],
  },
  {
    name: 'a default with a repeated choice',
    text: '[variables.x]\ntype = "choices"\nchoices = ["a", "b"]\ndefault = ["a", "a"]',
    found: ['INVALID_VALUE 9:11 variables.x.default: a choice is named twice'],
  },
  {
    name: 'a default with an unknown choice',
    text: '[variables.x]\ntype = "choices"\nchoices = ["a", "b"]\ndefault = ["a", "z"]',
    found: ['INVALID_VALUE 9:11 variables.x.default: "z" is not among the choices: "a", "b"'],
  },
  {
    name: 'a default that is too short',
    text: '[variables.x]\ntype = "string"\nmin_length = 3\ndefault = "ab"',
    found: ['INVALID_VALUE 9:11 variables.x.default: "ab" has 2 characters; at least 3 are needed'],
  },
  {
    name: 'a default that is too long',
    text: '[variables.x]\ntype = "string"\nmax_length = 1\ndefault = "ab"',
    found: ['INVALID_VALUE 9:11 variables.x.default: "ab" has 2 characters; at most 1 are allowed'],
  },
  {
    name: 'a default of several lines in a string',
    text: '[variables.x]\ntype = "string"\ndefault = "a\\nb"',
    found: ['INVALID_VALUE 8:11 variables.x.default: it has several lines; the type "text" may'],
  },
  {
    name: 'a default with too few entries',
    text: '[variables.x]\ntype = "list"\nmin_items = 2\ndefault = [1]',
    found: ['INVALID_VALUE 9:11 variables.x.default: it has 1 entries; at least 2 are needed'],
  },
  {
    name: 'a default with too many entries',
    text: '[variables.x]\ntype = "map"\nmax_items = 0\ndefault = { a = 1 }',
    found: ['INVALID_VALUE 9:11 variables.x.default: it has 1 entries; at most 0 are allowed'],
  },
  {
    name: 'a default that is no boolean',
    text: '[variables.x]\ntype = "boolean"\ndefault = "yes"',
    found: ['INVALID_VALUE 8:11 variables.x.default: it must be true or false, but it is "yes"'],
  },
  {
    name: 'a default that is no address',
    text: '[variables.x]\ntype = "url"\ndefault = "example"',
    found: ['INVALID_VALUE 8:11 variables.x.default: "example" is not an address such as https://example.com'],
  },
  {
    name: 'a default that is no e-mail address',
    text: '[variables.x]\ntype = "email"\ndefault = "ada"',
    found: ['INVALID_VALUE 8:11 variables.x.default: "ada" is not an e-mail address such as ada@example.com'],
  },
  {
    name: 'an example that is not valid',
    text: '[variables.x]\ntype = "integer"\nmax = 3\nexample = 4',
    found: ['INVALID_VALUE 9:11 variables.x.example: 4 is more than the maximum, 3'],
  },
  {
    name: 'a computed variable with a default',
    text: '[variables.x]\ntype = "integer"\ncomputed = "1 + 1"\ndefault = 2',
    found: ['KEY_CONFLICT 9:1 variables.x.default: a computed variable is never asked, so this has no effect → remove default or computed'],
  },
  {
    name: 'a computed variable with a prompt',
    text: '[variables.x]\ntype = "integer"\ncomputed = "1 + 1"\nprompt = "X"',
    found: ['KEY_CONFLICT 9:1 variables.x.prompt: a computed variable is never asked, so this has no effect → remove prompt or computed'],
  },
  {
    name: 'a computed variable that is required',
    text: '[variables.x]\ntype = "integer"\ncomputed = "1 + 1"\nrequired = true',
    found: [
      'KEY_CONFLICT 9:1 variables.x.required: a computed variable is never asked, so this has no effect → remove required or computed',
    ],
  },
  {
    name: 'a hint without a pattern',
    text: '[variables.x]\ntype = "string"\npattern_hint = "letters"',
    found: ['KEY_CONFLICT 8:1 variables.x.pattern_hint: there is no pattern that it could explain → add pattern'],
  },
  {
    name: 'a template without content',
    text: '[[templates]]\noutput = "a"',
    found: ['KEY_CONFLICT 6:3 templates[0]: it needs one of source, text, base64 → add source'],
  },
  {
    name: 'a template with two contents',
    text: '[[templates]]\nsource = "a"\ntext = "b"\noutput = "c"',
    found: ['KEY_CONFLICT 8:1 templates[0].text: it excludes source: exactly one of source, text, base64 → remove text'],
  },
  {
    name: 'a template without output',
    text: '[[templates]]\nsource = "extras/a"',
    found: ['MISSING_KEY 6:3 templates[0] has no "output", which is required → add output'],
  },
  {
    name: 'a text without output',
    text: '[[templates]]\ntext = "a"',
    found: ['MISSING_KEY 6:3 templates[0] has no "output", which is required → add output'],
  },
  {
    name: 'an injection with output',
    text: '[[templates]]\ntext = "a"\noutput = "b"\ninject = { into = "c", at = "end" }',
    found: ['KEY_CONFLICT 8:1 templates[0].output: an injection goes into another file → remove output or inject'],
  },
  {
    name: 'an injection without a place',
    text: '[[templates]]\ntext = "a"\ninject = { into = "c" }',
    found: ['KEY_CONFLICT 8:1 templates[0].inject: it needs one of before, after, at → add before'],
  },
  {
    name: 'an injection with two places',
    text: '[[templates]]\ntext = "a"\ninject = { into = "c", at = "end", before = "x" }',
    found: ['KEY_CONFLICT 8:24 templates[0].inject.at: it excludes before: exactly one of before, after, at → remove at'],
  },
  {
    name: 'an injection at an unknown place',
    text: '[[templates]]\ntext = "a"\ninject = { into = "c", at = "top" }',
    found: ['INVALID_VALUE 8:29 templates[0].inject.at: "top" must be "start" or "end"'],
  },
  {
    name: 'an injection into nothing',
    text: '[[templates]]\ntext = "a"\n[templates.inject]\nat = "end"',
    found: ['MISSING_KEY 8:12 templates[0].inject has no "into", which is required → add into'],
  },
  {
    name: 'an injection that climbs out',
    text: '[[templates]]\ntext = "a"\ninject = { into = "../c", at = "end" }',
    found: [
      'UNSAFE_PATH 8:19 templates[0].inject.into: "../c" is not a path inside the project: it has a ".." segment → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'an output that climbs out',
    text: '[[templates]]\ntext = "a"\noutput = "../../etc/passwd"',
    found: [
      'UNSAFE_PATH 8:10 templates[0].output: "../../etc/passwd" is not a path inside the project: it has a ".." segment → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'a directory for the files of a source',
    text: '[[templates]]\nsource = "a/*.md"\noutput = "docs/{{ project.name }}/"',
    found: [],
  },
  {
    name: 'a directory for a text',
    text: '[[templates]]\ntext = "a"\noutput = "docs/"',
    found: [
      'UNSAFE_PATH 8:10 templates[0].output: "docs/" is not a path inside the project: it has an empty segment → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'an output that is absolute',
    text: '[[templates]]\ntext = "a"\noutput = "/etc/passwd"',
    found: [
      'UNSAFE_PATH 8:10 templates[0].output: "/etc/passwd" is not a path inside the project: it is absolute → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'an output with a drive',
    text: '[[templates]]\ntext = "a"\noutput = "C:/x"',
    found: [
      'UNSAFE_PATH 8:10 templates[0].output: "C:/x" is not a path inside the project: "C:" has a character that is not portable (one of < > : " \\ | ? *) → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'an output with a backslash',
    text: '[[templates]]\ntext = "a"\noutput = "a\\\\b"',
    found: [
      'UNSAFE_PATH 8:10 templates[0].output: "a\\\\b" is not a path inside the project: "a\\b" has a character that is not portable (one of < > : " \\ | ? *) → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'an output that Windows reserves',
    text: '[[templates]]\ntext = "a"\noutput = "src/con.ts"',
    found: [
      'UNSAFE_PATH 8:10 templates[0].output: "src/con.ts" is not a path inside the project: "con.ts" is a name that Windows reserves → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'an output with a control character',
    text: '[[templates]]\ntext = "a"\noutput = "a\\u0007"',
    found: [
      'UNSAFE_PATH 8:10 templates[0].output: "a\\u0007" is not a path inside the project: it has a control character → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'a templated output that climbs out',
    text: '[[templates]]\ntext = "a"\noutput = "{{ x }}/../../y"',
    found: [
      'UNSAFE_PATH 8:10 templates[0].output: "{{ x }}/../../y" is not a path inside the project: it has a ".." segment → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'a templated output that is absolute',
    text: '[[templates]]\ntext = "a"\noutput = "/{{ x }}"',
    found: [
      'UNSAFE_PATH 8:10 templates[0].output: "/{{ x }}" is not a path inside the project: it is absolute → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'an output with a template that does not end',
    text: '[[templates]]\ntext = "a"\noutput = "../{{ x"',
    found: [
      'UNSAFE_PATH 8:10 templates[0].output: "../{{ x" is not a path inside the project: it has a ".." segment → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'a source that climbs out',
    text: '[[templates]]\nsource = "../**/*.md"\noutput = "a"',
    found: [
      'UNSAFE_PATH 7:10 templates[0].source: "../**/*.md" is not a path inside the project: it has a ".." segment → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'text that is not base64',
    text: '[[templates]]\nbase64 = "a-b"\noutput = "a"',
    found: ['INVALID_VALUE 7:10 templates[0].base64: it is not base64 → encode the bytes as in RFC 4648, section 4, with padding'],
  },
  {
    name: 'a setuid mode',
    text: '[[templates]]\ntext = "a"\noutput = "a"\nmode = "4755"',
    found: ['INVALID_VALUE 9:8 templates[0].mode: setuid, setgid and sticky bits are refused → write "0755"'],
  },
  {
    name: 'a sticky mode',
    text: '[[templates]]\ntext = "a"\noutput = "a"\nmode = "01777"',
    found: ['INVALID_VALUE 9:8 templates[0].mode: setuid, setgid and sticky bits are refused → write "0777"'],
  },
  {
    name: 'a mode that is not octal',
    text: '[[templates]]\ntext = "a"\noutput = "a"\nmode = "rwx"',
    found: ['INVALID_VALUE 9:8 templates[0].mode: it must be octal permission bits → write "0644" or "0755"'],
  },
  {
    name: 'a mode that is a number',
    text: '[[templates]]\ntext = "a"\noutput = "a"\nmode = 0o755',
    found: ['INVALID_VALUE 9:8 templates[0].mode: it must be a string, but it is a number → write "0755"'],
  },
  {
    name: 'an unknown action',
    text: '[[templates]]\ntext = "a"\noutput = "a"\non_exists = "overwite"',
    found: [
      'INVALID_VALUE 9:13 templates[0].on_exists: "overwite" must be "merge", "keep", "overwrite" or "fail" → did you mean "overwrite"?',
    ],
  },
  {
    name: 'a row name without rows',
    text: '[[templates]]\ntext = "a"\noutput = "a"\nas = "row"',
    found: ['KEY_CONFLICT 9:1 templates[0].as: there is no for_each whose rows it could name → add for_each'],
  },
  {
    name: 'a row name that is reserved',
    text: '[[templates]]\ntext = "a"\noutput = "a"\nfor_each = "x"\nas = "loop"',
    found: ['INVALID_VALUE 10:6 templates[0].as: "loop" is what templates call something else already → choose another name'],
  },
  {
    name: 'a row name that is no name',
    text: '[[templates]]\ntext = "a"\noutput = "a"\nfor_each = "x"\nas = "My Row"',
    found: [
      'INVALID_VALUE 10:6 templates[0].as: it must be a name: lower-case ASCII letters, digits and "_", not beginning with a digit, at most 64 characters, such as project_name → choose another name',
    ],
  },
  {
    name: 'an unknown merge driver',
    text: '[[templates]]\ntext = "a"\noutput = "a"\nmerge = "ymal"',
    found: ['warning DOUBTFUL_VALUE 9:9 templates[0].merge: "ymal" is not a known merge driver → did you mean "yaml"?'],
  },
  {
    name: 'the second of two templates',
    text: '[[templates]]\ntext = "a"\noutput = "a"\n[[templates]]\ntext = "b"\noutput = ".."',
    found: [
      'UNSAFE_PATH 11:10 templates[1].output: ".." is not a path inside the project: it has a ".." segment → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'a query without text',
    text: '[queries.a]\nover = "data.m"\n[data.m]\nfrom = "x"',
    found: ['KEY_CONFLICT 6:10 queries.a: it needs one of file, text → add file'],
  },
  {
    name: 'a query with file and text',
    text: '[queries.a]\nfile = "a.rq"\ntext = "ASK {}"',
    found: ['KEY_CONFLICT 8:1 queries.a.text: it excludes file: exactly one of file, text → remove text'],
  },
  {
    name: 'a query file that climbs out',
    text: '[queries.a]\nfile = "../a.rq"',
    found: [
      'UNSAFE_PATH 7:8 queries.a.file: "../a.rq" is not a path inside the project: it has a ".." segment → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'a query over unknown data',
    text: '[queries.a]\ntext = "ASK {}"\nover = "data.modle"\n[data.model]\nfrom = "x"',
    found: ['UNKNOWN_NAME 8:8 queries.a.over: there is no [data.modle] → did you mean "data.model"?'],
  },
  {
    name: 'a query over something else',
    text: '[queries.a]\ntext = "ASK {}"\nover = "model"',
    found: ['INVALID_VALUE 8:8 queries.a.over: it must be "data." and the name of data → write for example "data.model"'],
  },
  { name: 'data without a source', text: '[data.m]', found: ['KEY_CONFLICT 6:7 data.m: it needs from, default, or both → add from'] },
  {
    name: 'data with an absolute default',
    text: '[data.m]\ndefault = "/etc/passwd"',
    found: [
      'UNSAFE_PATH 7:11 data.m.default: "/etc/passwd" is not a path inside the project: it is absolute → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'a hook without a command',
    text: '[[hooks.post_generate]]\nname = "x"',
    found: ['MISSING_KEY 6:9 hooks.post_generate[0] has no "run", which is required → add run'],
  },
  {
    name: 'a hook with an empty command',
    text: '[[hooks.post_generate]]\nrun = []',
    found: ['INVALID_VALUE 7:7 hooks.post_generate[0].run: it is empty'],
  },
  {
    name: 'a hook with a blank command',
    text: '[[hooks.post_generate]]\nrun = [" "]',
    found: ['INVALID_VALUE 7:8 hooks.post_generate[0].run[0]: the command is empty'],
  },
  {
    name: 'a hook given as a string',
    text: '[[hooks.post_generate]]\nrun = "npm install"',
    found: ['INVALID_VALUE 7:7 hooks.post_generate[0].run: it must be an array, but it is a string → write ["npm install"]'],
  },
  {
    name: 'a hook given as one word with spaces',
    text: '[[hooks.post_generate]]\nrun = ["npm install"]',
    found: [
      'warning DOUBTFUL_VALUE 7:8 hooks.post_generate[0].run[0]: this is one word to the system; there is no shell that would split it → write ["npm", "install"]',
    ],
  },
  {
    name: 'a hook with a number among its words',
    text: '[[hooks.post_generate]]\nrun = ["sleep", 5]',
    found: ['INVALID_VALUE 7:17 hooks.post_generate[0].run[1]: it must be a string, but it is a number → put it in quotes: "5"'],
  },
  {
    name: 'a hook with a NUL character',
    text: '[[hooks.post_generate]]\nrun = ["a", "b\\u0000"]',
    found: ['INVALID_VALUE 7:13 hooks.post_generate[0].run[1]: it has a NUL character'],
  },
  {
    name: 'a time limit of zero',
    text: '[[hooks.post_generate]]\nrun = ["a"]\ntimeout = 0',
    found: ['INVALID_VALUE 8:11 hooks.post_generate[0].timeout: it must be more than 0 seconds'],
  },
  {
    name: 'a time limit beyond the limit',
    text: '[[hooks.post_generate]]\nrun = ["a"]\ntimeout = 4000',
    found: ['LIMIT 8:1 a hook has 4000 seconds; the limit is 3600 seconds (hookSeconds) → reduce it below the limit'],
  },
  {
    name: 'a time limit that is text',
    text: '[[hooks.post_generate]]\nrun = ["a"]\ntimeout = "300"',
    found: ['INVALID_VALUE 8:11 hooks.post_generate[0].timeout: it must be a number, but it is a string → remove the quotes: 300'],
  },
  {
    name: 'a merge rule for a path outside',
    text: '[merge]\n"../a" = "yaml"',
    found: [
      'UNSAFE_PATH 7:10 merge."../a": "../a" is not a path inside the project: it has a ".." segment → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'a merge driver that is unknown',
    text: '[merge]\n"a.yml" = "yml"',
    found: ['warning DOUBTFUL_VALUE 7:11 merge."a.yml": "yml" is not a known merge driver → did you mean "yaml"?'],
  },
  {
    name: 'a merge driver that is a table',
    text: '[merge]\n"a.yml" = { driver = "yaml" }',
    found: ['INVALID_VALUE 7:11 merge."a.yml": it must be a string, but it is a table'],
  },
  {
    name: 'an example without a title',
    text: '[[examples]]\nvariables = {}',
    found: ['MISSING_KEY 6:3 examples[0] has no "title", which is required → add title'],
  },
  {
    name: 'an example with an unknown variable',
    text: '[variables.database]\ntype = "string"\n[[examples]]\ntitle = "t"\nvariables = { databse = "x" }',
    found: ['UNKNOWN_NAME 10:15 examples[0].variables.databse: no variable is called "databse" → did you mean "database"?'],
  },
  {
    name: 'an example with an invalid value',
    text: '[variables.port]\ntype = "integer"\nmax = 5\n[[examples]]\ntitle = "t"\nvariables = { port = 6 }',
    found: ['INVALID_VALUE 11:22 examples[0].variables.port: 6 is more than the maximum, 5'],
  },
  {
    name: 'an example that gives a computed variable',
    text: '[variables.x]\ntype = "integer"\ncomputed = "1"\n[[examples]]\ntitle = "t"\nvariables = { x = 6 }',
    found: ['KEY_CONFLICT 11:15 examples[0].variables.x: the variable is computed and cannot be given → remove it'],
  },
  {
    name: 'an example with a variable that a dependency may have',
    text: '[dependencies]\nbase = "^1"\n[[examples]]\ntitle = "t"\nvariables = { y = 6 }',
    found: ['warning UNKNOWN_NAME 10:15 examples[0].variables.y: no variable is called "y"'],
  },
  {
    name: 'a health check of another scheme',
    text: '[[health]]\nname = "n"\nurl = "ftp://x"',
    found: ['INVALID_VALUE 8:7 health[0].url: "ftp://x" is not an http or https address → write "http://127.0.0.1:{{ port }}/health"'],
  },
  {
    name: 'a health check with an impossible status',
    text: '[[health]]\nname = "n"\nurl = "http://x"\nstatus = 9000',
    found: ['INVALID_VALUE 9:10 health[0].status: it must be at most 599'],
  },
  {
    name: 'a migration without versions',
    text: '[[migrations]]\nrename = { a = "b" }',
    found: [
      'MISSING_KEY 6:3 migrations[0] has no "from", which is required → add from',
      'MISSING_KEY 6:3 migrations[0] has no "to", which is required → add to',
    ],
  },
  {
    name: 'a migration between no ranges',
    text: '[[migrations]]\nfrom = "old"\nto = "new"',
    found: [
      'INVALID_VALUE 7:8 migrations[0].from: "old" is not a version range → write a range such as "^1.2.0", ">=1.2 <3" or "*"',
      'INVALID_VALUE 8:6 migrations[0].to: "new" is not a version range → write a range such as "^1.2.0", ">=1.2 <3" or "*"',
    ],
  },
  {
    name: 'a migration that moves a file out',
    text: '[[migrations]]\nfrom = "<1"\nto = ">=1"\nrename = { a = "../b" }',
    found: [
      'UNSAFE_PATH 9:16 migrations[0].rename.a: "../b" is not a path inside the project: it has a ".." segment → write a relative path with "/" between its parts',
    ],
  },
  {
    name: 'a migration that makes a file a directory',
    text: '[[migrations]]\nfrom = "<1"\nto = ">=1"\nrename = { "a/" = "b" }',
    found: ['KEY_CONFLICT 9:12 migrations[0].rename."a/": a directory and a file cannot take each other’s place → end both in "/"'],
  },
  {
    name: 'a migration of two files to one',
    text: '[[migrations]]\nfrom = "<1"\nto = ">=1"\nrename = { a = "c", b = "c" }',
    found: ['KEY_CONFLICT 9:21 migrations[0].rename.b: two paths would become "c" → give each its own'],
  },
  {
    name: 'a migration to a bad variable name',
    text: '[[migrations]]\nfrom = "<1"\nto = ">=1"\nrename_variables = { a = "B-C" }',
    found: [
      'INVALID_VALUE 9:26 migrations[0].rename_variables.a: "B-C" must be a name: lower-case ASCII letters, digits and "_", not beginning with a digit, at most 64 characters, such as project_name',
    ],
  },
  {
    name: 'a migration that adds a bad pack',
    text: '[[migrations]]\nfrom = "<1"\nto = ">=1"\nadd_packs = { "No Pack" = "^1", x = "bad" }',
    found: [
      'INVALID_VALUE 9:15 "No Pack" is not a pack id: a pack id is lower-case ASCII letters, digits, ".", "_" and "-", begins with a letter or digit, and may have one "@scope/" before it → write "no-pack"',
      'INVALID_VALUE 9:37 migrations[0].add_packs.x: "bad" is not a version range → write a range such as "^1.2.0", ">=1.2 <3" or "*"',
    ],
  },
  {
    name: 'a migration that changes nothing',
    text: '[[migrations]]\nfrom = "<1"\nto = ">=1"\nrename = { a = "a" }',
    found: ['KEY_CONFLICT 9:12 migrations[0].rename.a: the new path is the old one → remove it'],
  },
  {
    name: 'a migration of two variables to one',
    text: '[variables.c]\ntype = "string"\n[[migrations]]\nfrom = "<1"\nto = ">=1"\nrename_variables = { a = "c", b = "c" }',
    found: ['KEY_CONFLICT 11:31 migrations[0].rename_variables.b: two variables would become "c" → give each its own name'],
  },
  {
    name: 'a migration to versions after this one, of variables that are not there',
    text: '[variables.port]\ntype = "integer"\n[[migrations]]\nfrom = "1"\nto = "2"\nrename_variables = { prt = "prot" }\nretype = ["por"]',
    found: [
      'warning DOUBTFUL_VALUE 10:6 migrations[0].to: "2" begins after this version, 1.0.0: no project ever gets here → raise the version of the pack, or correct the range',
      'warning UNKNOWN_NAME 11:28 migrations[0].rename_variables.prt: the pack has no variable "prot" → did you mean "port"?',
      'warning UNKNOWN_NAME 12:11 migrations[0].retype[0]: the pack has no variable "por" → did you mean "port"?',
    ],
  },
  {
    name: 'problems in several sections, in the order of the text',
    text: '[variables.x]\ntype = "strin"\n[[templates]]\ntext = 5\n[dependencies]\nbase = "?"',
    found: [
      'INVALID_VALUE 7:8 variables.x.type: "strin" must be "string", "text", "integer", "number", "boolean", "choice", "choices", "path", "url", "email", "secret", "list" or "map" → did you mean "string"?',
      'INVALID_VALUE 9:8 templates[0].text: it must be a string, but it is a number → put it in quotes: "5"',
      'INVALID_VALUE 11:8 dependencies.base: "?" is not a version range → write a range such as "^1.2.0", ">=1.2 <3" or "*"',
    ],
  },
];

describe('problems of whole documents', () => {
  it.each(DOCUMENTS)('$name', ({ text, found }) => checkCase(text, found));
});

describe('problems of sections', () => {
  it.each(SECTIONS)('$name', ({ text, found }) => checkCase(HEAD + text, found));
});
