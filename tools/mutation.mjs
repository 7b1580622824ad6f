// Changes `src/core` in small ways and sees whether tests notice: `npm run mutation -- [FOLDER …] [--one-of N] [--again]`. See docs/contributing/mutation.md.
import { REPOSITORY, withModules } from './load-modules.mjs';

await withModules(['tools/mutation/main.ts'], ({ runMutation }) => runMutation(REPOSITORY, process.argv.slice(2)));
