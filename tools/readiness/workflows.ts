// The six user workflows: the tests that prove each, and its packs commands, which are timed alone.

export interface Workflow {
  readonly number: number;
  readonly title: string;
  /** Names of its tests begin so. */
  readonly tests: string;
  /** What a user types, in an empty home. What generated projects install is no part of it. */
  readonly commands: readonly (readonly string[])[];
  readonly secondsAtMost: number;
}

const SINGLE_PACK_SECONDS = 2;
const SEVERAL_PACKS_SECONDS = 10;

export const WORKFLOWS: readonly Workflow[] = [
  {
    number: 1,
    title: 'a web API from one pack',
    tests: 'workflow 1:',
    commands: [['generate', 'web-api-starter', 'my-api', '--var', 'author=Ada Example']],
    secondsAtMost: SINGLE_PACK_SECONDS,
  },
  {
    number: 2,
    title: 'data science from one pack',
    tests: 'workflow 2:',
    commands: [['generate', 'data-science-toolkit', 'churn', '--defaults', '--var', 'dataset=data/sample.csv']],
    secondsAtMost: SINGLE_PACK_SECONDS,
  },
  {
    number: 3,
    title: 'web and DevOps',
    tests: 'workflow 3:',
    commands: [['compose', 'web-api-starter', 'devops-automation', '--output', 'shop', '--defaults']],
    secondsAtMost: SEVERAL_PACKS_SECONDS,
  },
  {
    number: 4,
    title: 'three packs and more',
    tests: 'workflow 4:',
    commands: [
      ['install', 'enterprise-stack'],
      ['compose', 'startup-essentials', 'data-science-toolkit', 'devops-automation', '--save-as', 'ml-service'],
      ['install', 'ml-service'],
      ['generate', 'ml-service', 'svc', '--defaults'],
    ],
    secondsAtMost: SEVERAL_PACKS_SECONDS,
  },
  {
    number: 5,
    title: 'templates with variables',
    tests: 'workflow 5:',
    commands: [
      ['show', 'web-api-starter', '--variables'],
      ['generate', 'web-api-starter', 'my-api', '--var', 'author=Ada Example', '--var', 'port=8080', '--var', 'database=postgres'],
    ],
    secondsAtMost: SINGLE_PACK_SECONDS,
  },
  {
    number: 6,
    title: 'queries',
    tests: 'workflow 6:',
    commands: [
      ['query', '--query', 'SELECT ?pack WHERE { ?pack a pack:Pack } ORDER BY ?pack'],
      ['generate', 'ontology-types', 'model', '--defaults'],
    ],
    secondsAtMost: SINGLE_PACK_SECONDS,
  },
];
