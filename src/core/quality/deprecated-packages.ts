import type { Ecosystem } from '../pack/pack-manifest.ts';

/** Packages that their publishers or the advisory database of their ecosystem call deprecated or abandoned, and what is used instead. */
export const DEPRECATED_PACKAGES: Readonly<Record<Ecosystem, Readonly<Record<string, string>>>> = {
  npm: {
    'apollo-server': '@apollo/server',
    'apollo-server-express': '@apollo/server',
    'babel-eslint': '@babel/eslint-parser',
    'eslint-loader': 'eslint-webpack-plugin',
    faker: '@faker-js/faker',
    'gulp-util': 'the modules it was made of',
    'har-validator': 'ajv',
    istanbul: 'nyc or c8',
    'left-pad': 'String.prototype.padStart',
    'node-sass': 'sass',
    'phantomjs-prebuilt': 'playwright or puppeteer',
    'popper.js': '@popperjs/core',
    querystring: 'URLSearchParams',
    request: 'fetch',
    'request-promise': 'fetch',
    'request-promise-native': 'fetch',
    'rollup-plugin-babel': '@rollup/plugin-babel',
    'rollup-plugin-commonjs': '@rollup/plugin-commonjs',
    'rollup-plugin-node-resolve': '@rollup/plugin-node-resolve',
    tslint: 'typescript-eslint',
  },
  pypi: {
    bs4: 'beautifulsoup4',
    nose: 'pytest',
    pep8: 'pycodestyle',
    pycrypto: 'pycryptodome or cryptography',
    sklearn: 'scikit-learn',
  },
  cargo: {
    ansi_term: 'nu-ansi-term',
    atty: 'std::io::IsTerminal',
    dotenv: 'dotenvy',
    failure: 'anyhow or thiserror',
    'rustc-serialize': 'serde',
    serde_yaml: 'a maintained YAML library',
    tempdir: 'tempfile',
  },
};
