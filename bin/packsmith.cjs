#!/usr/bin/env node
'use strict';

const { resolve } = require('node:path');
const { startProgram } = require('../dist/bin/fast-path.cjs');

startProgram({
  packageRoot: resolve(__dirname, '..'),
  loadFullProgram() {
    // Where it exists, Node keeps compiled code between runs; the first run after an installation pays for it once.
    require('node:module').enableCompileCache?.();
    return require('../dist/cli/program.cjs');
  },
});
