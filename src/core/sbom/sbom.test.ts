import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import type { PlannedPackage } from '../plan/generation-plan.ts';
import { type Bill, type BillPack, formatRanges, integrityHex, packageUrl, packUrl, uniquePackages } from './bill.ts';
import { formatAnsible } from './format-ansible.ts';
import { formatCycloneDx } from './format-cyclonedx.ts';
import { formatSpdx } from './format-spdx.ts';
import { writeJson } from './write-json.ts';

const ZEROS = `sha512-${'A'.repeat(86)}==`;

function pack(id: string, more: Partial<BillPack> = {}): BillPack {
  return { id, version: '1.0.0', license: 'MIT', description: `The ${id}`, integrity: ZEROS, source: 'builtin', dependencies: [], ...more };
}

function packageOf(ecosystem: PlannedPackage['ecosystem'], name: string, ranges: readonly string[], dev = false): PlannedPackage {
  return { ecosystem, name, dev, ranges: ranges.map((range, index) => ({ pack: index === 0 ? 'api' : 'base', range })) } as PlannedPackage;
}

const BILL: Bill = {
  subject: { kind: 'project', name: 'tea shop', version: '0.1.0' },
  packs: [
    pack('base', { license: undefined, source: 'gh:owner/base', integrity: 'sha1-x' }),
    pack('api', { dependencies: ['base', 'elsewhere'], license: 'No License' }),
  ],
  roots: ['api'],
  packages: [
    packageOf('npm', '@scope/fastify', ['^5.0.0', '^5.0.0']),
    packageOf('npm', 'vitest', ['^4.0.0'], true),
    packageOf('pypi', 'Flask_Cors', ['>=4', '2.0', '*']),
    packageOf('cargo', 'serde', ['1'], true),
    packageOf('cargo', 'tokio', ['1']),
  ],
  created: '2026-03-05T07:08:09.123Z',
  toolVersion: '0.1.0',
};

/** A bill of nothing. */
const EMPTY: Bill = { ...BILL, subject: { kind: 'pack', name: 'lone', version: undefined }, packs: [], roots: [], packages: [] };

it.each([
  ['npm', '@scope/a', 'pkg:npm/%40scope/a'],
  ['pypi', 'Flask_Cors', 'pkg:pypi/flask-cors'],
  ['cargo', 'serde_json', 'pkg:cargo/serde_json'],
] as const)('a package of %s called %s has the address %s', (ecosystem, name, url) => expect(packageUrl({ ecosystem, name })).toBe(url));

it('a pack has an address, ranges are listed once, and an integrity is shown as hexadecimal', () => {
  expect(packUrl({ id: 'a+b', version: '1.0.0-rc.1+x' })).toBe('pkg:generic/a%2Bb@1.0.0-rc.1%2Bx');
  expect(formatRanges(packageOf('npm', 'a', ['^1', '^1', '^2']))).toBe('^1 ^2');
  expect(integrityHex(ZEROS)).toBe('0'.repeat(128));
  expect(integrityHex(`sha512-${Buffer.from('ab'.repeat(64), 'hex').toString('base64')}`)).toBe('ab'.repeat(64));
  expect(integrityHex('sha512-short')).toBeUndefined();
});

// What is expected is written by `npm run snap -- src/core/sbom`, to be read before it is committed.
it.each([
  ['CycloneDX', formatCycloneDx],
  ['SPDX', formatSpdx],
  ['a play of Ansible', formatAnsible],
])('is whole as %s', (_, format) => expect(format({ ...BILL, packs: [...BILL.packs, pack('@acme/web')] })).toMatchSnapshot());

describe('CycloneDX', () => {
  it('says what depends on what, and only licenses that are expressions', () => {
    expect(formatCycloneDx(BILL)).toMatchObject({
      metadata: { component: { 'bom-ref': 'project:tea shop', version: '0.1.0' } },
      components: [
        { name: 'base', properties: [{ value: 'sha1-x' }, { value: 'gh:owner/base' }] },
        { name: 'api', properties: [{ value: ZEROS }, { value: 'builtin' }, { name: 'packsmith:sha512', value: '0'.repeat(128) }] },
        {
          name: '@scope/fastify',
          scope: 'required',
          properties: [{ value: '^5.0.0' }, { name: 'packsmith:range:api' }, { name: 'packsmith:range:base' }],
        },
        { name: 'vitest', scope: 'excluded' },
        { name: 'Flask_Cors' },
        { name: 'serde' },
        { name: 'tokio' },
      ],
      dependencies: expect.arrayContaining([
        { ref: 'project:tea shop', dependsOn: ['pkg:generic/api@1.0.0'] },
        { ref: 'pkg:generic/base@1.0.0', dependsOn: ['pkg:npm/%40scope/fastify', 'pkg:pypi/flask-cors'] },
        {
          ref: 'pkg:generic/api@1.0.0',
          dependsOn: [
            'pkg:generic/base@1.0.0',
            'pkg:npm/%40scope/fastify',
            'pkg:npm/vitest',
            'pkg:pypi/flask-cors',
            'pkg:cargo/serde',
            'pkg:cargo/tokio',
          ],
        },
      ]),
    });
    expect(JSON.stringify(formatCycloneDx(BILL))).not.toContain('licenses');
    expect(formatCycloneDx({ ...BILL, packs: [pack('api')] })).toMatchObject({
      components: [{ licenses: [{ expression: 'MIT' }] }, {}, {}, {}, {}, {}],
    });
  });

  it('of nothing has its subject alone', () => {
    const bill = formatCycloneDx(EMPTY) as { metadata: { component: object }; components: unknown[]; dependencies: unknown[] };
    expect(bill.metadata.component).toEqual({ type: 'application', 'bom-ref': 'pack:lone', name: 'lone' });
    expect([bill.components, bill.dependencies]).toEqual([[], [{ ref: 'pack:lone', dependsOn: [] }]]);
  });
});

describe('SPDX', () => {
  it('relates packs and packages, and what is for development the other way round', () => {
    const { relationships, creationInfo, documentNamespace } = formatSpdx(BILL) as {
      relationships: readonly { spdxElementId: string; relationshipType: string; relatedSpdxElement: string }[];
      creationInfo: { created: string };
      documentNamespace: string;
    };
    const texts = relationships.map(({ spdxElementId, relationshipType, relatedSpdxElement }) =>
      `${spdxElementId} ${relationshipType} ${relatedSpdxElement}`.replaceAll('SPDXRef-', ''),
    );
    expect(texts).toEqual([
      'DOCUMENT DESCRIBES Subject',
      'Subject DEPENDS_ON Pack-2',
      'Pack-2 DEPENDS_ON Pack-1',
      'Pack-2 DEPENDS_ON Package-1',
      'Pack-1 DEPENDS_ON Package-1',
      'Package-2 DEV_DEPENDENCY_OF Pack-2',
      'Pack-2 DEPENDS_ON Package-3',
      'Pack-1 DEPENDS_ON Package-3',
      'Pack-1 DEPENDS_ON Package-3',
      'Package-4 DEV_DEPENDENCY_OF Pack-2',
      'Pack-2 DEPENDS_ON Package-5',
    ]);
    expect(creationInfo.created).toBe('2026-03-05T07:08:09Z');
    expect(documentNamespace).toBe(`https://packsmith.invalid/spdx/tea%20shop-0.1.0/sha512${'A'.repeat(34)}`);
  });

  it('hangs what a pack brings that is no part of the bill on its subject', () => {
    const { relationships } = formatSpdx({ ...BILL, packs: [], roots: [] }) as { relationships: readonly object[] };
    expect(relationships).toContainEqual({
      spdxElementId: 'SPDXRef-Subject',
      relationshipType: 'DEPENDS_ON',
      relatedSpdxElement: 'SPDXRef-Package-1',
    });
    expect(relationships).toContainEqual({
      spdxElementId: 'SPDXRef-Package-2',
      relationshipType: 'DEV_DEPENDENCY_OF',
      relatedSpdxElement: 'SPDXRef-Subject',
    });
  });

  it('has another namespace for other content, and none of a pack where there is none', () => {
    expect(formatSpdx(EMPTY)).toMatchObject({ name: 'lone', documentNamespace: 'https://packsmith.invalid/spdx/lone/empty' });
    expect(formatSpdx({ ...BILL, roots: [] })).toMatchObject({
      documentNamespace: 'https://packsmith.invalid/spdx/tea%20shop-0.1.0/sha1x',
    });
    expect(formatSpdx(BILL)).toMatchObject({
      packages: [{}, { licenseDeclared: 'NOASSERTION' }, { licenseDeclared: 'NOASSERTION' }, {}, {}, {}, {}, {}],
    });
  });
});

describe('Ansible', () => {
  interface Task {
    readonly name: string;
    readonly 'ansible.builtin.command'?: { readonly argv: readonly string[]; readonly chdir?: string };
    readonly 'ansible.builtin.pip'?: { readonly name: readonly string[] };
  }

  function tasks(bill: Bill): string[] {
    const [play] = parse(formatAnsible(bill)) as readonly [{ readonly tasks: readonly Task[] }];
    return play.tasks.map((task) => {
      const { argv, chdir } = task['ansible.builtin.command'] ?? { argv: task['ansible.builtin.pip']?.name ?? [] };
      return `${task.name}: ${argv.join(' ')}${chdir === undefined ? '' : ` in ${chdir}`}`;
    });
  }

  it('installs what a bill has, packages for development apart', () => {
    expect(tasks(BILL)).toEqual([
      'Install the packs: packs install base@1.0.0 --yes',
      'Install packages from npm: npm install -- @scope/fastify@^5.0.0 in {{ project_directory }}',
      'Install packages for development from npm: npm install --save-dev -- vitest@^4.0.0 in {{ project_directory }}',
      'Install packages from PyPI: Flask_Cors>=4,>=2.0',
      'Add the crate serde: cargo add serde@1 --dev in {{ project_directory }}',
      'Add the crate tokio: cargo add tokio@1 in {{ project_directory }}',
    ]);
  });

  it('does nothing for a bill of nothing', () => {
    expect(formatAnsible(EMPTY)).toContain('Install what lone needs');
    expect(tasks(EMPTY)).toEqual([]);
  });

  it('takes no text of packs, and no name of a directory, for a template', () => {
    const evil = "{% endraw %}{{ lookup('pipe', 'id') }}{# #}";
    const packages = (['npm', 'pypi', 'cargo'] as const).map((ecosystem) => packageOf(ecosystem, evil, [evil, '\u001b]0;x\u0007\n1']));
    const text = formatAnsible({ ...EMPTY, subject: { ...EMPTY.subject, name: evil }, packs: [pack(evil, { source: evil })], packages });
    const tagged = text.split('\n').filter((line) => line.includes('lookup'));
    expect(tagged.length).toBeGreaterThan(5);
    expect(tagged.filter((line) => !line.includes('!unsafe '))).toEqual([]);
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(parseDocument(text).errors).toEqual([]);
  });
});

it('texts are escaped in JSON where a terminal would obey them, and mean the same', () => {
  const value = { '\u202e': 'a\u001b[2J\u009b\u2066\u200f\ufeff"\\é' };
  const text = writeJson(value);
  expect(text).toMatch(/^[\n\u0020-\u007eé]*$/);
  expect(JSON.parse(text)).toEqual(value);
});

it('names that an ecosystem takes for one are one package', () => {
  const both = [
    packageOf('pypi', 'Flask_Cors', ['>=4'], true),
    packageOf('pypi', 'flask.cors[async]', ['<6']),
    packageOf('npm', 'a', ['1']),
  ];
  expect(uniquePackages(both)).toEqual([
    {
      ...both[0],
      dev: false,
      ranges: [
        { pack: 'api', range: '>=4' },
        { pack: 'api', range: '<6' },
      ],
    },
    both[2],
  ]);
});
