import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ajv, { type ValidateFunction } from 'ajv';

const require = createRequire(import.meta.url);

const readSchema = (name: string): object =>
  JSON.parse(
    readFileSync(
      join(require.resolve('@cyclonedx/cyclonedx-library/package.json'), '..', 'res', 'schema', `${name}.SNAPSHOT.schema.json`),
      'utf8',
    ),
  );

/** The official schema of CycloneDX 1.6. */
export const openCycloneDx = (): ValidateFunction => {
  const validator = new ajv.default({ strict: false, allErrors: true, validateFormats: false });
  for (const name of ['spdx', 'jsf-0.82']) {
    const { $id: _id, ...schema } = readSchema(name) as { $id?: string };
    validator.addSchema(schema, `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return validator.compile(readSchema('bom-1.6'));
};
