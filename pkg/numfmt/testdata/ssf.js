// Reads lines of JSON, [code, value], and prints what SheetJS's SSF shows, as
// JSON; null where it refuses.
const SSF = require(process.argv[2]);
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const out = [];
for (const line of lines) {
  if (!line) continue;
  const [code, value] = JSON.parse(line);
  let shown = null;
  try { shown = SSF.format(code, value); } catch (e) {}
  out.push(JSON.stringify(shown));
}
process.stdout.write(out.join("\n") + "\n");
