import { join } from 'node:path';
import { inject } from 'vitest';
import { OxigraphEngine } from '../../src/adapters/sparql/oxigraph-engine.ts';
import { describeSparqlEngineContract } from './sparql-engine.ts';

const workerFile = join(inject('programRoot'), 'dist/sparql/worker.mjs');

describeSparqlEngineContract('oxigraph', (options) => new OxigraphEngine({ workerFile, ...options }));
