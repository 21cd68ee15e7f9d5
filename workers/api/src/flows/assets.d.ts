/** Files that the bundler hands over as they are: compiled, or as bytes (see `rules` in wrangler.jsonc). */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
declare module '*.ttf' {
  const bytes: ArrayBuffer;
  export default bytes;
}
