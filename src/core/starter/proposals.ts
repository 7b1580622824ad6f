import type { ProjectFacts } from './project-facts.ts';
import { PORT_CONTEXT } from './project-facts.ts';

/** One text of the project that becomes an expression. */
export interface Spelling {
  readonly text: string;
  /** An expression of the template language that gives the text for the default value. */
  readonly expression: string;
  /** Whether it may stand here: the line before and after it. */
  readonly fits: (before: string, after: string) => boolean;
}

/** A variable that a project seems to have. */
export interface Proposal {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'email';
  readonly prompt: string;
  readonly value: string;
  readonly pattern: string | undefined;
  readonly patternHint: string | undefined;
  readonly spellings: readonly Spelling[];
}

/** Gives the text of an expression over one variable: the template language itself. */
export type Evaluate = (expression: string, variables: ReadonlyMap<string, string>) => string | undefined;

/** Names that mean something else in most projects: they are replaced only where a name stands. */
const COMMON =
  /^(?:api|app|application|backend|bin|build|client|cli|code|common|core|demo|dist|docs?|example|frontend|index|lib|library|main|my-?app|package|project|root|server|service|shared|site|src|test|tests|tool|utils?|web|website)$/i;
const SHORTEST_NAME = 4;

/** Expressions for the spellings of a name; the first that gives a text counts. */
const NAME_FORMS = [
  '{{ project_name }}',
  '{{ project_name | kebab_case }}',
  '{{ project_name | snake_case }}',
  '{{ project_name | camel_case }}',
  '{{ project_name | pascal_case }}',
  '{{ project_name | constant_case }}',
  "{{ project_name | kebab_case | replace('-', ' ') | title }}",
  "{{ project_name | kebab_case | replace('-', ' ') }}",
  "{{ project_name | kebab_case | replace('-', '') }}",
] as const;

/** What of a project should be a variable, with the texts that stand for it. */
export function proposeVariables(facts: ProjectFacts, name: string, evaluate: Evaluate): Proposal[] {
  const { description, author, email, license, account, port } = facts;
  const noQuotes = { pattern: '^[^"\\\\\\n]+$', patternHint: 'no quotes and no backslashes, as it stands in files of several kinds' };
  const proposals: (Proposal | undefined)[] = [
    nameProposal(name, evaluate),
    description === undefined || description.length < 8
      ? undefined
      : {
          name: 'description',
          type: 'string',
          prompt: 'What it is, in one sentence',
          value: description,
          ...noQuotes,
          spellings: [plain(description, 'description')],
        },
    author === undefined || author.length < 3
      ? undefined
      : { name: 'author', type: 'string', prompt: 'Who writes it', value: author, ...noQuotes, spellings: [plain(author, 'author')] },
    email === undefined || !email.includes('@')
      ? undefined
      : {
          name: 'author_email',
          type: 'email',
          prompt: 'Their address',
          value: email,
          pattern: undefined,
          patternHint: undefined,
          spellings: [plain(email, 'author_email')],
        },
    license === undefined
      ? undefined
      : {
          name: 'license',
          type: 'string',
          prompt: 'The license, as an SPDX expression',
          value: license,
          ...noQuotes,
          spellings: [{ ...plain(license, 'license'), fits: isLicenseField }],
        },
    account === undefined || account.toLowerCase() === name.toLowerCase()
      ? undefined
      : {
          name: 'account',
          type: 'string',
          prompt: 'The account that the repository is under',
          value: account,
          pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
          patternHint: 'letters, digits, hyphens and underscores',
          spellings: [{ ...plain(account, 'account'), fits: isForge }],
        },
    port === undefined
      ? undefined
      : {
          name: 'port',
          type: 'integer',
          prompt: 'Port',
          value: port,
          pattern: undefined,
          patternHint: undefined,
          spellings: [{ ...plain(port, 'port'), fits: isPort }],
        },
  ];
  return proposals.filter((proposal) => proposal !== undefined);
}

function nameProposal(name: string, evaluate: Evaluate): Proposal {
  const isCommon = name.length < SHORTEST_NAME || COMMON.test(name);
  const forms = new Map<string, string>();
  for (const form of NAME_FORMS) {
    const text = evaluate(form, new Map([['project_name', name]]));
    if (text !== undefined && text.length >= 2 && !forms.has(text)) forms.set(text, form);
  }
  const isKebab = /^[a-z][a-z0-9-]*$/.test(name);
  return {
    name: 'project_name',
    type: 'string',
    prompt: 'Project name',
    value: name,
    pattern: isKebab ? '^[a-z][a-z0-9-]*$' : '^[A-Za-z][A-Za-z0-9 ._-]*$',
    patternHint: isKebab ? 'lower-case letters, digits and hyphens' : 'letters, digits, spaces, dots, hyphens and underscores',
    spellings: [...forms].map(([text, expression]) => ({
      text,
      expression,
      fits: isCommon ? isNameField : isWord,
    })),
  };
}

function plain(text: string, variable: string): Spelling {
  return { text, expression: `{{ ${variable} }}`, fits: isWord };
}

/** No letter or digit stands beside it. */
function isWord(before: string, after: string): boolean {
  return !/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after);
}

function isNameField(before: string, after: string): boolean {
  return (
    (/(?:^|[{,\s])"?name"?\s*[:=]\s*["']?(?:@[\w.-]+\/)?$/.test(before) && /^["']?\s*,?\s*$/.test(after)) ||
    (/^# $/.test(before) && after.trim() === '')
  );
}

function isLicenseField(before: string): boolean {
  return /(?:^|[{,\s])"?license"?\s*[:=]\s*["']?$/.test(before);
}

function isForge(before: string, after: string): boolean {
  return (
    /(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org|ghcr\.io|registry\.gitlab\.com)[/:]$/.test(before) &&
    /^[/"'\s)]|^$/.test(after)
  );
}

function isPort(before: string, after: string): boolean {
  const line = `${before}${after}`;
  return PORT_CONTEXT.test(line) && !/[\d.]$/.test(before) && !/^(?:\d|\.\d)/.test(after) && !/timeout|seconds|millis|\bms\b/i.test(line);
}
