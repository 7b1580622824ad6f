// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Rhai puts values into texts
import { loadDecoder } from '../../../src/core/foreign/load-decoder.ts';
import { createBudget } from '../../../src/core/jinja/budget.ts';
import type { Value } from '../../../src/core/pack/values.ts';
import { encodeUtf8 } from '../../../src/core/text/utf8.ts';
import { DEFAULT_MODE, type FileTree } from '../../../src/core/tree/file-tree.ts';
import type { ProjectPath } from '../../../src/core/tree/project-path.ts';
import { attempt, type FuzzTarget, hold, textOf } from '../fuzz-target.ts';
import { FAILURES, LIMITS, SCOPE } from '../template-scope.ts';

const decode = await loadDecoder('cargo-generate');

function tree(files: Readonly<Record<string, string>>): FileTree {
  return new Map(
    Object.entries(files).map(([path, text]) => [path as ProjectPath, { content: encodeUtf8(text), mode: DEFAULT_MODE }] as const),
  );
}

/** Everything that a script does in a template, as text: what is made of it twice is the same. */
function outcomeOf(files: FileTree): string {
  const source = { files, id: 'template' as never, version: '1.0.0', reference: 'gh:o/r', integrity: `sha512-${'A'.repeat(86)}==` };
  const decoded = attempt(['MANIFEST_INVALID', 'LIMIT_EXCEEDED'], () => decode(source, { kind: 'directory', location: '/x' } as never));
  if ('code' in decoded) return decoded.code;
  const { foreign, manifest } = decoded.value;
  if (foreign === undefined) return 'no template';
  const made = attempt(FAILURES, () => {
    const environment = foreign.makeEnvironment(SCOPE);
    const answers = new Map<string, Value>(manifest.variables.map(({ name, default: fallback }) => [name, fallback ?? 'x']));
    const budget = createBudget(LIMITS);
    for (const definition of manifest.variables) foreign.refine?.(definition, { answers, scope: SCOPE, environment, budget });
    const context = foreign.makeContext(answers, SCOPE, environment, budget);
    const run = { context, environment, budget };
    const paths = (foreign.list?.(run) ?? []).flatMap((template) => foreign.expand?.(template, run) ?? []).map(({ path }) => path);
    const finished = [...(foreign.finish?.(files, run) ?? [])];
    for (const [path] of finished) hold(!path.startsWith('/') && !path.split('/').includes('..') && path !== '', `a script writes ${path}`);
    return JSON.stringify([
      [...context],
      paths,
      finished.map(([path, { entry }]) => [path, entry.content.length]),
      foreign.planHooks(run),
      foreign.messages?.('before_copy', run),
      foreign.messages?.('after_copy', run),
    ]);
  });
  return 'code' in made ? made.code : made.value;
}

export const rhai: FuzzTarget = {
  name: 'rhai',
  subject: 'scripts in Rhai of cargo-generate templates, as the programs that they are',
  laws: [
    'read, or refused with all findings; what runs fails as templates do, and in no other way',
    'keeps the limits of templates, however it loops, calls itself, and makes texts and lists grow',
    'writes nothing but below the template',
    'gives the same when it is run again',
  ],
  words: [
    ...'let const fn if else switch while loop do until for in return break continue throw try catch true false this global:: => .. ..= ?? ?. ?[ ! !in'.split(
      ' ',
    ),
    ...'+ - * / % ** << >> & | ^ && || == != < > <= >= = += -= ; , ( ) { } [ ] #{ } "a" \'b\' ` ${ } 0 1 0xff 1.5 9223372036854775807 () // /* */ _ |x|'.split(
      ' ',
    ),
    ...'variable::set("a", variable::get("a") variable::is_set( variable::prompt("Q?" , file::write("x", file::rename("a", file::delete("a") file::listdir() file::exists("'.split(
      ' ',
    ),
    ...'system::command("x") system::date() env::working_directory abort( print( .push( .pop() .map( .filter( .reduce( .sort( .call( .replace( .split( .len() .keys() .trim()'.split(
      ' ',
    ),
    ...'.sub_string( .pad(9,"a") .drain( .retain( .insert( .parse_int() .to_string() .to_upper() to_snake_case( Fn("f") range( exit( ../ __proto__ constructor x y a \n'.split(
      ' ',
    ),
  ],
  maxBytes: 3000,
  run: (input) => {
    const script = textOf(input);
    const files = tree({
      'cargo-generate.toml':
        '[hooks]\ninit = ["s.rhai"]\npre = ["s.rhai"]\npost = ["s.rhai"]\n[placeholders]\na = { prompt = "?", default = "b" }\n',
      's.rhai': script,
      a: '{{a}}',
      'dir/{{x}}.txt': 'x',
    });
    const outcome = outcomeOf(files);
    hold(outcome === outcomeOf(files), 'a second run gives something else');
    return /^[A-Z_]+$/.test(outcome) ? outcome : 'made';
  },
};
