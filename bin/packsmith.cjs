#!/usr/bin/env node
'use strict';

const { resolve } = require('node:path');
const { version } = require('../package.json');

require('../dist/cli/fast-path.cjs').startProgram({ packageRoot: resolve(__dirname, '..'), version });
