// Each documented template of another tool made into a project in memory, and the pack that it becomes: what the conformance tests do on a disk, in milliseconds.
import { describe, expect, it } from 'vitest';
import type { ForeignKind } from '../../src/core/foreign/foreign-kind.ts';
import { parsePackManifest } from '../../src/core/manifest/parse-pack-manifest.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import type { PackName } from '../../src/core/pack/pack-name.ts';
import { readPlannedContent } from '../../src/core/plan/planned-contents.ts';
import { utf8At } from '../../src/core/tree/file-text.ts';
import { withLanguage } from '../../src/ops/packs/read-pack-tree.ts';
import { planGeneration } from '../../src/ops/project/plan-generation.ts';
import { decodeFixture } from '../../src/testing/foreign-fixture.ts';
import { MemoryProjectDir } from '../../src/testing/memory-project-dir.ts';
import { flags, request, world } from '../support/memory-world.ts';
import { CONSTRUCTS as CARGO_GENERATE } from './cargo-generate/constructs.ts';
import { QUESTIONS } from './copier/questions.ts';
import { SETTINGS } from './copier/settings.ts';
import type { DocumentedCase } from './documented-case.ts';

const CASES: readonly (readonly [kind: ForeignKind, directory: string, cases: readonly DocumentedCase[]])[] = [
  ['copier', 'result', [...QUESTIONS, ...SETTINGS]],
  ['cargo-generate', 'my-result', CARGO_GENERATE],
];

describe.each(CASES)('a template of %s', (kind, directory, cases) => {
  it.each(cases.map((entry) => [entry.name, entry] as const))(
    'gives what its documentation says: %s',
    async (_name, { files, answers, gives }) => {
      expect(await generate(decode(kind, files), directory, answers)).toEqual(gives);
    },
  );

  it.each(cases.map((entry) => [entry.name, entry] as const))(
    'becomes a pack that gives the same: %s',
    async (_name, { files, answers = {} }) => {
      const template = decode(kind, files);
      const pack = await translate(template);
      const manifest = utf8At(pack.files, 'pack.toml') ?? '';
      const renamed = Object.fromEntries(Object.entries(answers).map(([name, value]) => [variableFor(name, manifest), value]));
      expect(await generate(pack, directory, renamed)).toEqual(await generate(template, directory, answers));
    },
  );
});

function decode(kind: ForeignKind, files: DocumentedCase['files']): Pack {
  const contents = Object.entries(files).map(([path, content]) => [
    path,
    typeof content === 'string' ? content : new Uint8Array(Buffer.from(content.base64, 'base64')),
  ]);
  return decodeFixture(kind, { files: Object.fromEntries(contents), version: '0.0.0', reference: './template' });
}

/** The pack, as `packs generate` reads it. */
async function translate({ foreign, translated }: Pack): Promise<Pack> {
  const files = (foreign ?? translated)?.translate?.('made' as PackName).files ?? new Map();
  const { manifest, diagnostics } = parsePackManifest(utf8At(files, 'pack.toml') ?? '');
  if (manifest === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return withLanguage({ manifest, files, provenance: { kind: 'local', location: 'memory/made' }, integrity: 'sha512-made' });
}

/** The files of the project: text, or base64 of what is none. */
async function generate(pack: Pack, directory: string, answers: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
  const ports = { ...world([pack]), project: new MemoryProjectDir(undefined, { root: `/memory/${directory}` }) };
  const given = flags(...Object.entries(answers).map(([name, value]) => `${name}=${value}`));
  const { plan } = await planGeneration(request([pack.manifest.id], { given, skipHooks: true }), ports);
  const files = plan.paths.flatMap(({ path, class: kind, after }) => {
    if (kind === 'record' || after === undefined) return [];
    const bytes = Buffer.from(readPlannedContent(plan, after.digest));
    const text = bytes.toString('utf8');
    return [[path, Buffer.from(text, 'utf8').equals(bytes) && !bytes.includes(0) ? text : `base64 ${bytes.toString('base64')}`]];
  });
  return withoutSource(Object.fromEntries(files));
}

/** Where a template came from is its own matter. */
function withoutSource(files: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(files).map(([path, text]) => [
    path,
    text.replaceAll(/_src_path: (?:'[^']*'|[^\n]*)(?:\n {2,}[^\n]*)*/g, '_src_path: TEMPLATE'),
  ]);
  return Object.fromEntries(entries);
}

/** The variable of the pack that is asked in the place of a placeholder. */
function variableFor(name: string, manifest: string): string {
  const bare = name.toLowerCase().replaceAll('-', '_');
  return [name, bare, `${bare}_`, `the_${bare}`].find((candidate) => manifest.includes(`[variables.${candidate}]`)) ?? name;
}
