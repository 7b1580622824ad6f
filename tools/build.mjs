// Builds what tsdown.config.ts describes, or only the parts that are named (`bin`, `cli`, `lib`). A warning fails the build.
import { build } from 'tsdown';

const parts = process.argv.slice(2);

await build({ logLevel: 'warn', failOnWarn: true, ...(parts.length === 0 ? {} : { filter: parts }) });
