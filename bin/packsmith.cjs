#!/usr/bin/env node
'use strict';

const { resolve } = require('node:path');
const { startProgram } = require('../dist/bin/fast-path.cjs');

startProgram({
  packageRoot: resolve(__dirname, '..'),
  loadFullProgram: () => require('../dist/cli/program.cjs'),
});
