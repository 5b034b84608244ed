#!/usr/bin/env node
const OLDEST_NODE = 20;

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) {
  fail(`needs Node ${OLDEST_NODE} or newer, and this is Node ${process.versions.node}`);
} else {
  import('../dist/cli/main.js').then(
    ({ main }) => main(),
    (error) => {
      const notBuilt = error.code === 'ERR_MODULE_NOT_FOUND' && String(error.message).includes('main.js');
      if (!notBuilt) throw error;
      fail('is not built: run "npm install" or "npm run build" in its folder first');
    },
  );
}

function fail(message) {
  process.stderr.write(`spillcheck ${message}\n`);
  process.exitCode = 2;
}
