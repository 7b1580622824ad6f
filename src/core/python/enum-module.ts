import { compareValues } from '../jinja/operators.ts';
import { toRepr, toText } from '../jinja/python-repr.ts';
import { type CallArguments, JinjaObject, JinjaTuple, type JinjaValue } from '../jinja/values.ts';
import { callable } from './callable.ts';
import type { Machine } from './machine.ts';
import { raise } from './python-fault.ts';
import { callMember, PythonClass, PythonFunction, PythonInstance } from './values.ts';

/** What stands for the value that comes next. */
const AUTO = new JinjaObject('auto', {});

/** What a member takes. */
const MEMBER_BYTES = 1024;

/** `enum`: classes whose plain names are their members. */
export function enumModule(run: Machine): ReadonlyMap<string, JinjaValue> {
  const { budget } = run.runtime;
  const plain = new PythonClass('Enum', [], new Map());
  const method = (name: string, call: (self: PythonInstance, rest: readonly JinjaValue[]) => JinjaValue): PythonFunction =>
    new PythonFunction(name, ({ positional: [self = null, ...rest] }) => call(memberOf(self), rest));
  const members = [
    new PythonFunction('__init_subclass__', ({ positional: [made] }) => (made instanceof PythonClass ? complete(made, run) : null)),
    method('__str__', (self) =>
      self.type.isA('ReprEnum') ? toText(valueIn(self), run.runtime.budget) : `${self.type.name}.${nameIn(self, run)}`,
    ),
    method('__repr__', (self) => `<${self.type.name}.${nameIn(self, run)}: ${toRepr(valueIn(self), run.runtime.budget)}>`),
    method('__eq__', (self, [other = null]) => isSame(self, other, run)),
  ];
  for (const each of members) plain.members.set(each.name, each);
  const shown = new PythonClass('ReprEnum', [plain], new Map());
  const mixed = (name: string, type: string): readonly [string, JinjaValue] => {
    const base = run.builtins.get(type);
    return [name, new PythonClass(name, [...(base instanceof PythonClass ? [base] : []), shown], new Map())];
  };
  budget.allocate(MEMBER_BYTES);
  return new Map<string, JinjaValue>([
    ['Enum', plain],
    mixed('IntEnum', 'int'),
    mixed('StrEnum', 'str'),
    ['auto', callable(() => AUTO)],
    ['unique', callable(({ positional: [made = null] }) => made)],
  ]);
}

function memberOf(value: JinjaValue): PythonInstance {
  return value instanceof PythonInstance ? value : raise('TypeError', 'it is no member');
}

function valueIn(member: PythonInstance): JinjaValue {
  return member.attributes.get('value') ?? null;
}

function nameIn(member: PythonInstance, run: Machine): string {
  return toText(member.attributes.get('name') ?? null, run.runtime.budget);
}

/** A member is its value, too, where its class is made from a type of values. */
function isSame(member: PythonInstance, other: JinjaValue, run: Machine): boolean {
  if (member === other) return true;
  if (!member.type.isA('str') && !member.type.isA('int')) return false;
  const value = other instanceof PythonInstance ? valueIn(other) : other;
  return compareValues('==', valueIn(member), value, run.runtime.budget);
}

/** Makes members of the names of a class; those of equal values are one. */
function complete(type: PythonClass, run: Machine): JinjaValue {
  const listed: PythonInstance[] = [];
  const named = new Map<JinjaValue, JinjaValue>();
  for (const [name, given] of [...type.members]) {
    if (name.startsWith('_') || given instanceof PythonFunction || given instanceof PythonClass) continue;
    run.runtime.budget.spendSteps(listed.length + 1);
    run.runtime.budget.allocate(MEMBER_BYTES);
    const value = given === AUTO ? nextValue(type, name, listed) : given;
    const member = find(listed, value, run) ?? makeMember(type, name, value);
    if (member.attributes.get('name') === name) listed.push(member);
    type.members.set(name, member);
    named.set(name, member);
  }
  type.members.set('__members__', named);
  if (listed.length > 0) type.enumerate(listed, (args) => byValue(type, listed, args, run));
  return null;
}

function nextValue(type: PythonClass, name: string, before: readonly PythonInstance[]): JinjaValue {
  if (type.isA('StrEnum')) return name.toLowerCase();
  const last = before.at(-1)?.attributes.get('value');
  return typeof last === 'number' ? last + 1 : 1;
}

function makeMember(type: PythonClass, name: string, value: JinjaValue): PythonInstance {
  const member = new PythonInstance(
    type,
    new Map([
      ['name', name],
      ['value', value],
    ]),
  );
  callMember(member, '__init__', value instanceof JinjaTuple ? value.items : [value]);
  return member;
}

function find(listed: readonly PythonInstance[], value: JinjaValue, { runtime: { budget } }: Machine): PythonInstance | undefined {
  return listed.find((member) => compareValues('==', valueIn(member), value, budget));
}

function byValue(
  type: PythonClass,
  listed: readonly PythonInstance[],
  { positional: [value = null] }: CallArguments,
  run: Machine,
): JinjaValue {
  run.runtime.budget.spendSteps(listed.length);
  if (value instanceof PythonInstance && value.type === type) return value;
  return find(listed, value, run) ?? raise('ValueError', `${toRepr(value, run.runtime.budget)} is not a valid ${type.name}`);
}
