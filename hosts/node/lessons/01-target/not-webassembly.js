// The host is handed a page of HTML where it expects a module.

// ANCHOR: not-webassembly
const bytes = new TextEncoder().encode("<!doctype html><title>404 Not Found</title>");
try {
  await WebAssembly.compile(bytes);
  console.log("compiled");
} catch (error) {
  console.log(`the host reports: ${error}`);
}
// ANCHOR_END: not-webassembly
