import { describe, expect, it } from 'vitest';
import { gatherLintFacts } from '../../src/core/quality/lint-facts.ts';
import { lintPack } from '../../src/core/quality/lint-pack.ts';
import { loadShippedPacks } from '../support/shipped-packs.ts';

const packs = await loadShippedPacks();
const dependencies = new Map(packs.map(({ manifest }) => [manifest.id as string, { manifest, deprecated: undefined }]));

describe('the shipped packs', () => {
  it.each(packs.map((pack) => [pack.manifest.id, pack] as const))('%s is lint-clean, notes included', (_id, pack) => {
    const { findings } = lintPack(gatherLintFacts(pack, dependencies));
    expect(
      findings.map(({ rule, severity, message, where }) => `${severity} ${rule} ${where.file}:${where.line ?? ''} ${message}`),
    ).toEqual([]);
  });
});
