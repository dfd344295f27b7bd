/** What `npm start` runs, on the system's own Node. Only what every Node can parse stands before the check of its version. */
const oldestNode = 20;

if (Number(process.versions.node.split('.')[0]) < oldestNode) {
  process.stderr.write(
    `Hotpool Console needs Node.js ${oldestNode} or newer; this is ${process.version}. Get it from https://nodejs.org\n`,
  );
  process.exitCode = 1;
} else {
  const { launch } = await import('./launch.mjs');
  process.exitCode = await launch(process.argv.slice(2));
}
