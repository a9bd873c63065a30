// Print the tokens of each line of standard input, as an editor cuts them: `node tokenize.cjs GRAMMAR`.
const fs = require("fs");
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

async function main(file) {
  const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer);
  const grammar = textmate.parseRawGrammar(fs.readFileSync(file, "utf-8"), file);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => grammar,
  });
  const loaded = await registry.loadGrammar(grammar.scopeName);
  let stack = textmate.INITIAL;
  for (const line of fs.readFileSync(0, "utf-8").split("\n")) {
    const cut = loaded.tokenizeLine(line, stack);
    stack = cut.ruleStack;
    for (const { startIndex, endIndex, scopes } of cut.tokens) {
      const text = line.slice(startIndex, endIndex);
      if (text.trim()) console.log(JSON.stringify([text.trim(), scopes.at(-1)]));
    }
  }
}

main(process.argv[2]);
