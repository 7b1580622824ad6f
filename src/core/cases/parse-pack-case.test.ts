import { describe, expect, it } from 'vitest';
import { parsePackCase } from './parse-pack-case.ts';

/** The findings as `line:column message → suggestion`. */
function findings(text: string): string[] {
  return parsePackCase(text, 'tests/a.toml').diagnostics.map(
    ({ where, message, suggestion }) => `${where?.line}:${where?.column} ${message}${suggestion === undefined ? '' : ` → ${suggestion}`}`,
  );
}

const body = (text: string): string => `name = "a"\n${text}`;

describe('a test case', () => {
  it('is read with every key', () => {
    const { case: parsed, diagnostics } = parsePackCase(
      `name = "all of it"
packs = ["other@^1", "../beside"]
directory = "my-api"

[variables]
port = 8080
"other.name" = "x"

[update]
from = "^1.0.0"
conflict = "reject"
[update.variables]
tls = true
[[update.earlier]]
path = "templates/{{ name }}.jinja"
delete = true
[[update.edits]]
path = "README.md"
replace = "a"
with = ""

[expect]
files = ["src/**", "README.md"]
complete = true
absent = ["x"]
executable = ["run.sh"]
snapshots = ["*.md"]
hooks = []
conflicts = ["README.md"]
created = []
[expect.contains]
"README.md" = ["x"]
[expect.matches]
"README.md" = ["^x$"]
[expect.values."package.json"]
"/a~1b/0" = { c = [1, "x"] }
[expect.no_values]
"package.json" = ["/x"]

[[commands]]
run = ["node", "--test"]
exit = 1
output = ["fail"]
`,
      'tests/all.toml',
    );
    expect(diagnostics).toEqual([]);
    expect(parsed).toMatchObject({
      file: 'tests/all.toml',
      packs: ['other@^1', '../beside'],
      update: { from: '^1.0.0', conflict: 'reject', edits: [{ path: 'README.md', action: { kind: 'replace', old: 'a', text: '' } }] },
      expect: { complete: true, hooks: [], created: [], updated: undefined },
      commands: [{ name: 'node --test', timeout: 60, exit: 1, output: ['fail'] }],
    });
    expect(parsed?.expect.values.get('package.json')?.get('/a~1b/0')).toEqual({ c: [1, 'x'] });
  });

  it('reports everything at once, with its place and what to do', () => {
    expect(
      findings(
        body(`directory = "a/b"
[variables]
day = 2026-01-01
[expect]
fils = ["x"]
files = ["../x"]
[expect.matches]
"a.txt" = ["(?=x)"]
[expect.values."a.txt"]
"a.b" = 1
[[commands]]
run = "npm test"
exit = 300
`),
      ),
    ).toEqual([
      expect.stringMatching(/^2:13 directory: "a\/b" cannot be the name of a directory: it is more than a name/),
      expect.stringMatching(/^4:7 variables\.day: dates and times are not values → put it in quotes/),
      expect.stringMatching(/^6:1 expect\.fils is not a key .* → did you mean "files"\?/),
      expect.stringMatching(/^7:10 expect\.files\[0\]: "\.\.\/x" is not a path inside the project/),
      expect.stringMatching(/^9:12 expect\.matches\."a\.txt"\[0\]: .*look-around/),
      expect.stringMatching(/^10:.* the values of "a\.txt" cannot be read → files that end in \.json/),
      expect.stringMatching(/^11:1 "a\.b" is not a JSON Pointer → write "\/a\/b"/),
      expect.stringMatching(/^13:7 commands\[0\]\.run: it must be an array.* → write \["npm test"\]/),
      expect.stringMatching(/^14:8 commands\[0\]\.exit: it must be at most 255/),
    ]);
  });

  it.each([
    ['no name', '[expect]', 'has no "name"'],
    ['no expectation', 'name = "a"', 'has no "expect"'],
    ['conflicts that are expected where nothing is updated', body('[expect]\nconflicts = ["a"]'), 'it is about updates → add [update]'],
    [
      'changes that are expected of no file',
      body('[expect]\nupdated = ["a"]'),
      'it is about files that are there before → add [update] or [start]',
    ],
    ['deletions that are expected of a generation', body('[start.files]\na = ""\n[expect]\ndeleted = ["a"]'), 'it is about updates'],
    ['a start with nothing in it', body('[start]\n[expect]'), 'it has neither `directory` nor `files`'],
    ['a start elsewhere', body('[start]\ndirectory = "../old"\n[expect]'), 'start.directory'],
    [
      'a start of files elsewhere',
      body('[start.files]\n"../a" = ""\n[expect]'),
      'start.files."../a": "../a" is not a path inside the project',
    ],
    ['an update from nowhere', body('[update]\n[expect]'), 'it needs `from`, `earlier` or both'],
    [
      'an edit that does two things',
      body('[update]\nfrom = "1"\n[[update.edits]]\npath = "a"\nwrite = ""\ndelete = true\n[expect]'),
      'exactly one thing, and this one does "write" and "delete"',
    ],
    ['an edit that does nothing', body('[update]\nfrom = "1"\n[[update.edits]]\npath = "a"\n[expect]'), 'this one does nothing'],
    [
      'a replacement without its text',
      body('[update]\nfrom = "1"\n[[update.edits]]\npath = "a"\nreplace = "x"\n[expect]'),
      '`replace` and `with` go together',
    ],
    ['an edit outside', body('[update]\nfrom = "1"\n[[update.edits]]\npath = "/a"\nwrite = "x"\n[expect]'), 'it is absolute'],
    ['a code that is none', body('[expect.refusal]\ncode = "ANSWER_INVALID"'), 'did you mean "ANSWERS_INVALID"?'],
    [
      'a refusal with a result',
      body('[expect]\nfiles = ["a"]\n[expect.refusal]\ncode = "NO_SOLUTION"'),
      'a case that is refused has no result',
    ],
    [
      'a refusal with commands',
      body('[expect.refusal]\ncode = "NO_SOLUTION"\n[[commands]]\nrun = ["a"]'),
      'generates nothing that commands could run in',
    ],
    ['a reference that is none', body('packs = ["a b"]\n[expect]'), 'packs[0]:'],
    ['a conflict policy that is none', body('[update]\nfrom = "1"\nconflict = "marker"\n[expect]'), 'did you mean "markers"?'],
    ['text that is no TOML', 'name = ', 'this is not valid TOML'],
  ])('with %s is refused', (_, text, expected) => {
    expect(findings(text).join('\n')).toContain(expected);
    expect(parsePackCase(text, 'tests/a.toml').case).toBeUndefined();
  });
});
