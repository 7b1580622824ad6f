import { expect, it } from 'vitest';
import { MemoryProjectDir } from '../../testing/memory-project-dir.ts';
import { RecordingReporter } from '../../testing/recording-reporter.ts';
import { requireProject } from './load-project.ts';

it.each<[what: string, files: Readonly<Record<string, string>>, hint: RegExp]>([
  ['nothing', {}, /^`packs generate ID DIR` makes one/],
  ['the record of Copier', { '.copier-answers.yml': '' }, /^\.copier-answers\.yml names .*`packs adopt` takes it over$/],
  ['the record of Copier in its folder', { '.copier/.copier-answers.yml': '' }, /^\.copier\/.*`packs adopt`/],
  ['the record of cruft', { '.cruft.json': '{}', 'packsmith.toml': 'format = 1\n' }, /^\.cruft\.json names .*`packs adopt`/],
  [
    'a manifest with packs',
    { 'packsmith.toml': 'format = 1\n[packs]\na = "*"\n' },
    /`packs adopt` takes .*`packs compose --file packsmith\.toml/,
  ],
  ['a manifest without', { 'packsmith.toml': 'format = 1\n' }, /`packs adopt REF…` takes .*`packs generate ID \. --into-existing`/],
])('a directory that is no project is told what to do where it has %s', async (_, files, hint) => {
  const ports = { project: new MemoryProjectDir(files), reporter: new RecordingReporter() };
  await expect(requireProject(ports)).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND', hint: expect.stringMatching(hint) });
});
