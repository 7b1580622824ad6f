import type { LargeTemplate } from './large-template.ts';

const CONFIGURATION = `_subdirectory: "templates/[[ kind ]]"
_templates_suffix: .tmpl
_answers_file: ".copier/[[ service ]].yml"
_envops:
  block_start_string: "[%"
  block_end_string: "%]"
  variable_start_string: "[["
  variable_end_string: "]]"
  comment_start_string: "[#"
  comment_end_string: "#]"
  trim_blocks: true
  lstrip_blocks: true
  keep_trailing_newline: true
_jinja_extensions: [jinja2.ext.do, jinja2.ext.loopcontrols]
_secret_questions: [database_password]
_exclude:
  - "[% if not helm %]deploy/helm/**[% endif %]"
  - "[% if _copier_operation == 'update' %]examples[% endif %]"
_tasks:
  - "echo [[ _copier_operation ]] >> tasks.txt"
  - {command: [touch, built], working_directory: deploy, when: "[[ helm ]]"}
kind: {type: str, choices: {HTTP service: http, Queue worker: worker}, default: http}
service:
  type: str
  default: billing
  validator: "[% if service != service | lower %]lower case only[% endif %]"
java_package: {type: str, default: "com.example.[[ service ]]"}
port: {type: int, default: 8080, when: "[[ kind == 'http' ]]", validator: "[% if port < 1024 %]too low[% endif %]"}
queue: {type: str, default: "[[ service ]]-jobs", when: "[[ kind == 'worker' ]]"}
environments: {type: yaml, default: [dev, live]}
limits: {type: json, default: '{"cpu": 0.5, "memory": 256, "burst": null}'}
helm: {type: bool, default: true}
owner_team: {type: str, choices: [[Payments, pay], [Platform, plat]], default: pay}
database_password: changeme
`;

const QUIET = CONFIGURATION.replace(
  '_tasks:',
  '_migrations:\n  - version: v1.5.0\n    before: ["echo $STAGE $VERSION_CURRENT >> migrated.txt"]\n    after: ["echo $STAGE >> migrated.txt"]\n_tasks:',
);

const VALUES = `# [[ service ]] in [[ environment ]]
[% set found = [] %]
[% for key, value in limits.items() %]
  [% if value is none %][% continue %][% endif %]
  [% do found.append(key ~ "=" ~ value) %]
[% endfor %]
limits: [[ found | join(", ") ]]
[# the team is not the label that people chose #]
team: [[ owner_team ]]
`;

const FILES: Readonly<Record<string, string>> = {
  'copier.yml': CONFIGURATION,
  'includes/base.txt': 'service [[ service ]]\n[% block body %]nothing[% endblock %]\n',
  'templates/http/.copier/[[ _copier_conf.answers_file ]].tmpl': '[[ _copier_answers | to_nice_yaml -]]\n',
  'templates/http/README.md.tmpl':
    '[% extends pathjoin("includes", "base.txt") %]\n[% block body %]\nlistens on [[ port ]]\n[% endblock %]\n',
  'templates/http/src/[[ java_package.replace(".", _copier_conf.sep) ]]/Main.java.tmpl':
    'package [[ java_package ]];\n\nclass Main { int port = [[ port ]]; }\n',
  'templates/http/deploy/helm/[% yield environment from environments %][[ environment ]][% endyield %].yaml.tmpl': VALUES,
  'templates/http/deploy/notes.jinja': '{{ not.a.template }} [[ neither ]]\n',
  'templates/http/examples/call.http': 'GET http://localhost\n',
  'templates/http/secret.properties.tmpl': 'password=[[ database_password ]]\n',
  'templates/worker/worker.yml.tmpl': 'queue: [[ queue ]]\nport: [[ port ]]\n',
};

/** A service of a repository of many: other delimiters and suffix, a folder for each kind, an answers file in a directory. */
export const MONOREPO_SERVICE: LargeTemplate = {
  name: 'a service of a monorepo',
  versions: [
    { tag: 'v1.0.0', files: FILES },
    {
      tag: 'v2.0.0',
      files: {
        ...FILES,
        'copier.yml': QUIET,
        'templates/http/README.md.tmpl':
          '[% extends pathjoin("includes", "base.txt") %]\n[% block body %]\nlistens on port [[ port ]]\n[% endblock %]\n',
        'templates/http/examples/call.http': 'GET http://127.0.0.1\n',
        'templates/http/examples/second.http': 'PUT http://127.0.0.1\n',
        'templates/http/Makefile.tmpl': 'run:\n\tserve [[ service ]]\n',
      },
    },
  ],
  runs: [
    {
      name: 'over HTTP',
      answers: {},
      gives: {
        '.copier/billing.yml':
          '_src_path: TEMPLATE\nenvironments:\n- dev\n- live\nhelm: true\njava_package: com.example.billing\nkind: http\nlimits:\n    burst: null\n    cpu: 0.5\n    memory: 256\nowner_team: pay\nport: 8080\nservice: billing\n',
        'README.md': 'service billing\nlistens on 8080\n',
        'src/com/example/billing/Main.java': 'package com.example.billing;\n\nclass Main { int port = 8080; }\n',
        'deploy/helm/dev.yaml': '# billing in dev\nlimits: cpu=0.5, memory=256\nteam: pay\n',
        'deploy/helm/live.yaml': '# billing in live\nlimits: cpu=0.5, memory=256\nteam: pay\n',
        'deploy/notes.jinja': '{{ not.a.template }} [[ neither ]]\n',
        'examples/call.http': 'GET http://localhost\n',
        'secret.properties': 'password=changeme\n',
      },
    },
    {
      name: 'without helm',
      answers: {
        service: 'mail',
        java_package: 'org.acme.mail',
        port: '9000',
        helm: 'false',
        owner_team: 'Platform',
        database_password: 'x y',
      },
      gives: {
        '.copier/mail.yml':
          '_src_path: TEMPLATE\nenvironments:\n- dev\n- live\nhelm: false\njava_package: org.acme.mail\nkind: http\nlimits:\n    burst: null\n    cpu: 0.5\n    memory: 256\nowner_team: plat\nport: 9000\nservice: mail\n',
        'README.md': 'service mail\nlistens on 9000\n',
        'src/org/acme/mail/Main.java': 'package org.acme.mail;\n\nclass Main { int port = 9000; }\n',
        'deploy/notes.jinja': '{{ not.a.template }} [[ neither ]]\n',
        'examples/call.http': 'GET http://localhost\n',
        'secret.properties': 'password=x y\n',
      },
    },
    {
      name: 'as a worker',
      answers: { kind: 'worker', service: 'mail' },
      gives: { 'worker.yml': 'queue: mail-jobs\nport: 8080\n' },
    },
  ],
  update: {
    edits: { 'examples/call.http': ['localhost', 'localhost:8080'], 'deploy/helm/dev.yaml': ['team: pay', 'team: us'] },
    gives: {
      'README.md': 'service billing\nlistens on port 8080\n',
      'deploy/helm/dev.yaml': '# billing in dev\nlimits: cpu=0.5, memory=256\nteam: us\n',
      'examples/call.http': 'GET http://localhost:8080\n',
      Makefile: 'run:\n\tserve billing\n',
      'migrated.txt': 'before v1.5.0\nafter\n',
      'tasks.txt': 'update\n',
    },
    holds: {},
  },
};
