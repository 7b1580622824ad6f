"""Records what Python's re finds: python3 regex.py < ../regex.json > new.json; each case has its pattern, flags and text."""
import json
import re
import sys

FLAGS = {"i": re.I, "m": re.M, "s": re.S, "x": re.X}
cases = json.load(sys.stdin)
for case in cases:
    flags = 0
    for letter in case.get("flags", ""):
        flags |= FLAGS[letter]
    try:
        case["finds"] = [
            [match.start(), match.end(), [match.group(0), *match.groups()]]
            for match in re.finditer(case["pattern"], case["text"], flags)
        ]
    except re.error:
        case["finds"] = "invalid"
print("[\n" + ",\n".join(json.dumps(case, sort_keys=True) for case in cases) + "\n]")
