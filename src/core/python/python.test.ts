import { describe, expect, it } from 'vitest';
import { createBudget, DEFAULT_LIMITS } from '../jinja/budget.ts';
import { toText } from '../jinja/python-repr.ts';
import { PythonRun, runModule } from './python-run.ts';

const FILES: Readonly<Record<string, string>> = {
  'm/__init__.py': 'from .inner import *\nfrom . import inner as same\nfrom lib.names import shout\nfrom .inner import _hidden\n',
  'lib/empty/__init__.py': '',
  'lib/comment.py': '# nothing',
  'm/inner.py': '_hidden = 1\nshown = 2\n',
  'lib/names.py': 'def shout(text):\n    return text.upper()\n',
  'lib/itself.py': 'from lib.itself import x\nx = 1\n',
  'lib/circle.py': 'import lib.circle as itself\nx = 1\n',
  'lib/fails.py': 'x = 1\nraise ValueError("x")\n',
  'lib/late.py': 'def f():\n    return [][0]\n',
  'lib/big.py': `x = [${'1,'.repeat(4000)}]\nraise ValueError("x")\n`,
  'data/a.yaml': '3006:\n  min: [3, 8]\n',
  'pkg/__init__.py': 'from .one import *\nfrom . import two\nfrom .sub.deep import up\n',
  'pkg/one.py': "__all__ = ['a']\na = 1\nb = 2\n",
  'pkg/two.py': '',
  'pkg/sub/deep.py': 'from ..one import b as up\n',
  'space/low.py': 'x = 5\n',
  'pkg.py': 'raise ValueError("a package goes before a module")\n',
  'around.py': 'from around import *\nx = 1\n',
  'app/own.txt': 'one\ntwo',
};

/** What a module leaves in `out`, as `str` prints it; or the error. */
function run(source: string): string {
  const budget = createBudget({ ...DEFAULT_LIMITS, steps: 100_000 });
  const machine = new PythonRun(
    { now: '2026-03-05T07:08:09Z', folder: 'app', readFile: (path) => FILES[path], choose: (below) => below / 2n },
    { budget },
  );
  try {
    return machine.within('m.py', { budget }, () => toText(runModule('m.py', source, machine).get('out') ?? null, budget));
  } catch (error) {
    return (error as Error).message;
  }
}

/** Blocks in blocks, each of which runs. */
function nested(depth: number): string {
  return Array.from({ length: depth }, (_, at) => `${' '.repeat(at + 1)}if 1:\n`).join('');
}

const NODES =
  'from dataclasses import dataclass, asdict\n@dataclass\nclass N:\n    a: object\n    b: object\nn = m = 1\nfor i in range(22):\n    n = N(n, n)\n    m = N(m, m)\n';

/** A dataclass of so many fields. */
function manyFields(count: number): string {
  const fields = Array.from({ length: count }, (_, at) => `    a${at}: int = 0\n`);
  return `from dataclasses import dataclass\n@dataclass\nclass N:\n${fields.join('')}`;
}

/** A list of lists that is short, and endless when it is written. */
const TWICE_IN_ITSELF = 'x = [1]\nfor i in range(60):\n    x = [x, x]\n';

/** Long texts that are equal and not the same. */
const LONG_TEXTS = 'a = "x" * 900000\nb = "x" * 900000\nd = {a: 1}\nl = [a]\n';

/** Each gives the same in CPython 3.11. */
const SAME: readonly (readonly [source: string, out: string])[] = [
  ['out = [1 + 2 * 3, -2 ** 2, 7 // 2, 7 % 3, 2 ** 10, 0x1f, 1_000, 1.5e3]', '[7, -4, 3, 1, 1024, 31, 1000, 1500.0]'],
  ["out = 'a' 'b' + r'\\n' + '''x\ny''' + \"it's\"", "ab\\nx\nyit's"],
  ["a = 1.25\nn = 'x'\nout = f'{n!r:>5}|{a:.1f}|{{}}|{a + 1}|{\"k\"}|{n:{5}}|'", "  'x'|1.2|{}|2.25|k|x    |"],
  ["out = [not 1, 1 and 2, 0 or 'x', 1 < 2 < 3, 3 not in [1], None is None, 'a' if 0 else 'b']", "[False, 2, 'x', True, True, True, 'b']"],
  [
    "out = [x * 2 for x in range(5) if x % 2], {k: v for k, v in [('a', 1)]}, [a + b for a in 'xy' for b in 'z']",
    "([2, 6], {'a': 1}, ['xz', 'yz'])",
  ],
  [
    "d = {'a': 1, **{'b': 2}}\nd['c'] = 3\ndel d['a']\nd |= {'e': 4}\nout = d, d.get('q', 0), 'b' in d, len(d)",
    "({'b': 2, 'c': 3, 'e': 4}, 0, True, 3)",
  ],
  [
    'l = [3, 1, 2]\nl += [9]\nl[0] = 7\nfirst, *rest = l\nout = l, first, rest, l[-1], l[1:3], l[::-1], sorted(l, reverse=True)',
    '([7, 1, 2, 9], 7, [1, 2, 9], 9, [1, 2], [9, 2, 1, 7], [9, 7, 2, 1])',
  ],
  [
    'def f(a, b=2, *c, d=4, **e):\n    return a, b, c, d, e\nout = f(1), f(1, 3, 5, 6, d=7, x=8), f(*[1, 2], **{"d": 3})',
    "((1, 2, (), 4, {}), (1, 3, (5, 6), 7, {'x': 8}), (1, 2, (), 3, {}))",
  ],
  ['def fact(n: int) -> int:\n    """Doc."""\n    return 1 if n <= 1 else n * fact(n - 1)\nout = fact(20)', '2432902008176640000'],
  [
    't = 0\nfor i in range(10):\n    if i == 3:\n        continue\n    if i == 6: break\n    t += i\nelse:\n    t = -1\nwhile t > 5:\n    t -= 5\nout = t',
    '2',
  ],
  ['def g():\n    yield 1\n    yield from [2, 3]\nout = list(g()), sum(x for x in g()), any(x > 2 for x in g())', '([1, 2, 3], 6, True)'],
  ["try:\n    {}['k']\nexcept (ValueError, KeyError) as e:\n    out = 'caught'\nfinally:\n    out += '!'", 'caught!'],
  [
    "class E(ValueError):\n    pass\ntry:\n    raise E('no')\nexcept Exception as e:\n    out = str(e), isinstance(e, ValueError), type(e).__name__",
    "('no', True, 'E')",
  ],
  ["try:\n    int('x')\nexcept ValueError:\n    out = 1\nelse:\n    out = 2", '1'],
  [
    "class A:\n    kind = 'a'\n    def __init__(self, n):\n        self.n = n\n    def get(self):\n        return self.n\n    @property\n    def twice(self):\n        return self.n * 2\n    @classmethod\n    def make(cls):\n        return cls(5)\n    @staticmethod\n    def plain(x):\n        return x\nclass B(A):\n    def __init__(self, n):\n        super().__init__(n + 1)\n    def get(self):\n        return super().get() + 10\nb = B(1)\nout = b.n, b.get(), b.twice, b.kind, B.make().n, A.plain(3), isinstance(b, A)",
    "(2, 12, 4, 'a', 6, 3, True)",
  ],
  [
    "class M:\n    def __getitem__(self, k):\n        return k * 2\n    def __contains__(self, k):\n        return k == 'a'\n    def __len__(self):\n        return 0\n    def __call__(self, x):\n        return x\nm = M()\nout = m['x'], 'a' in m, 'b' in m, bool(m), m(4)",
    "('xx', True, False, False, 4)",
  ],
  [
    "class R:\n    def __init_subclass__(cls):\n        cls.found = {}\n    @classmethod\n    def register(cls, f):\n        cls.found[f.__name__] = f\n        return f\nclass S(R):\n    pass\n@S.register\ndef one():\n    return 1\nout = list(S.found), S.found['one']()",
    "(['one'], 1)",
  ],
  [
    "import re\nout = re.sub(r'[^a-z]+', '-', 'Ab c!d'.lower()), re.findall(r'(\\w)(\\d)', 'a1b2'), re.split(r',\\s*', 'a, b,c'), bool(re.match(r'b', 'ab')), re.search(r'(?P<x>b)', 'ab').group('x'), re.compile('A', re.I).sub(lambda m: m.group(0) * 2, 'aA'), re.fullmatch('a+', 'aab')",
    "('ab-c-d', [('a', '1'), ('b', '2')], ['a', 'b', 'c'], False, 'b', 'aaAA', None)",
  ],
  ["import unicodedata\nout = unicodedata.normalize('NFKD', 'Ünï').encode('ascii', 'ignore').decode('ascii')", 'Uni'],
  [`from string import Template\nout = Template('https://$a/${'$'}{b}/$$').substitute({'a': 'x'}, b='y')`, 'https://x/y/$'],
  ["import json\nout = json.dumps({'a': [1, None, True]}), json.loads('{\"a\": 1.0}')", `('{"a": [1, null, true]}', {'a': 1.0})`],
  ["from copy import deepcopy\na = {'x': [1]}\nb = deepcopy(a)\nb['x'].append(2)\nout = a, b", "({'x': [1]}, {'x': [1, 2]})"],
  [
    "out = 'a-b_c'.replace('-', '_').split('_'), ' x '.strip(), 'x'.join(['1', '2']), '{:>4}|{n}'.format('ab', n=3), '%s-%d' % ('a', 3), 'AbC'.swapcase(), 'a.b'.rpartition('.'), 'abc'.removeprefix('a')",
    "(['a', 'b', 'c'], 'x', '1x2', '  ab|3', 'a-3', 'aBc', ('a', '.', 'b'), 'bc')",
  ],
  [
    "out = list(zip('ab', [1, 2])), list(enumerate('x', start=1)), max([3, 1], key=lambda v: -v), min(2, 1), list(map(str, [1])), list(filter(None, [0, 1])), dict(a=1), tuple('ab'), round(2.5), abs(-3), sum([1, 2])",
    "([('a', 1), ('b', 2)], [(1, 'x')], 1, 1, ['1'], [1], {'a': 1}, ('a', 'b'), 2, 3, 3)",
  ],
  [
    'x = 1\ndef f():\n    global x\n    x = 2\n    y = 1\n    def g():\n        nonlocal y\n        y = 5\n    g()\n    return y\nout = f(), x',
    '(5, 2)',
  ],
  ['if (n := 3) > 2: out = n; out += 1', '4'],
  ['a = b = [1]\nb.append(2)\nx, (y, z) = 1, (2, 3)\nout = a, x + y + z, [\n    1,  # one\n    2,\n]', '([1, 2], 6, [1, 2])'],
  [
    "x = None\nclass A:\n    y = None\n    def __getitem__(self, k):\n        return None\ndef f(a, b=1):\n    return b\nout = x, A.y, A().y, A()['k'], f(1, None), next(iter([None]), 2), getattr(A, 'y', 3)",
    '(None, None, None, None, None, None, None)',
  ],
  [
    "class A:\n    def m(self):\n        return 'a'\nclass C:\n    def fails(self):\n        return {}['k']\nclass B(A):\n    def m(self):\n        try:\n            C().fails()\n        except KeyError:\n            pass\n        return super().m()\nout = B().m()",
    'a',
  ],
  [
    "out = []\ndef f():\n    try:\n        try:\n            {}['k']\n        except KeyError:\n            [][0]\n        finally:\n            out.append(1)\n    except IndexError:\n        out.append(2)\nf()",
    '[1, 2]',
  ],
  [
    "out = str(ValueError([1, 'a'])), set([1, 1]), dict.fromkeys('ab', 0), isinstance(1, (str, (int, list)))",
    "(\"[1, 'a']\", [1], {'a': 0, 'b': 0}, True)",
  ],
  ['def f(*a):\n    return len(a)\nout = f(*[0] * 200000), len(list(zip(*[[1]] * 200000)))', '(200000, 1)'],
  [
    "def f(v):\n    match v:\n        case 'a' | 'b': return 1\n        case (x, *rest) if x: return rest\n        case -1 | None: return 2\n        case int() as n: return n\n        case _: return 'else'\nmatch = 3\nout = f('b'), f([1, 2, 3]), f((0, 1)), f(-1), f(None), f(7), f('q'), match",
    "(1, [2, 3], 'else', 2, 2, 7, 'else', 3)",
  ],
  [
    "class C:\n    def __enter__(self):\n        return self\n    def __exit__(self, kind, value, trace):\n        out.append(kind is not None and kind.__name__)\n        return kind is KeyError\nout = []\nwith C() as c, C():\n    out.append(type(c).__name__)\nwith C():\n    {}['k']\ntry:\n    with C():\n        [][1]\nexcept IndexError:\n    out.append('on')",
    "['C', False, False, 'KeyError', 'IndexError', 'on']",
  ],
  [
    "from datetime import date, datetime, timedelta\nd = datetime(2024, 2, 28, 23, 30) + timedelta(hours=1)\nout = str(d), d.isoformat(), str(d.date()), (d - datetime(2024, 1, 1)).days, datetime.fromisoformat('2024-05-06T07:08:09').strftime('%H'), str(date(2020, 1, 1) - timedelta(weeks=1)), str(d.replace(year=2000, minute=1)), isinstance(d.date(), date)",
    "('2024-02-29 00:30:00', '2024-02-29T00:30:00', '2024-02-29', 59, '07', '2019-12-25', '2000-02-29 00:01:00', True)",
  ],
  [
    "from urllib.parse import urlparse, quote, quote_plus, unquote, unquote_plus, urlencode\np = urlparse('HTTP://u:p@Ex.org:8/a/b;c?d=e#f')\nout = p.scheme, p.netloc, p.username, p.password, p.hostname, p.port, p.path, p.params, p.query, p.fragment, p.geturl(), quote('a b/ü~'), quote('a/b', safe=''), quote_plus('a b'), unquote('%C3%BC+'), unquote_plus('a+b'), urlencode({'a': 'b c'})",
    "('http', 'u:p@Ex.org:8', 'u', 'p', 'ex.org', 8, '/a/b', 'c', 'd=e', 'f', 'http://u:p@Ex.org:8/a/b;c?d=e#f', 'a%20b/%C3%BC~', 'a%2Fb', 'a+b', 'ü+', 'a b', 'a=b+c')",
  ],
  [
    "from dataclasses import dataclass, field, asdict\n@dataclass\nclass A:\n    x: int\n    y: list = field(default_factory=list)\n@dataclass()\nclass B(A):\n    z: str = 'z'\n    def __post_init__(self):\n        self.x += 1\nout = A(1), A(1) == A(1, []), A(1) != A(2), B(1, [2]), asdict(B(x=0))",
    "(A(x=1, y=[]), True, True, B(x=2, y=[2], z='z'), {'x': 1, 'y': [], 'z': 'z'})",
  ],
  [
    "class V:\n    def __init__(self, n):\n        self.n = n\n    def __lt__(self, other):\n        return self.n < other.n\n    def __eq__(self, other):\n        return self.n == other.n\n    def __repr__(self):\n        return f'V{self.n}'\n    def __sub__(self, other):\n        return self.n - other\n    def __getattr__(self, name):\n        return name * 2\nout = sorted([V(2), V(1)]), max(V(1), V(3)), V(1) > V(0), V(1) == V(1), V(1) != V(1), V(5) - 3, V(1).ab",
    "([V1, V2], V3, True, True, False, 2, 'abab')",
  ],
  [
    "import re\nout = re.sub(r'''a  # one\n  .''', '-', 'xA\\nx', flags=re.X | re.S | re.I), re.match('(?i)a  b', 'ABC', re.VERBOSE).group(), re.match('a # end', 'ab', re.X).group()",
    "('x-x', 'AB', 'a')",
  ],
  [
    "from functools import partial, reduce\nfrom collections import defaultdict, namedtuple, OrderedDict\nfrom itertools import chain\nd = defaultdict(list)\nd['a'].append(1)\nP = namedtuple('P', ['x', 'y'])\nout = partial(max, 3)(2), reduce(lambda a, b: a * b, [2, 3], 4), dict(d), P(1, y=2).y, OrderedDict(a=1)['a'], list(chain.from_iterable([[1], 'a']))",
    "(3, 24, {'a': [1]}, 2, 1, [1, 'a'])",
  ],
  [
    "import textwrap, html, keyword\nout = textwrap.dedent('  a\\n    b\\n \\n'), textwrap.indent('a\\n\\nb', '- '), html.escape('<\">'), keyword.iskeyword('def'), str.upper('a'), list(map(str.strip, [' b '])), ''.join(filter(str.isidentifier, 'a-b'))",
    "('a\\n  b\\n\\n', '- a\\n\\n- b', '&lt;&quot;&gt;', True, 'A', ['b'], 'ab')",
  ],
  [
    "class A:\n    def __str__(self):\n        return 's'\n    def __repr__(self):\n        return 'r'\nout = [A()], str(A()), repr(A()), [ValueError('a', 1)]",
    `([r], 's', 'r', [ValueError('a', 1)])`,
  ],
  ["out = str(ValueError('a', 1)), str(Exception()), str(Exception(None))", `("('a', 1)", '', 'None')`],
  ["d = {(1, 2): 3, 'a': 4}\ndel d[(1, 2)]\nd[(3,)] = 5\nout = d.pop((3,)), d", "(5, {'a': 4})"],
  [
    "from enum import Enum, auto, unique\n@unique\nclass A(Enum):\n    X = 'x'\n    Y = 2\n    def twice(self):\n        return self.value * 2\n    @classmethod\n    def first(cls):\n        return cls.X\nA.Y\nout = str(A.X), A.X.name, A.X.value, A('x') is A.X, A['X'] == A.X, A.X == 'x', A.X.twice(), A.first().name, isinstance(A.X, A)",
    "('A.X', 'X', 'x', True, True, False, 'xx', 'X', True)",
  ],
  [
    "from enum import Enum, IntEnum, auto\nclass S(str, Enum):\n    A = 'a'\n    B = 'b'\nclass N(IntEnum):\n    ONE = auto()\n    TWO = auto()\n    UNO = 1\nclass P(Enum):\n    EARTH = (1, 2)\n    def __init__(self, mass, radius):\n        self.radius = radius\nout = S.A == 'a', 'b' == S.B, S.A in ('a', 'c'), [s.value for s in S], str(N.TWO), [n.name for n in N], N.UNO.name, list(N.__members__), P.EARTH.radius, repr(S.A)",
    `(True, True, True, ['a', 'b'], '2', ['ONE', 'TWO'], 'ONE', ['ONE', 'TWO', 'UNO'], 2, "<S.A: 'a'>")`,
  ],
  ["import json, yaml\nout = json.loads('null'), yaml.safe_load(''), {'items': 1}['items']", '(None, None, 1)'],
  [
    "out = isinstance('a', int | str), isinstance([], int | str | None), isinstance(None, str | None), isinstance(2, str | None), isinstance(True, None | int | str)",
    '(True, False, True, False, True)',
  ],
  [
    "from os.path import normpath as n\nout = n('/a/../b/'), n('a/./b//../c'), n('../a/../..'), n('/..'), n('')",
    "('/b', 'a/c', '../..', '/', '.')",
  ],
  ["import os.path\nout = os.path.realpath('/a/../b'), os.path.abspath('c')", "('/b', 'c')"],
  [
    "from typing import Any\nAnswers = dict[str, Any]\nMaybe = list['Later']\nclass A:\n    pass\nNamed = dict[str, A[int]]\nout = Answers() == {}, Maybe([1]), isinstance({}, dict)",
    '(True, [1], True)',
  ],
  ["import os.path\nout = os.path.join('a', '/b', 'c.d'), os.path.basename('a/b'), os.path.dirname('a/b')", "('/b/c.d', 'b', 'a')"],
];

describe('a module of Python', () => {
  it.each(SAME)('%j', (source, out) => expect(run(source)).toBe(out));

  it.each([
    [
      'from datetime import date, datetime, timezone\nout = date.today().year, datetime.now(tz=timezone.utc).strftime("%Y-%m-%d")',
      "(2026, '2026-03-05')",
    ],
    ['import subprocess\nout = subprocess.getoutput("git config user.name").strip() or "nobody"', 'nobody'],
    ['import subprocess\ntry:\n    subprocess.run("gh", check=True)\nexcept subprocess.CalledProcessError:\n    out = "none"', 'none'],
    ['import os\nout = os.environ.get("HOME"), os.getenv("HOME", "x"), os.path.exists("/etc")', "(None, 'x', False)"],
    ['from lib.names import shout\nout = shout("a")', 'A'],
    ['from pkg import *\nimport pkg.sub.deep, space.low\nout = a, pkg.up, space.low.x, pkg.sub.deep.up', '(1, 2, 5, 2)'],
    [
      'with open("own.txt") as f:\n    out = [f.readline(), f.read(), f.read(), list(open("../app/own.txt"))]',
      "['one\\n', 'two', '', ['one\\n', 'two']]",
    ],
    ['try:\n    import requests_of_others\nexcept ImportError as e:\n    out = str(e)', "No module named 'requests_of_others'"],
    ['import urllib.request\ntry:\n    urllib.request.urlopen("https://x")\nexcept OSError as e:\n    out = str(e)', 'no network is there'],
    [
      'import random, secrets, uuid\nout = random.randint(1, 10 ** 30) - 10 ** 29, random.choice("abc"), len(secrets.token_urlsafe(4)), str(uuid.uuid4())',
      "(400000000000000000000000000001, 'b', 6, '88888888-8888-4888-a888-888888888888')",
    ],
    ['import sys\nout = f"{sys.version_info.major}", sys.version_info >= (3, 8)', "('3', True)"],
    ['from lib.circle import itself\nout = itself.x', '1'],
    ['from m import *\nimport m\nout = shown, m._hidden, m.same.shown, m.shout("a")', "(2, 1, 2, 'A')"],
    ['from m import inner\nout = inner.shown', '2'],
    ['import lib.empty, lib.comment\nout = 1', '1'],
    ['try:\n    import nowhere\nexcept (KeyError, ImportError):\n    out = 1\nimport nowhere', '1'],
    ['def f():\n    import nowhere\n    return 2\ntry:\n    out = f()\nexcept ModuleNotFoundError:\n    out = 1', '1'],
    [
      'import datetime\nnow = datetime.datetime.now()\nout = str(now.date()), now.date().isoformat(), str(datetime.date.today()), datetime.date.today().year',
      "('2026-03-05', '2026-03-05', '2026-03-05', 2026)",
    ],
    [
      'from datetime import datetime as d\nout = [str(d.fromisoformat(x)) for x in ["2024-02-09", "2024-02-09T10:11", "2024-02-09 10:11:12.5"]], str(d.strptime("9/2/24", "%d/%m/%y"))',
      "(['2024-02-09 00:00:00', '2024-02-09 10:11:00', '2024-02-09 10:11:12.500000'], '2024-02-09 00:00:00')",
    ],
    [
      'from pathlib import Path\nout = Path(__file__).with_name("data").joinpath("a.yaml").exists(), Path("a").with_name("b").as_posix()',
      "(True, 'b')",
    ],
    [
      'try:\n    import lib.fails as x\nexcept ValueError:\n    pass\ntry:\n    import lib.fails as x\nexcept ValueError:\n    out = 2',
      '2',
    ],
    [
      'import yaml\nfrom pathlib import Path\nout = yaml.safe_load((Path(__file__).parent / "data" / "a.yaml").read_text())',
      "{3006: {'min': [3, 8]}}",
    ],
    ['from __future__ import annotations\nfrom typing import Any, TYPE_CHECKING\nx: dict[str, Any] = {}\nout = x', '{}'],
  ])('sees no machine: %j', (source, out) => expect(run(source)).toBe(out));

  it.each([
    ['import socket\nout = socket.socket()', 'm.py:2: socket.socket is not there'],
    ['out = open("/etc/passwd").read()', "m.py:1: FileNotFoundError: No such file or directory: '/etc/passwd'"],
    [
      'from pathlib import Path\nout = Path("/etc/passwd").read_text()',
      "m.py:2: FileNotFoundError: No such file or directory: '/etc/passwd'",
    ],
    ['out = __import__("os")', "m.py:1: NameError: name '__import__' is not defined"],
    ['out = (1).__class__.__mro__', "m.py:1: AttributeError: 'int' object has no attribute '__class__'"],
    ['\nwith open("x") as f:\n    pass', "m.py:2: FileNotFoundError: No such file or directory: 'x'"],
    ['def f(:\n  pass', 'm.py:1: ":" stands where a name is due'],
    ['x = 1\n  y = 2', 'm.py:2: the indent is not read here'],
    ['a = "x', 'm.py:1: a string has no end'],
    ['x = {}\nout = x["k"]', "m.py:2: KeyError: 'k'"],
    ['async def f(): pass', 'm.py:1: "async" is not read'],
    ['out = int("9" * 5000)', 'm.py:1: ValueError: an int has more than 4300 digits'],
    ['out = b"x"', 'm.py:1: bytes are not read'],
    ['out = chr(-1)', 'm.py:1: ValueError: chr() arg not in range(0x110000)'],
    ['out = 0x_', 'm.py:1: 0x_ is no number'],
    ['import re\nout = re.compile("a").constructor("b")', "m.py:2: AttributeError: 'Pattern' object has no attribute 'constructor'"],
    ['ValueError.__str__ = lambda self: "x"', "m.py:1: TypeError: cannot set '__str__' attribute of immutable type 'ValueError'"],
    [
      'from jinja2.ext import Extension\nExtension.parse = None',
      "m.py:2: TypeError: cannot set 'parse' attribute of immutable type 'Extension'",
    ],
    ['from pathlib import Path\nout = Path("a/" * 5000)', 'm.py:2: OSError: File name too long'],
    [`def make(above):\n    class A(above): pass\n    return make(A)\nmake(int)`, 'm.py:2: the class A is made from more than 32 others'],
    ['f = lambda: (yield 1)', 'm.py:1: a lambda that yields is not read'],
    ['yield 1', "m.py:1: SyntaxError: 'yield' outside function"],
    ['import dataclasses\ndataclasses.dataclass(ValueError)', "m.py:2: TypeError: cannot make a dataclass of immutable type 'ValueError'"],
    [
      "from collections import namedtuple\nnamedtuple('T', ['a' + str(i) for i in range(256)])",
      'm.py:2: the namedtuple T has more than 255 fields',
    ],
    ['from datetime import timedelta\ntimedelta(days=1e999)', 'm.py:2: OverflowError: date value out of range'],
    ['from urllib.parse import urlparse\nurlparse("http://a:99999").port', 'm.py:2: ValueError: Port out of range 0-65535'],
    ['import lib.fails as x', 'lib/fails.py:2: ValueError: x'],
    ['from .lib import x', 'm.py:1: ImportError: attempted relative import with no known parent package'],
    ['from around import x, y', "m.py:1: ImportError: cannot import name 'y' from 'around'"],
    ['from nowhere import *', 'm.py:1: "import *" of nowhere is not read'],
    ['open("/template/../etc/passwd")', "m.py:1: FileNotFoundError: No such file or directory: '/template/../etc/passwd'"],
    ['open("a.txt", "w")', "m.py:1: PermissionError: Permission denied: 'a.txt'"],
    ['import random\nrandom.seed(1)', 'm.py:2: what a seed gives, only Python gives'],
    ['match x:\n    case {"a": 1}: pass', 'm.py:2: the pattern of a case is not read'],
    ['with 1 as x: pass', 'm.py:1: TypeError: it cannot be used with "with"'],
    ['x = {"a": 1}\nx.a', "m.py:2: AttributeError: 'dict' object has no attribute 'a'"],
    ['from datetime import timedelta, date\ndate.today() + timedelta(days=10 ** 9)', 'm.py:2: OverflowError: date value out of range'],
    ['from datetime import datetime\ndatetime.fromisoformat("2024-02-30")', 'm.py:2: ValueError: day is out of range for month'],
    ['import random\nrandom.choices([1], k=10 ** 9)', 'm.py:2: at most 100000 random values are made at once'],
    ['from lib.late import f\n\nf()', 'lib/late.py:2: IndexError: list index out of range'],
    ['from lib.late import f\ntry:\n    f()\nexcept IndexError:\n    pass\n{}[1]', 'm.py:6: KeyError: 1'],
    ['class A:\n    def __str__(self):\n        return 1\nstr(A())', 'm.py:4: TypeError: __str__ returned non-string (type int)'],
    [`${TWICE_IN_ITSELF}round(1, x)`, 'm.py:4: "ndigits" must be an int, not list'],
    [`${TWICE_IN_ITSELF}enumerate([], x)`, 'm.py:4: "start" must be an int, not list'],
    [`${TWICE_IN_ITSELF}import re\nre.sub("a", "b", "c", count=x)`, 'm.py:5: "count" must be an int, not list'],
    [`${TWICE_IN_ITSELF}import re\nre.match("a", "a").group(x)`, 'm.py:5: IndexError: no such group'],
    ['from enum import Enum\nclass A(Enum):\n    X = 1\nA(2)', 'm.py:4: ValueError: 2 is not a valid A'],
    ['class A: pass\nfor x in A: pass', 'm.py:2: a value of type type cannot be iterated over'],
    ['import lib.itself as x', "lib/itself.py:1: ImportError: cannot import name 'x' from 'lib.itself'"],
    [`raise ValueError("x" * 5000)`, `m.py:1: ${`ValueError: ${'x'.repeat(5000)}`.slice(0, 1000)}`],
  ])('is refused with its line: %j', (source, message) => expect(run(source)).toBe(message));

  it('leaves nothing behind in what others see', () => {
    expect(run('from jinja2.ext import Extension\nExtension.__init__.left = 1\nout = 1')).toBe('1');
    expect(run("from jinja2.ext import Extension\nout = hasattr(Extension.__init__, 'left')")).toBe('False');
  });

  it.each([
    ['loops without end', 'while True:\n    pass'],
    ['calls without end', 'def f():\n    return f()\nf()'],
    ['texts that double', 'x = "a"\nwhile True:\n    x = x + x'],
    ['brackets without end', `x = ${'['.repeat(3000)}${']'.repeat(3000)}`],
    ['a match that goes back for ever', 'import re\nre.match(r"(a+)+$", "a" * 40 + "b")'],
    ['what catches every exception', 'while True:\n    try:\n        while True:\n            pass\n    except:\n        pass'],
    ['work on long texts', 'import unicodedata, json\nx = "a" * 4000000\nwhile True:\n    unicodedata.normalize("NFKD", x)'],
    ['lists that grow', 'l = [1]\nwhile True:\n    l += l'],
    ['what decides whether it is true by itself', 'class A:\n    def __bool__(self):\n        if self: return True\nif A(): pass'],
    ['what gives itself as its items', 'class A:\n    def __iter__(self):\n        for x in self: pass\nfor x in A(): pass'],
    ['a class that makes itself', 'class A: pass\nA.__init__ = A\nA()'],
    ['calls in many blocks', `def f():\n${nested(90)}${' '.repeat(91)}f()\nf()`],
    ['types in types', 't = (int,)\nfor i in range(40):\n    t = (t, t)\nisinstance("a", t)'],
    ['types that are nested', 't = (int,)\nfor i in range(100000):\n    t = (t,)\nisinstance("a", t)'],
    ['modules that fail again and again', 'while True:\n    try:\n        import lib.big as x\n    except ValueError:\n        pass'],
    ['functions that are made again and again', 'while True:\n    def f(): pass'],
    ['a generator of a long list', 'def f():\n    while True:\n        yield from big\nbig = [0] * 100000\nf()'],
    ['copies of a list', 'big = [0] * 1000000\nl = []\nwhile True:\n    l.append(list(big))'],
    ['rounds that end at once', 'big = [0] * 1000000\nwhile True:\n    for x in big: break'],
    ['texts that are compared', 'a = "x" * 9000000\nb = "x" * 9000000\nwhile True:\n    a == b'],
    ['texts whose letters are counted', 'a = "x" * 9000000\nwhile True:\n    len(a)'],
    ['texts in another form', 'import unicodedata\na = "x" * 9000000\nwhile True:\n    unicodedata.normalize("NFC", a)'],
    ['YAML that is read again and again', 'import yaml\nwhile True:\n    yaml.safe_load("- 1\\n" * 1000)\n    yaml.safe_load("a")'],
    ['a template with long values', 'from string import Template\nTemplate("$a" * 20000).substitute(a="x" * 1000000)'],
    ['a replacement with long groups', 'import re\nre.sub("(a+)", "\\\\1" * 10000, "a" * 10000)'],
    ['types beside each other that double', 'a = int | str\nwhile True:\n    a = a | a'],
    ['paths that double', 'import os\na = "x"\nwhile True:\n    a = os.path.join(a, a)'],
    ['texts that are escaped', 'import re\na = "-"\nwhile True:\n    a = re.escape(a)'],
    ['loops in a loop', `x = [1 ${'for a in [1] '.repeat(8000)}]`],
    ['chance without end', 'import random\nwhile True:\n    random.sample(range(1000), 1000)'],
    ['a class that makes its attributes of them', 'class A:\n    def __getattr__(self, name):\n        return self.x\nA().y'],
    ['a module that is read again and again', 'while True:\n    from around import *'],
    ['texts that are quoted', 'from urllib.parse import quote\na = "ü"\nwhile True:\n    a = quote(a)'],
    ['lines that are indented', 'import textwrap\na = "a\\n" * 1000\nwhile True:\n    a = textwrap.indent(a, a)'],
    ['a comparison of itself', 'class A:\n    def __eq__(self, other):\n        return self == other\nA() == A()'],
    ['a dict that makes entries', 'from collections import defaultdict\nd = defaultdict(list)\ni = 0\nwhile True:\n    d[i]\n    i += 1'],
    ['files that are read again and again', 'while True:\n    open("own.txt").read()'],
    ['fields that are in others again and again', `${NODES}asdict(n)`],
    ['fields that are compared again and again', `${NODES}n == m`],
    ['a field that has itself', `${NODES}n.a = n\nasdict(n)`],
    ['instances of many fields', `${manyFields(2000)}l = []\nfor i in range(1000):\n    l.append(N())`],
    ['fields by their names', `${manyFields(2000)}k = {'a' + str(i): 1 for i in range(2000)}\nfor i in range(1000):\n    N(**k)`],
    ['objects that are made of a list', 'from datetime import timedelta\nlist(map(timedelta, [0] * 150000))'],
    ['many things to enter', `with ${'open("own.txt"), '.repeat(500)}open("own.txt"): pass`],
    ['a list that is mixed again and again', 'import random\nl = list(range(5000))\nfor i in range(2):\n    random.shuffle(l)'],
    ['what is kept of a text', 'from urllib.parse import quote\ns = "a" * 1000000\nfor i in range(100):\n    quote("/", safe=s)'],
    ['what is above a path', 'from pathlib import Path\np = Path("a/" * 2000)\nl = [p.parents for i in range(20)]'],
    ['modules with long names', `for i in range(20):\n    import ${'a.'.repeat(5000)}b as c`],
    ['exceptions that say much', 'e = Exception(*[["a"] * 100] * 3000)\nstr(e)'],
    ['exceptions that are raised with much', 'try:\n    raise Exception(*[["a"] * 100] * 3000)\nexcept Exception: pass'],
    ['texts that may be the same', `${LONG_TEXTS}for i in range(10):\n    a is b`],
    ['texts as keys', `${LONG_TEXTS}for i in range(10):\n    d[b]`],
    ['texts as keys that are set', `${LONG_TEXTS}for i in range(10):\n    d[b] = i`],
    ['texts in a list', `${LONG_TEXTS}for i in range(10):\n    b in l`],
    ['copies of long lists', 'import copy\nl = [0] * 1000000\ncopy.copy(l)'],
    ['text in the form of ASCII', 'x = "ü" * 50000\nfor i in range(5):\n    f"{x!a}"'],
    ['texts of which every letter is quoted', 'from urllib.parse import quote\nfor i in range(5):\n    quote("ü" * 50000)'],
    ['texts of which every letter is escaped', 'import html\nfor i in range(20):\n    html.escape("<" * 50000)'],
    ['texts in capitals', 'x = "ΐ" * 200000\nfor i in range(5):\n    x.upper()'],
    ['YAML with a word on each line', 'import yaml\nyaml.safe_dump("a " * 60000, width=1)'],
    ['what is taken from the end of a dict', 'd = dict.fromkeys(range(20000), 0)\nfor i in range(10):\n    d.popitem()'],
    ['what goes on at the end', 'while True:\n    try:\n        while True: pass\n    finally:\n        continue'],
  ])('is bounded: %s', (_name, source) => expect(run(source)).toMatch(/limit|nested too deeply/));
});
