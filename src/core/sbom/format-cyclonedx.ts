import { type Bill, type BillPack, formatRanges, integrityHex, licenseOf, packageUrl, packUrl } from './bill.ts';

/** A bill in CycloneDX 1.6. */
export function formatCycloneDx({ subject, packs, roots, packages, toolVersion }: Bill): object {
  const subjectRef = `${subject.kind}:${subject.name}`;
  const refs = new Map(packs.map((pack) => [pack.id, packUrl(pack)]));
  const refsOf = (ids: readonly string[]) => ids.flatMap((id) => refs.get(id) ?? []);
  const broughtBy = (id: string) => packages.filter(({ ranges }) => ranges.some(({ pack }) => pack === id)).map(packageUrl);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', name: 'packsmith', version: toolVersion }] },
      component: { type: 'application', 'bom-ref': subjectRef, name: subject.name, ...(subject.version && { version: subject.version }) },
    },
    components: [
      ...packs.map(packComponent),
      ...packages.map((entry) => ({
        type: 'library',
        'bom-ref': packageUrl(entry),
        name: entry.name,
        scope: entry.dev ? 'excluded' : 'required',
        purl: packageUrl(entry),
        properties: [
          { name: 'packsmith:range', value: formatRanges(entry) },
          ...entry.ranges.map(({ pack, range }) => ({ name: `packsmith:range:${pack}`, value: range })),
        ],
      })),
    ],
    dependencies: [
      { ref: subjectRef, dependsOn: refsOf(roots) },
      ...packs.map((pack) => ({ ref: packUrl(pack), dependsOn: [...refsOf(pack.dependencies), ...broughtBy(pack.id)] })),
      ...packages.map((entry) => ({ ref: packageUrl(entry) })),
    ],
  };
}

function packComponent(pack: BillPack): object {
  const hex = integrityHex(pack.integrity);
  const license = licenseOf(pack);
  return {
    type: 'data',
    'bom-ref': packUrl(pack),
    name: pack.id,
    version: pack.version,
    description: pack.description,
    ...(license !== undefined && { licenses: [{ expression: license }] }),
    purl: packUrl(pack),
    // The hash of an archive is something else: this one is over all files of the pack.
    properties: [
      { name: 'packsmith:integrity', value: pack.integrity },
      { name: 'packsmith:source', value: pack.source },
      ...(hex === undefined ? [] : [{ name: 'packsmith:sha512', value: hex }]),
    ],
  };
}
