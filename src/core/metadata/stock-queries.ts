/** Questions about the catalogue that need no SPARQL of one's own. A parameter is bound as a term; each is required. */
export interface StockQuery {
  readonly name: string;
  readonly summary: string;
  /** By variable: what it is. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Those that are ids of packs, which must be there. */
  readonly packs?: readonly string[];
  readonly text: string;
}

/** Where a project is asked about, its packs alone; everywhere else, all of them. */
const OF_PROJECT = 'FILTER(NOT EXISTS { ?asked a ps:Project } || EXISTS { ?project ps:uses ?pack })';

export const STOCK_QUERIES: readonly StockQuery[] = [
  {
    name: 'compatibility',
    summary: 'What two packs would disagree about in one project',
    parameters: { first: 'the id of a pack', second: 'the id of another' },
    packs: ['first', 'second'],
    text: `SELECT ?kind ?name ?inFirst ?inSecond WHERE {
  ?a ps:id ?first . ?b ps:id ?second .
  FILTER NOT EXISTS { ?a ps:isShadowed true }
  FILTER NOT EXISTS { ?b ps:isShadowed true }
  {
    ?a ps:variable ?x . ?b ps:variable ?y .
    ?x ps:name ?name ; ps:type ?inFirst ; ps:isShared true .
    ?y ps:name ?name ; ps:type ?inSecond ; ps:isShared true .
    FILTER(?inFirst != ?inSecond)
    BIND("variable of two types" AS ?kind)
  } UNION {
    ?a ps:template ?x . ?b ps:template ?y .
    ?x ps:output ?name ; ps:path ?inFirst .
    ?y ps:output ?name ; ps:path ?inSecond .
    BIND("file of both" AS ?kind)
  } UNION {
    ?a ps:requirement ?x . ?b ps:requirement ?y .
    ?x ps:package ?package ; ps:range ?inFirst .
    ?y ps:package ?package ; ps:range ?inSecond .
    ?package ps:name ?name .
    FILTER(?inFirst != ?inSecond)
    BIND("package in two ranges" AS ?kind)
  }
}
ORDER BY ?kind ?name ?inFirst ?inSecond`,
  },
  {
    name: 'components',
    summary: 'What a project is made of: its packs and the packages that they declare; with --project',
    parameters: {},
    text: `SELECT DISTINCT ?kind ?name ?version ?license ?from WHERE {
  {
    ?project ps:uses ?pack . ?pack ps:id ?name ; ps:version ?version .
    OPTIONAL { ?pack ps:licenseExpression ?license }
    BIND("pack" AS ?kind)
  } UNION {
    ?project ps:uses ?pack . ?pack ps:id ?from ; ps:requirement ?requirement .
    ?requirement ps:package ?package ; ps:range ?version .
    ?package ps:name ?name ; ps:ecosystem ?kind .
  }
}
ORDER BY ?kind ?name ?from`,
  },
  {
    name: 'licenses',
    summary: 'Which licences the packs have; with --project those that it uses',
    parameters: {},
    text: `SELECT ?license (COUNT(DISTINCT ?pack) AS ?packs) (GROUP_CONCAT(DISTINCT ?id; separator=", ") AS ?ids) WHERE {
  { SELECT ?pack ?id ?license WHERE {
    ?pack a ps:Pack ; ps:id ?id .
    ${OF_PROJECT}
    OPTIONAL { ?pack ps:licenseExpression ?expression }
    OPTIONAL { ?pack dcterms:title ?title }
    BIND(COALESCE(?expression, IF(BOUND(?title), "none", "not known here")) AS ?license)
  } ORDER BY ?id }
}
GROUP BY ?license
ORDER BY DESC(?packs) ?license`,
  },
  {
    name: 'outdated',
    summary: 'Which packs have a newer version here; with --project those that it uses, in folder registries too',
    parameters: {},
    text: `SELECT ?id ?version ?source ?newer WHERE {
  ?pack a ps:Pack ; ps:id ?id ; ps:version ?version ; ps:supersededBy/ps:version ?newer .
  ${OF_PROJECT}
  OPTIONAL { ?pack ps:source ?source }
}
ORDER BY ?id ?version`,
  },
  {
    name: 'package-users',
    summary: 'Who uses a package of npm, PyPI or crates.io',
    parameters: { package: 'the name of the package' },
    text: `SELECT ?id ?version ?ecosystem ?range ?isDevelopment ?when WHERE {
  ?pack ps:id ?id ; ps:version ?version ; ps:requirement ?requirement .
  ?requirement ps:package ?used ; ps:range ?range ; ps:isDevelopment ?isDevelopment .
  ?used ps:name ?package ; ps:ecosystem ?ecosystem .
  OPTIONAL { ?requirement ps:when ?when }
}
ORDER BY ?id ?version ?ecosystem`,
  },
  {
    name: 'related',
    summary: 'Which packs are most like a pack: by keywords, category, packages and packs that they need',
    parameters: { pack: 'the id of the pack' },
    packs: ['pack'],
    text: `SELECT ?id (SUM(?points) AS ?likeness) WHERE {
  {
    SELECT ?id ?shared (MAX(?weight) AS ?points) WHERE {
      ?one ps:id ?pack .
      ?other ps:id ?id .
      VALUES (?property ?weight) { (dcat:keyword 2) (ps:category 2) (ps:usesPackage 1) (ps:dependsOn 3) }
      ?one ?property ?shared .
      ?other ?property ?shared .
      FILTER(?id != ?pack)
    } GROUP BY ?id ?shared
  }
}
GROUP BY ?id
ORDER BY DESC(?likeness) ?id`,
  },
  {
    name: 'scores',
    summary: 'The measured quality of the packs, the best first',
    parameters: {},
    text: `SELECT ?id ?version ?score WHERE {
  ?pack ps:id ?id ; ps:version ?version ; ps:score ?score .
}
ORDER BY DESC(?score) ?id ?version`,
  },
  {
    name: 'untested',
    summary: 'Which packs have no test cases',
    parameters: {},
    text: `SELECT ?id ?version ?title WHERE {
  ?pack a ps:Pack ; ps:id ?id ; ps:version ?version ; dcterms:title ?title .
  FILTER NOT EXISTS { ?pack ps:testCase ?case }
}
ORDER BY ?id ?version`,
  },
  {
    name: 'variable-uses',
    summary: 'Which templates a variable touches',
    parameters: { variable: 'the name of the variable' },
    text: `SELECT ?id ?path ?output WHERE {
  ?pack ps:id ?id ; ps:template ?template .
  ?template ps:path ?path ; ps:reads/ps:name ?variable .
  OPTIONAL { ?template ps:output ?written }
  OPTIONAL { ?template ps:into ?into }
  BIND(COALESCE(?written, ?into) AS ?output)
}
ORDER BY ?id ?path`,
  },
];
