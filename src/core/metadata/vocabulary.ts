import { type NamedNode, namedNode } from './rdf.ts';

/** The namespace of packsmith's own terms. A URN: it names, and promises no server. */
export const NAMESPACE = 'urn:packsmith:ns#';

/** The prefixes that every query may use without declaring them, and that RDF is written with. */
export const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['ps', NAMESPACE],
  ['pack', 'urn:packsmith:pack:'],
  ['dcat', 'http://www.w3.org/ns/dcat#'],
  ['dcterms', 'http://purl.org/dc/terms/'],
  ['owl', 'http://www.w3.org/2002/07/owl#'],
  ['prov', 'http://www.w3.org/ns/prov#'],
  ['rdf', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  ['schema', 'https://schema.org/'],
  ['sh', 'http://www.w3.org/ns/shacl#'],
  ['skos', 'http://www.w3.org/2004/02/skos/core#'],
  ['spdx', 'http://spdx.org/rdf/terms#'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
]);

interface Term {
  readonly comment: string;
  /** The terms of common vocabularies that say the same, or something wider: a class is their subclass, a property their subproperty. */
  readonly within?: readonly string[];
}

interface Property extends Term {
  readonly of: string;
  /** A class of this vocabulary, or a datatype of XML Schema; absent: a resource that is named elsewhere. */
  readonly gives?: string;
}

/** What there is. */
export const CLASSES = {
  Pack: { comment: 'One version of a pack.', within: ['schema:SoftwareSourceCode', 'dcat:Resource', 'spdx:Package', 'prov:Entity'] },
  Series: { comment: 'A pack whatever its version: what ids and dependencies name.', within: ['dcat:Resource'] },
  Dependency: { comment: 'What a pack needs of another pack.' },
  Package: { comment: 'A package of an ecosystem, named by its package URL.', within: ['schema:SoftwareApplication'] },
  Requirement: { comment: 'What a pack needs of a package.' },
  Variable: { comment: 'What a pack asks when it is generated.', within: ['schema:PropertyValueSpecification'] },
  Template: { comment: 'What a pack makes a file of, or a part of one.', within: ['prov:Plan'] },
  Query: { comment: 'A named query of a pack.' },
  Hook: { comment: 'A command that a pack would like to run.' },
  TestCase: { comment: 'A test case of a pack.' },
  Measure: { comment: 'A part of the measured quality of a pack.', within: ['schema:Rating'] },
  Agent: { comment: 'Who made a pack.', within: ['prov:Agent', 'dcterms:Agent'] },
  Project: { comment: 'A project that was generated.', within: ['schema:SoftwareSourceCode', 'prov:Entity'] },
  GeneratedFile: { comment: 'A file as it was generated.', within: ['prov:Entity'] },
  Answer: { comment: 'The value of a variable in a project. Secrets have none.', within: ['schema:PropertyValue'] },
} as const satisfies Record<string, Term>;

/** What is said of it. Of Dublin Core, DCAT and schema.org, terms are used as they are where they fit: see the reference. */
export const PROPERTIES = {
  id: {
    of: 'Pack, Series',
    gives: 'xsd:string',
    comment: 'The id, such as web-api-starter or @scope/name.',
    within: ['dcterms:identifier'],
  },
  version: { of: 'Pack', gives: 'xsd:string', comment: 'SemVer 2.0.0.', within: ['schema:softwareVersion', 'spdx:versionInfo'] },
  series: { of: 'Pack', gives: 'Series', comment: 'What it is a version of.', within: ['dcterms:isVersionOf'] },
  category: { of: 'Pack', gives: 'xsd:string', comment: 'Its category.', within: ['schema:applicationCategory'] },
  licenseExpression: {
    of: 'Pack',
    gives: 'xsd:string',
    comment: 'Its licence as an SPDX expression; dcterms:license names each licence in it.',
  },
  requires: {
    of: 'Pack',
    gives: 'xsd:string',
    comment: 'The versions of packsmith that can load it, as a range.',
    within: ['schema:softwareRequirements'],
  },
  source: { of: 'Pack', gives: 'xsd:string', comment: 'The kind of place it comes from, such as builtin or installed.' },
  integrity: { of: 'Pack', gives: 'xsd:string', comment: 'SHA-512 of all its files, as Subresource Integrity.' },
  isShadowed: { of: 'Pack', gives: 'xsd:boolean', comment: 'Whether a pack of the same id that comes first hides it.' },
  supersededBy: {
    of: 'Pack',
    gives: 'Pack',
    comment: 'The newest version in the catalogue, where that is a newer one.',
    within: ['dcterms:isReplacedBy'],
  },
  score: {
    of: 'Pack',
    gives: 'xsd:decimal',
    comment: 'Its measured quality, from 0 to 100, as far as its files show it.',
    within: ['schema:ratingValue'],
  },
  measure: { of: 'Pack', gives: 'Measure', comment: 'A part of its score.' },
  gained: { of: 'Measure', gives: 'xsd:decimal', comment: 'The points that the pack has.', within: ['schema:ratingValue'] },
  worth: { of: 'Measure', gives: 'xsd:decimal', comment: 'The points that there are.', within: ['schema:bestRating'] },
  dependsOn: { of: 'Pack', gives: 'Pack', comment: 'The pack of the catalogue that a dependency names.', within: ['dcterms:requires'] },
  dependency: { of: 'Pack', gives: 'Dependency', comment: 'One of its dependencies.' },
  on: { of: 'Dependency', gives: 'Series', comment: 'What is needed.' },
  range: { of: 'Dependency, Requirement', gives: 'xsd:string', comment: 'Which versions will do.' },
  isOptional: { of: 'Dependency', gives: 'xsd:boolean', comment: 'Whether it works without.' },
  reason: { of: 'Dependency', gives: 'xsd:string', comment: 'Why it is needed.' },
  usesPackage: { of: 'Pack', gives: 'Package', comment: 'A package that the generated project depends on.', within: ['dcterms:requires'] },
  requirement: { of: 'Pack', gives: 'Requirement', comment: 'One of its requirements.' },
  package: { of: 'Requirement', gives: 'Package', comment: 'What is needed.' },
  isDevelopment: { of: 'Requirement', gives: 'xsd:boolean', comment: 'Whether only development needs it.' },
  ecosystem: { of: 'Package', gives: 'xsd:string', comment: 'npm, pypi or cargo.' },
  name: { of: 'Package, Variable, Query, Hook, Measure', gives: 'xsd:string', comment: 'Its name.', within: ['schema:name'] },
  variable: { of: 'Pack', gives: 'Variable', comment: 'One of its variables.' },
  type: { of: 'Variable', gives: 'xsd:string', comment: 'string, integer, choice …' },
  prompt: { of: 'Variable', gives: 'xsd:string', comment: 'The question.' },
  group: { of: 'Variable', gives: 'xsd:string', comment: 'The heading under which it is asked.' },
  default: {
    of: 'Variable',
    gives: 'xsd:string',
    comment: 'The default as it is written, which may be a template.',
    within: ['schema:defaultValue'],
  },
  pattern: { of: 'Variable', gives: 'xsd:string', comment: 'A regular expression.', within: ['schema:valuePattern'] },
  choice: { of: 'Variable', gives: 'xsd:string', comment: 'One value that it accepts.' },
  minimum: { of: 'Variable', gives: 'xsd:decimal', comment: 'The least value.', within: ['schema:minValue'] },
  maximum: { of: 'Variable', gives: 'xsd:decimal', comment: 'The greatest value.', within: ['schema:maxValue'] },
  isRequired: { of: 'Variable', gives: 'xsd:boolean', comment: 'Whether it must have a value.', within: ['schema:valueRequired'] },
  isShared: { of: 'Variable', gives: 'xsd:boolean', comment: 'Whether packs that declare it alike share one value.' },
  when: { of: 'Variable, Requirement, Template', gives: 'xsd:string', comment: 'An expression: it counts only where that is true.' },
  template: { of: 'Pack, GeneratedFile', gives: 'Template', comment: 'One of its templates; the template it came from.' },
  path: { of: 'Template, TestCase, GeneratedFile', gives: 'xsd:string', comment: 'Its path below the pack or the project.' },
  output: { of: 'Template', gives: 'xsd:string', comment: 'The path that it writes, which may be a template.' },
  into: { of: 'Template', gives: 'xsd:string', comment: 'The path of the file into which its text goes.' },
  forEach: { of: 'Template', gives: 'xsd:string', comment: 'An expression that gives rows: one file for each.' },
  reads: {
    of: 'Template',
    gives: 'Variable',
    comment: 'A variable of its pack that its text, path or condition reads.',
    within: ['prov:used'],
  },
  query: { of: 'Pack', gives: 'Query', comment: 'One of its named queries.' },
  hook: { of: 'Pack', gives: 'Hook', comment: 'One of its hooks.' },
  stage: { of: 'Hook', gives: 'xsd:string', comment: 'When it runs, such as post_generate.' },
  testCase: { of: 'Pack', gives: 'TestCase', comment: 'One of its test cases.' },
  uses: { of: 'Project', gives: 'Pack', comment: 'A pack that it was generated from.', within: ['prov:wasDerivedFrom'] },
  generatedFile: { of: 'Project', gives: 'GeneratedFile', comment: 'One of its generated files.' },
  generatedAt: { of: 'Project', gives: 'xsd:dateTime', comment: 'The instant that its templates saw.', within: ['prov:generatedAtTime'] },
  from: { of: 'GeneratedFile', gives: 'Pack', comment: 'A pack that gave the file, or a part of it.', within: ['prov:wasDerivedFrom'] },
  sha256: { of: 'GeneratedFile', gives: 'xsd:string', comment: 'SHA-256 of the file as it was generated.' },
  answer: { of: 'Project', gives: 'Answer', comment: 'One of its answers.' },
  to: { of: 'Answer', gives: 'xsd:string', comment: 'The name of the variable; behind the id of a pack where only that pack has it.' },
  value: { of: 'Answer', gives: 'xsd:string', comment: 'The value: text as it is, anything else as JSON.', within: ['schema:value'] },
} as const satisfies Record<string, Property>;

/** The terms of what has to be measured first. */
const MEASURED: readonly string[] = ['score', 'measure', 'gained', 'worth', 'Measure'] satisfies (
  | keyof typeof CLASSES
  | keyof typeof PROPERTIES
)[];

/** Whether text that is an IRI or a prefixed name names what has to be measured first. */
export function isMeasured(name: string): boolean {
  return MEASURED.some((local) => name === `<${NAMESPACE}${local}>` || name === NAMESPACE + local || name.endsWith(`:${local}`));
}

/** A class or a property of packsmith. */
export function term(name: keyof typeof CLASSES | keyof typeof PROPERTIES): NamedNode {
  return namedNode(NAMESPACE + name);
}

/** The IRI of a prefixed name, such as `dcterms:title`. */
export function expandName(name: string): string {
  const [prefix = '', local = ''] = name.split(':');
  return (PREFIXES.get(prefix) ?? '') + local;
}
