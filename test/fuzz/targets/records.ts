import { formatInstalledLock, parseInstalledLock } from '../../../src/core/install/installed-lock.ts';
import { formatBaseline, parseBaseline } from '../../../src/core/lockfile/baseline.ts';
import { formatLockfile } from '../../../src/core/lockfile/format-lockfile.ts';
import { parseLockfile } from '../../../src/core/lockfile/parse-lockfile.ts';
import { formatPending, parsePending } from '../../../src/core/lockfile/pending.ts';
import { BUNDLE_FILE, formatBundle, parseBundle } from '../../../src/core/publish/bundle.ts';
import { formatEnvelope, parseEnvelope, parseStatement } from '../../../src/core/signing/envelope.ts';
import { formatPublicKey, parsePublicKey } from '../../../src/core/signing/public-key.ts';
import { isSshSignature, verifySshSignature } from '../../../src/core/signing/ssh-signature.ts';
import { encodeUtf8 } from '../../../src/core/text/utf8.ts';
import { DEFAULT_MODE, type FileEntry } from '../../../src/core/tree/file-tree.ts';
import { findPathProblem, type ProjectPath } from '../../../src/core/tree/project-path.ts';
import { attempt, type FuzzTarget, hold, partsOf, textOf } from '../fuzz-target.ts';

const JSON_WORDS = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '""',
  'null',
  'true',
  '0',
  '-1',
  '"../x"',
  '"__proto__"',
  '"\\u001b[31m"',
  '"\\ud800"',
  '1e999',
];

export const lockfile: FuzzTarget = {
  name: 'lockfile',
  subject: 'the readers of `packsmith.lock` and of a pending change',
  laws: ['read, or refused as invalid', 'paths in it do not lead out', 'what is written again is read as the same, byte for byte'],
  words: [
    ...JSON_WORDS,
    ...'"format" "now" "answers" "baseline" "packs" "files" "injections" "data" "path" "sha256" "mode" "0644" "masked" "output" "parts" "decision"'.split(
      ' ',
    ),
  ],
  maxBytes: 6000,
  run: (input) => {
    const text = textOf(input);
    const parsed = attempt(['LOCKFILE_INVALID', 'PATH_ESCAPES_PROJECT'], () => parseLockfile(text));
    const pending = attempt(['LOCKFILE_INVALID', 'PATH_ESCAPES_PROJECT', 'BASELINE_INVALID'], () => parsePending(text));
    if ('value' in pending) {
      const written = formatPending(pending.value);
      hold(formatPending(parsePending(written)) === written, 'a pending change is read as it is written');
    }
    if ('code' in parsed) return `${parsed.code} ${'value' in pending}`;
    for (const { path } of parsed.value.files) hold(findPathProblem(path) === undefined, 'a path stays inside');
    const written = formatLockfile(parsed.value);
    hold(formatLockfile(parseLockfile(written)) === written, 'a lockfile is read as it is written');
    return 'read';
  },
};

export const baseline: FuzzTarget = {
  name: 'baseline',
  subject: 'the reader of the baseline',
  laws: ['read, or refused as invalid', 'what is written again is read as the same'],
  words: [
    'packsmith baseline 1\n',
    '\n',
    ' 0\n',
    ' 5\n',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '999999999999',
    '-1',
  ],
  maxBytes: 4000,
  run: (input) => {
    const parsed = attempt(['BASELINE_INVALID'], () => parseBaseline(input));
    if ('code' in parsed) return parsed.code;
    const written = formatBaseline(parsed.value);
    hold(Buffer.compare(formatBaseline(parseBaseline(written)), written) === 0, 'a baseline is read as it is written');
    return `read ${Math.min(3, parsed.value.size)}`;
  },
};

export const installedLock: FuzzTarget = {
  name: 'installed-lock',
  subject: 'the reader of the list of installed packs',
  laws: ['read, or refused as invalid', 'what is written again is read as the same'],
  words: [
    ...JSON_WORDS,
    ...'"format" "packs" "id" "version" "source" "registry" "integrity" "archive" "bytes" "dependencies" "optional" "requested" "builtin" "^1"'.split(
      ' ',
    ),
  ],
  maxBytes: 4000,
  run: (input) => {
    const parsed = attempt(['INSTALLED_LOCK_INVALID'], () => parseInstalledLock(textOf(input)));
    if ('code' in parsed) return parsed.code;
    const written = formatInstalledLock(parsed.value);
    hold(formatInstalledLock(parseInstalledLock(written)) === written, 'a list is read as it is written');
    return `read ${Math.min(3, parsed.value.packs.length)}`;
  },
};

export const bundle: FuzzTarget = {
  name: 'bundle',
  subject: 'the reader of bundles',
  laws: ['read, or refused as invalid', 'every file belongs to a pack that is listed', 'what is written again is read as the same'],
  words: [
    ...JSON_WORDS,
    ...'"format" "roots" "packs" "id" "version" "integrity" "source" "registry" %%\n packs/ pack.toml @scope/name'.split(' '),
  ],
  maxBytes: 4000,
  run: (input) => {
    const [index = '', ...paths] = partsOf(input);
    const files = paths.map((path): [ProjectPath, FileEntry] => [
      path.trim() as ProjectPath,
      { content: encodeUtf8('x'), mode: DEFAULT_MODE },
    ]);
    const tree = new Map<ProjectPath, FileEntry>([
      [BUNDLE_FILE, { content: encodeUtf8(index), mode: DEFAULT_MODE }],
      ...files.filter(([path]) => findPathProblem(path) === undefined),
    ]);
    const parsed = attempt(['BUNDLE_INVALID'], () => parseBundle(tree));
    if ('code' in parsed) return parsed.code;
    const written = formatBundle(parsed.value);
    hold([...written.keys()].length <= tree.size, 'every file belongs to a pack');
    hold(
      JSON.stringify([...formatBundle(parseBundle(written)).keys()]) === JSON.stringify([...written.keys()]),
      'a bundle is read as it is written',
    );
    return `read ${parsed.value.packs.length}`;
  },
};

const TOOLS = { digest: () => new Uint8Array(64), verify: () => false, treeIntegrity: () => `sha512-${'A'.repeat(86)}==` };

export const signature: FuzzTarget = {
  name: 'signature',
  subject: 'the readers of signatures, of statements and of public keys',
  laws: ['read, or in words why not', 'nothing is verified that the tools do not verify', 'what is written again is read as the same'],
  words: [
    ...JSON_WORDS,
    ...'"payload" "payloadType" "signatures" "keyid" "sig" "_type" "subject" "predicate" "digest" "sha512" SSHSIG ssh-ed25519 AAAA == PRIVATE KEY'.split(
      ' ',
    ),
    '\0\0\0\x0b',
  ],
  maxBytes: 4000,
  run: (input) => {
    const envelope = parseEnvelope(input);
    const statement = parseStatement(typeof envelope === 'string' ? input : envelope.payload);
    const key = attempt(['KEY_INVALID'], () => parsePublicKey(textOf(input)));
    if ('value' in key) hold(Buffer.compare(parsePublicKey(formatPublicKey(key.value)), key.value) === 0, 'a key is read as it is written');
    hold(!verifySshSignature(new Uint8Array(32), encodeUtf8('m'), { signature: input, tools: TOOLS }), 'nothing verifies by itself');
    if (typeof envelope !== 'string') {
      const written = formatEnvelope(envelope);
      const again = parseEnvelope(encodeUtf8(written));
      hold(typeof again !== 'string' && formatEnvelope(again) === written, 'an envelope is read as it is written');
    }
    return `${typeof envelope} ${typeof statement === 'string' ? statement : 'statement'} ${'value' in key} ${isSshSignature(input)}`;
  },
};
