// What each documented template of another tool is read as, and what pack it becomes, in memory: what users read in the report and in `pack.toml`.
import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import type { ForeignKind } from '../../src/core/foreign/foreign-kind.ts';
import type { Translation } from '../../src/core/foreign/foreign-template.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import type { PackName } from '../../src/core/pack/pack-name.ts';
import { decodeUtf8 } from '../../src/core/text/utf8.ts';
import { decodeFixture } from '../../src/testing/foreign-fixture.ts';
import { CONSTRUCTS as CARGO_GENERATE } from './cargo-generate/constructs.ts';
import { HOOKS as CARGO_GENERATE_HOOKS } from './cargo-generate/hooks.ts';
import { REFUSED as CARGO_GENERATE_REFUSED } from './cargo-generate/refused.ts';
import { CONSTRUCTS as COOKIECUTTER } from './cookiecutter/constructs.ts';
import { LOCAL_EXTENSIONS } from './cookiecutter/local-extensions.ts';
import { QUESTIONS } from './copier/questions.ts';
import { REFUSED as COPIER_REFUSED } from './copier/refused.ts';
import { SETTINGS } from './copier/settings.ts';
import { CONSTRUCTS as GGEN } from './ggen/constructs.ts';
import { REFUSED as GGEN_REFUSED } from './ggen/refused.ts';
import { RARE_TEMPLATES } from './rare-templates.ts';

interface Template {
  readonly name: string;
  readonly files: Readonly<Record<string, string | { readonly base64: string } | { readonly text: string }>>;
}

const TEMPLATES: Readonly<Record<ForeignKind, readonly Template[]>> = {
  cookiecutter: [...COOKIECUTTER, ...LOCAL_EXTENSIONS],
  copier: [...QUESTIONS, ...SETTINGS, ...COPIER_REFUSED],
  'cargo-generate': [...CARGO_GENERATE, ...CARGO_GENERATE_HOOKS, ...CARGO_GENERATE_REFUSED],
  ggen: [...GGEN, ...GGEN_REFUSED],
};

// They are written by `npm run snap -- test/foreign/translations`, to be read before they are committed.
describe.each(Object.entries(TEMPLATES) as [ForeignKind, readonly Template[]][])('%s', (kind, templates) => {
  it.each([...templates, ...RARE_TEMPLATES[kind]].map((template) => [template.name, template] as const))('%s', (_name, { files }) => {
    expect(describeTemplate(kind, files)).toMatchSnapshot();
  });
});

function describeTemplate(kind: ForeignKind, files: Template['files']): string {
  const contents = Object.fromEntries(
    Object.entries(files).map(([path, content]) => {
      if (typeof content === 'string') return [path, content];
      return [path, 'text' in content ? content.text : new Uint8Array(Buffer.from(content.base64, 'base64'))];
    }),
  );
  try {
    const pack = decodeFixture(kind, { files: contents });
    const translation = (pack.foreign ?? pack.translated)?.translate?.('made' as PackName);
    return `${[...describePack(pack), ...(translation === undefined ? [] : describeTranslation(translation, contents))].join('\n')}\n`;
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    const found = error.diagnostics.map(({ severity, code, message, where, suggestion }) => {
      const place = [where?.file, where?.line, where?.column].filter((part) => part !== undefined).join(':');
      return `${severity} ${code} ${place}: ${message}${suggestion === undefined ? '' : ` (${suggestion})`}`;
    });
    return `${[`${error.code}: ${error.message}${error.hint === undefined ? '' : ` (${error.hint})`}`, ...found].join('\n')}\n`;
  }
}

function describePack({ manifest, foreign, translated }: Pack): string[] {
  const { variables, version, title, description, keywords, license } = manifest;
  return [
    json({ version, title, description, keywords, license }),
    ...variables.map((variable) => `variable ${json(variable)}`),
    ...(foreign?.templates ?? []).map(({ entry: _entry, ...template }) => `template ${json(template)}`),
    ...(foreign ?? translated)!.remarks.map(({ message, where }) => `remark ${where?.file}:${where?.line ?? ''} ${message}`),
  ];
}

function describeTranslation({ files, report }: Translation, given: Readonly<Record<string, string | Uint8Array>>): string[] {
  const same = new Set(Object.values(given));
  const parts = report.map(({ outcome, what, note, where }) => `${outcome} ${where.file}:${where.line ?? ''} ${what}: ${note}`);
  const made = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, { content, mode }]) => {
      const text = decodeUtf8(content);
      const title = `--- ${path}${mode === 0o644 ? '' : ` ${mode.toString(8)}`}`;
      return text === undefined || same.has(text) ? [`${title} as it was`] : [title, text];
    });
  return [...parts, ...made];
}

/** Maps as objects, and what is not there left out. */
function json(value: unknown): string {
  return JSON.stringify(value, (_key, item) =>
    item instanceof Map ? Object.fromEntries(item) : typeof item === 'bigint' ? `${item}n` : item,
  );
}
