import { describe, expect, it } from 'vitest';
import { nodeSigningTools as tools } from '../../adapters/signing/node-signing-tools.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { Publication } from '../../ports/pack-publisher.ts';
import { MemoryDataFiles } from '../../testing/memory-data-files.ts';
import { MemoryPackSource } from '../../testing/memory-pack-source.ts';
import { makePack, type PackFixture } from '../../testing/pack-fixture.ts';
import { applyPublish, type PublishPorts, type PublishRequest, planPublish } from './publish-pack.ts';

const web = (version: string, more: PackFixture = {}): Pack =>
  makePack({
    id: 'web',
    version,
    ...more,
    files: {
      'README.md': '# Web\n',
      LICENSE: 'MIT\n',
      'CHANGELOG.md': `# Changes\n\n## ${version}\n\n- it\n`,
      'templates/a.txt': 'a\n',
      ...more.files,
    },
  });

interface Scene {
  readonly files?: FileTree;
  readonly published?: readonly Pack[];
  /** Why no registry is opened. */
  readonly missing?: PacksmithError;
  readonly keys?: readonly { readonly name: string; readonly keyId: string }[];
}

async function plan(request: Partial<PublishRequest>, { files = web('1.1.0').files, published = [], missing, keys = [] }: Scene = {}) {
  const given: Publication[] = [];
  const ports = {
    packFiles: {
      readDirectory: () => files,
      buildArchive: (tree: FileTree) => ({ bytes: new Uint8Array(tree.size), integrity: 'sha512-archive', shasum: '' }),
    },
    publishers: {
      open: () => {
        if (missing !== undefined) throw missing;
        const publish = async (publication: Publication) => void given.push(publication);
        return { kind: 'folder', name: 'main', location: '/registry', source: MemoryPackSource.of(...published), publish };
      },
    },
    signer: { tools, list: () => keys, sign: async () => Uint8Array.of(1, 2, 3) },
    dataFiles: new MemoryDataFiles(),
    openSparqlEngine: async () => {
      throw new Error('there is no graph to be read');
    },
  } as unknown as PublishPorts;
  const planned = await planPublish({ directory: '/web', signal: new AbortController().signal, ...request }, ports);
  const failed = planned.plan.gates.filter(({ passed }) => !passed).map(({ name }) => name);
  return { ...planned, planned, failed, given };
}

const UNKNOWN = new PacksmithError('REGISTRY_UNKNOWN', 'no registry is configured');

describe('a publication', () => {
  it('is planned with everything that it would do, and published as planned', async () => {
    const { plan: made, planned, failed, given } = await plan({ access: 'public', otp: '123456' }, { published: [web('1.0.0')] });
    expect(failed).toEqual([]);
    expect(made).toMatchObject({
      id: 'web',
      version: '1.1.0',
      tag: 'latest',
      previous: '1.0.0',
      integrity: 'sha512-archive',
      passes: true,
      signature: undefined,
    });
    expect(made.registry).toEqual({ kind: 'folder', name: 'main', location: '/registry' });
    expect(given).toEqual([]);
    await applyPublish(planned);
    expect(given).toMatchObject([{ access: 'public', otp: '123456', tag: 'latest', readme: '# Web\n' }]);
  });

  it('has the tag that was asked for, and that of a prerelease', async () => {
    expect((await plan({ tag: 'canary' })).plan.tag).toBe('canary');
    expect((await plan({}, { files: web('2.0.0-beta.1').files })).plan.tag).not.toBe('latest');
  });

  it('is signed with the key that is named', async () => {
    const keys = [{ name: 'ada', keyId: 'SHA256:abc' }];
    const { plan: made } = await plan({ sign: 'ada' }, { keys });
    expect(made.signature).toEqual({ key: 'ada', keyId: 'SHA256:abc' });
    expect(made.files.length).toBe((await plan({})).plan.files.length + 1);
  });

  it('can be looked at without a registry, but not be made', async () => {
    const { plan: made, planned, publisher } = await plan({ isPreview: true }, { missing: UNKNOWN });
    expect([made.registry, made.previous, publisher, made.passes]).toEqual([undefined, undefined, undefined, true]);
    await expect(applyPublish(planned)).rejects.toMatchObject({ code: 'PUBLISH_REFUSED' });
  });

  it.each<[what: string, request: Partial<PublishRequest>, missing: PacksmithError]>([
    ['it is no preview', {}, UNKNOWN],
    ['one is named', { isPreview: true, registry: 'main' }, UNKNOWN],
    ['it can only be read', { isPreview: true }, new PacksmithError('REGISTRY_READ_ONLY', 'read only')],
  ])('needs a registry where %s', async (_, request, missing) => {
    await expect(plan(request, { missing })).rejects.toBe(missing);
  });
});

describe('a publication is refused, and nothing is published,', () => {
  it.each<[what: string, files: FileTree, gate: string, name: string]>([
    ['without a README', new Map([...web('1.1.0').files].filter(([path]) => path !== 'README.md')), 'readme', 'web 1.1.0'],
    ['with a manifest that has errors', web('1.1.0', { files: { 'pack.toml': 'format = 9\n' } }).files, 'valid', 'the pack'],
    [
      'with data that cannot be read',
      web('1.1.0', { manifest: '[data.it]\ndefault = "a.json"\n', files: { 'a.json': '{' } }).files,
      'valid',
      'web 1.1.0',
    ],
    ['with a version that is there', web('1.0.0').files, 'version', 'web 1.0.0'],
  ])('%s', async (_, files, gate, name) => {
    const { planned, failed, given } = await plan({}, { files, published: [web('1.0.0')] });
    expect(failed).toContain(gate);
    await expect(applyPublish(planned)).rejects.toMatchObject({
      code: 'PUBLISH_REFUSED',
      message: expect.stringMatching(new RegExp(`^${name} is not published: .*${gate}`)),
      diagnostics: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]),
    });
    expect(given).toEqual([]);
  });
});
