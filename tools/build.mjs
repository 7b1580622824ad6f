// Builds what tsdown.config.ts describes, or only the part that is named (`cli` or `lib`). A warning fails the build.
import { build } from 'tsdown';

const [part] = process.argv.slice(2);

await build({ logLevel: 'warn', failOnWarn: true, ...(part === undefined ? {} : { filter: part }) });
