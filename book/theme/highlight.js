// In place of highlight.js, which mdBook loads and calls: code has its colours since the book was built
// (book/tool/src/pages/highlight.rs), and a reader need not fetch 130 KB to lose them again.
'use strict';

Object.assign(window, { hljs: { configure() {}, highlightBlock() {} } });
