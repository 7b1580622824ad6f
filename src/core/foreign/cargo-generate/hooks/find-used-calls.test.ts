// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Rhai puts values into texts
import { expect, it } from 'vitest';
import { parseRhai } from '../../../rhai/parse-rhai.ts';
import { findUsedCalls } from './find-used-calls.ts';

it.each([
  ['system::command("ls");', 0],
  ['let out = system::command("ls");', 0],
  ['fn f() { let out = system::command("ls"); } f();', 0],
  ['if true { let out = system::command("ls"); }', 0],
  ['let out = system::command("ls"); print(out);', 0],
  ['let out = system::command("ls"); print(`${out}: ` + out);', 0],
  ['print(system::command("ls"));', 0],
  ['let out = system::command("ls"); print(out.len);', 1],
  ['let out = system::command("ls"); print(out); variable::set("a", out);', 1],
  ['variable::set("a", system::command("ls"));', 1],
  ['const OUT = system::command("ls"); fn f() { print(global::OUT) } f();', 0],
  ['const OUT = system::command("ls"); fn f() { variable::set("a", global::OUT) } f();', 1],
  ['let out = [system::command("ls")];', 1],
  ['fn f() { system::command("ls") } let out = f();', 0],
  ['fn f() { system::command("ls") } let out = f(); print(`${out}`);', 0],
  ['fn f() { system::command("ls") } let out = f(); variable::set("a", `${out}`);', 1],
])('%s', (source, used) => expect(findUsedCalls(parseRhai(source, 'a.rhai'), 'system', 'command')).toHaveLength(used));
