// Runs the program of the page outside of a browser:
//   node node.js wasm_exec.js parcheck.wasm OUT < LIST
// LIST is JSON: [{path, name, day, formats}]. What is saved of the file i in a
// format goes to OUT/i.format, and what the page would say instead to OUT/i.error.
"use strict";
const fs = require("fs"), path = require("path");
const [, , support, program, out] = process.argv;
globalThis.require = require;
globalThis.fs = fs;
require(path.resolve(support));

let today = "";
globalThis.parcheckToday = () => today;
globalThis.parcheckProgress = () => {};
globalThis.parcheckRead = (data, from, to) => new Uint8Array(data.subarray(from, to));
globalThis.parcheckReady = () => {
  for (const [i, f] of JSON.parse(fs.readFileSync(0, "utf8")).entries()) {
    const data = fs.readFileSync(f.path);
    const settings = { lang: "vi", plan: "quang-nam-2023", asOf: f.day };
    const ask = request => {
      const { json, data: saved } = parcheck(JSON.stringify({ ...request, settings }), [{ name: f.name, size: data.length, blob: data }]);
      const answer = JSON.parse(json);
      if (answer.error || answer.fault) fs.writeFileSync(path.join(out, i + ".error"), answer.error || answer.fault);
      return saved;
    };
    today = f.day;
    ask({ do: "score" });
    for (const format of f.formats) {
      const saved = ask({ do: "save", format });
      if (saved) fs.writeFileSync(path.join(out, i + "." + format), saved);
    }
  }
  process.exit(0);
};
const go = new Go();
WebAssembly.instantiate(fs.readFileSync(program), go.importObject).then(({ instance }) => go.run(instance));
