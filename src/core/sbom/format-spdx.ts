import { type Bill, type BillPack, formatRanges, licenseOf, packageUrl, packUrl } from './bill.ts';

/** A bill in SPDX 2.3, as JSON. The namespace is made from what is in the bill, so that other content has another one. */
export function formatSpdx({ subject, packs, roots, packages, created, toolVersion }: Bill): object {
  const own = 'SPDXRef-Subject';
  const ids = new Map([...packs].map((pack, index) => [pack.id, `SPDXRef-Pack-${index + 1}`]));
  const idsOf = (names: readonly string[]) => names.flatMap((name) => ids.get(name) ?? []);
  const packageId = (index: number) => `SPDXRef-Package-${index + 1}`;
  const digest = (packs.find(({ id }) => roots.includes(id)) ?? packs[0])?.integrity.replace(/[^A-Za-z0-9]/g, '').slice(0, 40) ?? 'empty';
  const label = [subject.name, subject.version].filter((part) => part !== undefined).join('-');
  const depends = (from: string, to: readonly string[]) => to.map((each) => relation(from, 'DEPENDS_ON', each));
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: label,
    documentNamespace: `https://packsmith.invalid/spdx/${encodeURIComponent(label)}/${digest}`,
    creationInfo: { created: created.replace(/\.\d+Z$/, 'Z'), creators: [`Tool: packsmith-${toolVersion}`] },
    documentDescribes: [own],
    packages: [
      { SPDXID: own, name: subject.name, ...(subject.version && { versionInfo: subject.version }), ...NOTHING_KNOWN },
      ...packs.map((pack, index) => describePack(pack, `SPDXRef-Pack-${index + 1}`)),
      ...packages.map((entry, index) => ({
        SPDXID: packageId(index),
        name: entry.name,
        ...NOTHING_KNOWN,
        comment: `range: ${formatRanges(entry)}`,
        externalRefs: [purl(packageUrl(entry))],
      })),
    ],
    relationships: [
      relation('SPDXRef-DOCUMENT', 'DESCRIBES', own),
      ...depends(own, idsOf(roots)),
      ...packs.flatMap(({ id, dependencies }) => depends(ids.get(id) ?? own, idsOf(dependencies))),
      ...packages.flatMap(({ ranges, dev }, index) =>
        ranges.map(({ pack }) =>
          dev
            ? relation(packageId(index), 'DEV_DEPENDENCY_OF', ids.get(pack) ?? own)
            : relation(ids.get(pack) ?? own, 'DEPENDS_ON', packageId(index)),
        ),
      ),
    ],
  };
}

const NOTHING_KNOWN = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  licenseDeclared: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
};

function describePack(pack: BillPack, id: string): object {
  return {
    SPDXID: id,
    name: pack.id,
    versionInfo: pack.version,
    ...NOTHING_KNOWN,
    licenseDeclared: licenseOf(pack) ?? 'NOASSERTION',
    description: pack.description,
    comment: `integrity: ${pack.integrity}; source: ${pack.source}`,
    externalRefs: [purl(packUrl(pack))],
  };
}

function purl(locator: string): object {
  return { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: locator };
}

function relation(from: string, type: string, to: string): object {
  return { spdxElementId: from, relationshipType: type, relatedSpdxElement: to };
}
