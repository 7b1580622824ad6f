// Preloaded into a measured program: writes its peak memory, in kilobytes, when it ends.
const { writeFileSync } = require('node:fs');

const file = process.env.PEAK_REPORT;
process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
