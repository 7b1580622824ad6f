import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Pack } from '../../src/core/pack/pack.ts';
import { readPlannedContent } from '../../src/core/plan/planned-contents.ts';
import { answersFromFlags } from '../../src/core/template/answers/given-sources.ts';
import { decodeUtf8 } from '../../src/core/text/utf8.ts';
import { planGeneration } from '../../src/ops/plan-generation.ts';
import { request, world } from '../support/memory-world.ts';
import { loadShippedPacks, SHIPPED, SHIPPED_IDS } from '../support/shipped-packs.ts';

/** A case of a pack, as `tests/*.toml` has it. */
interface PackCase {
  readonly name: string;
  readonly variables: Record<string, string | number | boolean>;
  readonly expect: { readonly files: string[]; readonly absent?: string[]; readonly contains?: Record<string, string[]> };
}

const CASES = SHIPPED_IDS.flatMap((id) =>
  readdirSync(join(SHIPPED, id, 'tests')).map((file) => {
    const text = readFileSync(join(SHIPPED, id, 'tests', file), 'utf8');
    return { id, file, case: parseToml(text) as unknown as PackCase };
  }),
);

let shipped: readonly Pack[] = [];
beforeAll(async () => {
  shipped = await loadShippedPacks();
});

describe('the cases of the shipped packs', () => {
  it.each(CASES)('$id: $case.name', async ({ id, case: wanted }) => {
    const given = [answersFromFlags(Object.entries(wanted.variables).map(([name, value]) => `${name}=${value}`))];
    const { plan } = await planGeneration(request([id], { given }), world(shipped));
    expect(plan.conflicts).toEqual([]);
    const files = plan.paths.filter(({ class: kind, after }) => kind !== 'record' && after !== undefined);
    const paths = files.map(({ path }) => path as string);
    expect(paths).toEqual(expect.arrayContaining(wanted.expect.files));
    expect(paths.filter((path) => wanted.expect.absent?.includes(path))).toEqual([]);
    for (const [path, texts] of Object.entries(wanted.expect.contains ?? {})) {
      const digest = files.find((file) => file.path === path)?.after?.digest;
      const text = digest === undefined ? '' : decodeUtf8(readPlannedContent(plan, digest));
      for (const part of texts) expect(text, path).toContain(part);
    }
  });
});
