import { checkLicense } from '../manifest/spdx.ts';
import type { PlannedPackage } from '../plan/generation-plan.ts';

/** A pack that is part of what a bill is of. */
export interface BillPack {
  readonly id: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string | undefined;
  readonly description: string;
  /** `sha512-…` over all its files. */
  readonly integrity: string;
  /** `builtin`, or a reference without credentials. */
  readonly source: string;
  /** Ids of the packs of the bill that it needs, in code-unit order. */
  readonly dependencies: readonly string[];
}

/** Everything that a pack or a project is made of. The same packs and answers give the same bill: it has no serial number and no clock. */
export interface Bill {
  /** The pack or project. */
  readonly subject: { readonly kind: 'pack' | 'project'; readonly name: string; readonly version: string | undefined };
  /** In order of composition. */
  readonly packs: readonly BillPack[];
  /** The ids of the packs that were asked for. */
  readonly roots: readonly string[];
  readonly packages: readonly PlannedPackage[];
  /** ISO 8601 in UTC: the instant of the project, or what the environment says. */
  readonly created: string;
  readonly toolVersion: string;
}

/** The address of a package by the package-URL specification, without a version: a bill has ranges, and what is installed decides about versions. */
export function packageUrl({ ecosystem, name }: Pick<PlannedPackage, 'ecosystem' | 'name'>): string {
  const normal =
    ecosystem === 'pypi'
      ? name
          .replace(/\[.*/s, '')
          .toLowerCase()
          .replace(/[-_.]+/g, '-')
      : name;
  return `pkg:${ecosystem}/${normal.split('/').map(encodeURIComponent).join('/')}`;
}

/** One entry for each address: names that an ecosystem takes for one are one package, with the ranges of all of them. */
export function uniquePackages(packages: readonly PlannedPackage[]): PlannedPackage[] {
  const known = new Map<string, PlannedPackage>();
  for (const entry of packages) {
    const url = packageUrl(entry);
    const other = known.get(url);
    known.set(url, other === undefined ? entry : { ...other, dev: other.dev && entry.dev, ranges: [...other.ranges, ...entry.ranges] });
  }
  return [...known.values()];
}

/** The licence of a pack where it is an SPDX expression. */
export function licenseOf({ license }: Pick<BillPack, 'license'>): string | undefined {
  return license !== undefined && checkLicense(license).every(({ severity }) => severity !== 'error') ? license : undefined;
}

/** The address of a pack: packs have no package-URL type of their own. */
export function packUrl({ id, version }: Pick<BillPack, 'id' | 'version'>): string {
  return `pkg:generic/${id.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`;
}

/** Who asks for which versions, as one text. */
export function formatRanges({ ranges }: Pick<PlannedPackage, 'ranges'>): string {
  return [...new Set(ranges.map(({ range }) => range))].join(' ');
}

/** The bytes of an integrity as hexadecimal; `undefined` where it is not of SHA-512. */
export function integrityHex(integrity: string): string | undefined {
  const [, base64] = /^sha512-([A-Za-z0-9+/]{86}==)$/.exec(integrity) ?? [];
  if (base64 === undefined) return undefined;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const bits = [...base64.replace(/=+$/, '')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(6, '0')).join('');
  return (bits.slice(0, 512).match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join('');
}
