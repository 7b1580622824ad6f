#!/usr/bin/python3
"""Records what Jinja2 prints for every oracle case, or that it fails.

Run it after changing anything below test/jinja-oracle, with Debian's python3-jinja2 (3.1.2) and python3-slugify (4.0):

    /usr/bin/python3 tools/record-jinja-oracle.py

It reads test/jinja-oracle/lines/*.txt (one template a line), cases.json (templates with settings, other templates or values of their own)
python/*.txt (the same, for the behaviour that templates of other tools get) and context.json (the values every template sees), and writes recorded.json and extensions.json, which the tests compare the engine with.
With `--print` it writes nothing and prints both as one JSON object: so the tests ask it where Jinja2 is installed.
"""

import copy
import datetime
import json
import pathlib
import sys
import warnings

import jinja2
import slugify

HERE = pathlib.Path(__file__).resolve().parent.parent / "test" / "jinja-oracle"
UNDEFINED = {"strict": jinja2.StrictUndefined, "default": jinja2.Undefined, "chainable": jinja2.ChainableUndefined}
DELIMITERS = {
    "blockStart": "block_start_string",
    "blockEnd": "block_end_string",
    "variableStart": "variable_start_string",
    "variableEnd": "variable_end_string",
    "commentStart": "comment_start_string",
    "commentEnd": "comment_end_string",
}
SETTINGS = {
    "trimBlocks": "trim_blocks",
    "lstripBlocks": "lstrip_blocks",
    "keepTrailingNewline": "keep_trailing_newline",
    "lineStatementPrefix": "line_statement_prefix",
    "lineCommentPrefix": "line_comment_prefix",
    "newlineSequence": "newline_sequence",
    "autoescape": "autoescape",
}


def make_environment(case):
    settings = case.get("settings", {})
    options = {SETTINGS[name]: value for name, value in settings.items() if name in SETTINGS}
    options.setdefault("keep_trailing_newline", True)
    options.update({DELIMITERS[name]: value for name, value in settings.get("delimiters", {}).items()})
    return jinja2.Environment(
        loader=jinja2.DictLoader(case.get("templates", {})),
        undefined=UNDEFINED[settings.get("undefinedBehavior", "strict")],
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        **options,
    )


def record(case, context):
    values = copy.deepcopy({**context, **case.get("context", {})})
    try:
        return {**case, "output": make_environment(case).from_string(case["template"]).render(values)}
    except Exception as error:  # any failure of the oracle is an answer
        return {**case, "error": type(error).__name__}


SLUGS = [["Hello World",{}],["  My -- Project! ",{}],["it's a test",{}],["Ünïcode & Co.",{}],["Größe straße",{}],["1,000 reasons",{}],["a_b.c/d",{}],["foo bar baz",{"separator":"_"}],
["foo bar baz qux",{"max_length":9}],["foo bar baz qux",{"max_length":9,"word_boundary":True}],["foo bar baz qux",{"max_length":12,"word_boundary":True,"save_order":True}],
["the quick brown fox",{"stopwords":["the","fox"]}],["10 | 20 %",{"replacements":[["|","or"],["%","percent"]]}],["Keep Case",{"lowercase":False}],["a_b c",{"regex_pattern":"[^-a-z0-9_]+"}],
["Привет мир",{}],["Ελλάδα",{}],["caf&eacute; &amp; bar",{}],["&#65;&#x42;",{}],["naïve façade œuvre",{}],["",{}],["---",{}],["C++ / C#",{}],["Łódź Øresund Ærø",{}],["“quotes” — dash…",{}],["emoji 😀 x",{}]]

TIMES = ["%Y-%m-%d","%d.%m.%y","%H:%M:%S","%I:%M %p","%A %a %B %b","%j %U %W %w %u %V %G","%f %z %Z %%","%c","%x %X","%D %F %T %R","%e %k %l","%-d %-m %-H %-I %-j","%s","%C %h %n%t","%^a %_d %P"]


def record_extensions():
    """What python-slugify and strftime give, which the extensions of templates are compared with."""
    instant = datetime.datetime(2026, 3, 5, 7, 8, 9, 123000, tzinfo=datetime.timezone.utc)
    return {
        "slug": [[text, options, slugify.slugify(text, **options)] for text, options in SLUGS],
        "time": [[form, instant.strftime(form)] for form in TIMES],
    }


def main():
    warnings.simplefilter("ignore")
    context = json.loads((HERE / "context.json").read_text(encoding="utf-8"))
    cases = []
    for path in sorted((HERE / "lines").glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line:
                cases.append({"name": f"{path.name}:{number}", "template": line})
    for path in sorted((HERE / "python").glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line:
                cases.append({"name": f"python/{path.name}:{number}", "template": line, "settings": {"python": True}})
    for number, case in enumerate(json.loads((HERE / "cases.json").read_text(encoding="utf-8")), 1):
        cases.append({"name": f"cases.json:{number}", **case})
    recorded = {"jinja2": jinja2.__version__, "cases": [record(case, context) for case in cases]}
    extensions = record_extensions()
    if "--print" in sys.argv:
        print(json.dumps({"recorded": recorded, "extensions": extensions}))
        return
    (HERE / "recorded.json").write_text(json.dumps(recorded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (HERE / "extensions.json").write_text(json.dumps(extensions, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"recorded {len(cases)} cases with Jinja2 {jinja2.__version__}")


if __name__ == "__main__":
    main()
