// One thing broken at a time in the sample book, on its way to the browser, and what the rule that
// guards it has to say.

/**
 * @typedef {object} Edit
 * @property {string} file name without the hash that mdBook puts into it
 * @property {string} find text that stands in that file
 * @property {string} replace
 *
 * @typedef {object} Breakage
 * @property {string} rule
 * @property {string} what is broken
 * @property {Edit[]} edits
 * @property {RegExp} says what at least one finding says
 */

const [SCRIPT, KEYS] = ['book/theme/hosts.js', 'book/theme/keyboard.js'];
const [COLOURS, TYPE, BLOCKS, FIGURES, PAPER, FRAME] = [
  'book/theme/palette.css',
  'book/theme/type.css',
  'book/theme/book.css',
  'book/theme/figures.css',
  'book/theme/paper.css',
  'book/theme/frame.js',
];
const PAGE = 'strings.html';

/**
 * @param {string} file
 * @param {string} find
 * @param {string} [replace]
 * @returns {Edit}
 */
const edit = (file, find, replace = '') => ({ file, find, replace });

/** @param {string} css @returns {Edit} */
const style = (css) => edit(COLOURS, 'html[class] {', `${css}\nhtml[class] {`);

/** Text so near its background that no theme may have it. */
const FAINT = 'color-mix(in srgb, var(--fg) 30%, var(--bg))';

/** @type {[rule: string, what: string, says: RegExp, ...edits: Edit[]][]} */
const TABLE = [
  [
    'every tab opens its host in every group',
    'a tab that does nothing',
    /after a click on "C#": in group 1 shown is \[rust\]; \[dotnet\] is expected/,
    edit(SCRIPT, "tab.addEventListener('click', () => choose(tab));"),
  ],
  [
    'every tab opens its host in every group',
    'a tab that serves its own group alone',
    /after a click on "C#": in group 2 shown is \[rust\]/,
    edit(
      SCRIPT,
      'showEverywhere(host);\n    remember',
      'show(asHtml(/** @type {Element} */ (tab.closest(".hosts"))), host);\n    remember',
    ),
  ],
  [
    'every tab opens its host in every group',
    'a tab that says nothing to a screen reader',
    /selected is \[\]; \[dotnet\] is expected/,
    edit(SCRIPT, "tab.setAttribute('aria-selected', String(selected));"),
  ],
  [
    'every tab opens its host in every group',
    'no tabs at all',
    /0 tabs stand on the page; 9 are expected/,
    edit(SCRIPT, "'use strict';", "'use strict'; if (1) { } else"),
    edit(SCRIPT, "document.querySelectorAll('.hosts').forEach", '[].forEach'),
  ],
  [
    'the arrow, Home and End keys move through the tabs',
    'an arrow key that also turns the page',
    /ArrowRight.* went on to the book/,
    edit(SCRIPT, 'event.stopPropagation();'),
  ],
  [
    'the arrow, Home and End keys move through the tabs',
    'a Home key that does nothing',
    /after Home: in group 1 shown is \[node\]; \[rust\] is expected/,
    edit(SCRIPT, 'Home: 0,'),
  ],
  [
    'the arrow, Home and End keys move through the tabs',
    'a Tab key that stops at every tab',
    /stops is \[rust,dotnet,node\]/,
    edit(SCRIPT, 'tab.tabIndex = selected ? 0 : -1;', 'tab.tabIndex = 0;'),
  ],
  [
    'the arrow, Home and End keys move through the tabs',
    'a focus that stays behind',
    /after ArrowRight: the tab of rust has the focus; that of dotnet is expected/,
    edit(SCRIPT, 'tab.focus({ preventScroll: true });'),
  ],
  [
    'a chosen tab stays where it is in the window',
    'a page that jumps',
    /moved by -?\d+ pixels/,
    edit(SCRIPT, 'getBoundingClientRect().top - top,', 'getBoundingClientRect().top - top + 40,'),
  ],
  [
    'a chosen tab stays where it is in the window',
    'a page that is not scrolled back',
    /moved by -?\d+ pixels/,
    edit(SCRIPT, "window.scrollBy({ top: tab.getBoundingClientRect().top - top, behavior: 'instant' });"),
    style('html { overflow-anchor: none }'),
  ],
  [
    'a group of one host has no tabs',
    'a tab for one host',
    /a group of one host, .* has a tab/,
    edit(SCRIPT, 'panels.length < 2', 'panels.length < 1'),
  ],
  [
    'the script of the tabs may run twice',
    'a second list of tabs',
    /left 18 tabs; 9 are expected/,
    edit(SCRIPT, "group.classList.contains('tabbed') || "),
  ],
  [
    'a choice is remembered on every page',
    'a choice that is not stored',
    /after choosing node and loading strings.html again: in group 1 shown is \[rust\]/,
    edit(SCRIPT, 'localStorage.setItem(STORAGE_KEY, host);'),
  ],
  [
    'a choice is remembered on every page',
    'a page that forgets it',
    /going to memory.html: in group 1 shown is \[rust\]/,
    edit('memory.html', '<main>', '<main><script>localStorage.removeItem("posthog-wasm-host")</script>'),
  ],
  [
    'a choice reaches other windows',
    'a window that does not listen',
    /in another: in group 1 shown is \[rust\]/,
    edit(SCRIPT, "window.addEventListener('storage'", "window.addEventListener('never'"),
  ],
  [
    'an address can name a host',
    'a query that is not read',
    /opened with \?host=node: in group 1 shown is \[rust\]/,
    edit(SCRIPT, "QUERY_KEY = 'host'", "QUERY_KEY = 'other'"),
  ],
  [
    'an address can name a host',
    'an unknown host that leaves every panel open',
    /opened with \?host=nobody: in group 1 shown is \[rust,dotnet,node\]/,
    edit(SCRIPT, ' || show(group, panels[0]?.dataset.host)'),
  ],
  [
    'an address can name a host',
    'an address that overrules a later choice',
    /node chosen, loaded again: in group 1 shown is \[rust\]/,
    edit(SCRIPT, "history.replaceState(history.state, '', url);"),
  ],
  [
    'a fragment opens the panel it lies in',
    'a fragment that opens nothing',
    /expected to be open and in sight/,
    edit(SCRIPT, "HIDDEN = 'until-found'", "HIDDEN = ''"),
    edit(SCRIPT, 'if (open(target))', 'if (target === undefined)'),
  ],
  [
    "the browser's own search opens a panel",
    'a panel hidden from the search',
    /was searched for and its panel .* stayed closed/,
    edit(SCRIPT, "HIDDEN = 'until-found'", "HIDDEN = ''"),
  ],
  [
    'everything can be read without JavaScript',
    'hosts hidden by a style sheet',
    /strings.html: "What Node says, in its own words:" cannot be seen/,
    style('.host + .host { display: none }'),
  ],
  [
    'everything can be read without JavaScript',
    'a host without its name',
    /the part of Node stands without its name/,
    edit(PAGE, '<p class="host-name">Node</p>'),
  ],
  [
    'everything can be read on paper',
    'every host of a group',
    /group 1 shows 3 hosts on paper; the chosen one is expected/,
    style('@media print { .host[hidden] { content-visibility: visible } }'),
  ],
  [
    'everything can be read on paper',
    'a host without its name',
    /the part of Rust stands without its name/,
    edit(PAPER, 'host-name {\n    display: block;', 'host-name {'),
  ],
  [
    'everything can be read on paper',
    'folds left closed',
    /"3  three" cannot be seen/,
    edit(PAPER, 'content-visibility: visible;\n    block-size: auto;'),
  ],
  [
    'everything can be read on paper',
    'tabs on paper',
    /9 tabs are in sight/,
    edit(PAPER, '  [role="tablist"],\n  .skip-link,', '  .skip-link,'),
  ],
  [
    'no Markdown is left over',
    'a fold\'s title with backticks',
    /"What will `memory\[16\.\.21\]` hold\?" shows a backtick/,
    edit(PAGE, '<code>memory[16..21]</code>', '`memory[16..21]`'),
  ],
  [
    'a theme can be chosen and its text stands out',
    'a theme that is not put on',
    /after choosing Navy the page is sidebar-visible js; navy is expected/,
    edit('book.js', 'html.classList.add(theme);\n        previousTheme', 'previousTheme'),
  ],
  [
    'a theme can be chosen and its text stands out',
    'links as faint as mdBook makes them',
    /after choosing Navy: .* is #2b79a2 on #[0-9a-f]{6}, 3\.\d\d:1/,
    edit(COLOURS, '--links: var(--accent);'),
  ],
  [
    'a theme can be chosen and its text stands out',
    'a heading over the results as faint as mdBook makes it',
    /after choosing Navy: "\d+ search results/,
    edit(COLOURS, '--searchresults-header-fg: var(--soft);'),
  ],
  [
    'the search finds a word of a lesson',
    'a search for something else',
    /the search for "dealloc" has no result/,
    edit('searcher.js', 'searchindex.search(searchterm,', "searchindex.search('nothing of the kind',"),
  ],
  [
    'the search finds a word of a lesson',
    'a result that leads astray',
    /leads to a page without it/,
    edit(PAGE, 'dealloc', 'release'),
  ],
  [
    'the search finds what a reader calls otherwise',
    'a search for something else',
    /"Marshalling" leads to \[\]; strings\.html is expected among the first 3/,
    edit('searcher.js', 'searchindex.search(searchterm,', "searchindex.search('nothing of the kind',"),
  ],
  [
    'the search finds what a reader calls otherwise',
    'a book without synonyms',
    /no page has words for the search alone/,
    edit(PAGE, 'class="synonyms"', 'class="others"'),
  ],
  [
    'the first stop of the Tab key leads to the text',
    'no link past the sidebar',
    /the first stop of the Tab key leads to "introduction\.html"/,
    edit(KEYS, 'document.body.prepend(link);'),
  ],
  [
    'the first stop of the Tab key leads to the text',
    'a link past the sidebar that leads nowhere',
    /after the link to .*#nowhere the next stop lies outside <main>/,
    edit(KEYS, '#${main.id}`;', '#nowhere`;'),
  ],
  [
    'the stop of the Tab key is in sight',
    'links without a line around them',
    /the stop at a ".*" cannot be seen/,
    style('.content :focus-visible { outline: none !important }'),
  ],
  [
    'the sidebar has short names',
    'a name that stays long',
    /the sidebar calls a failure "the guest refused.*"; "A short name" is expected/,
    edit(FRAME, 'link.textContent = short;'),
  ],
  [
    'the sidebar opens by key',
    'a button that ignores its keys',
    /Enter on the sidebar's button left it open/,
    edit(KEYS, 'sidebarToggle.click();'),
  ],
  [
    'the sidebar opens by key',
    'a button without a stop',
    /Enter on the sidebar's button left it open/,
    edit(KEYS, 'sidebarToggle.tabIndex = 0;'),
  ],
  [
    'arrow keys scroll a long line',
    'an arrow key that turns the page',
    /ArrowRight in a line wider than its frame went on/,
    edit(KEYS, 'event.stopPropagation();'),
  ],
  [
    'no page is wider than a narrow window',
    'a table without a frame',
    /introduction.html: table .* reaches from \d+ to \d+; the window is 360 wide/,
    style('.content .table-wrapper { overflow-x: visible }'),
    edit(FRAME, "table.classList.add('by-row');"),
  ],
  [
    'tables fit a narrow window',
    'a table that keeps all its columns',
    /introduction.html: the table ".*" is \d+ wide; a form that fits 360 is expected/,
    edit(FRAME, "table.classList.add('by-row');"),
  ],
  [
    'no page is wider than a narrow window',
    'code that is cut off',
    /strings.html: code.* is cut off at \d+ of \d+ pixels/,
    style('.content pre > code.hljs { overflow-x: hidden !important }'),
  ],
  [
    'no page is wider than a narrow window',
    'a picture with a width of its own',
    /strings.html: img .* reaches from/,
    style('.content figure img { min-width: 50rem }'),
  ],
  [
    'no page is wider than a wide window',
    'code as wide as its longest line',
    /strings.html: .* reaches from \d+ to \d+; the window is 1400 wide/,
    style('.content pre > code { width: max-content; min-width: 200rem }'),
  ],
  [
    'lines of text have a measure',
    'lines as long as the page',
    /introduction.html: a line of "A paragraph of plain words.*" has room for \d{3} letters/,
    edit(TYPE, '--measure: 53ch;', '--measure: 92rem;'),
  ],
  [
    'lines of text have a measure',
    'lines that are too short',
    /a line of ".*" has room for [34]\d letters; 60 to 75 are expected/,
    edit(TYPE, '--measure: 53ch;', '--measure: 34ch;'),
  ],
  [
    'text never scrolls sideways',
    'text inside a frame that scrolls',
    /"hosts\/rust\/lessons\/03-strings\/main\.rs" lies in a frame that scrolls sideways/,
    style('.hosts > .host { overflow-x: auto } .hosts pre > code { overflow: visible !important }'),
  ],
  [
    'an edge shows that there is more',
    'code without a shadow at its edge',
    /code ".*" is wider than its frame; a shadow/,
    edit(BLOCKS, 'no-repeat local', 'no-repeat scroll'),
  ],
  [
    'every image has its words',
    'an image without alt text',
    /the image layout.svg has no alt text/,
    edit(PAGE, ' alt="A frame with the words: a picture behind img."'),
  ],
  [
    'every image has its words',
    'an image with an empty alt text',
    /the image layout.svg has no alt text/,
    edit(PAGE, 'alt="A frame with the words: a picture behind img."', 'alt=" "'),
  ],
  [
    'every drawing has its words',
    'a drawing without a word',
    /drawing 1 has neither/,
    edit(PAGE, 'class="drawing" role="img" aria-label=', 'class="drawing" data-label='),
  ],
  [
    'every drawing has its words',
    'a label that points nowhere',
    /drawing 2 is labelled by #layout-desc/,
    edit(PAGE, 'id="layout-desc"'),
  ],
  [
    'drawings have the letters of a narrow page',
    'letters that shrink',
    /drawing 1 has letters of 9px/,
    style('@media (max-width: 620px) { .content .drawing { font-size: 9px } }'),
  ],
  [
    'drawings have the letters of a wide page',
    'letters that grow',
    /drawing 1 has letters of 20px/,
    style('@media (min-width: 621px) { .content .drawing { font-size: 20px } }'),
  ],
  [
    'every page loads quietly',
    'an error on the console',
    /an error on the console: broken/,
    edit(SCRIPT, "'use strict';", "console.error('broken');"),
  ],
  [
    'every page loads quietly',
    'an uncaught error',
    /an uncaught error: broken/,
    edit(SCRIPT, "'use strict';", "throw new Error('broken');"),
  ],
  [
    'every page loads quietly',
    'a missing file',
    /strings.html: a request answered with 404: .*missing.svg/,
    edit(PAGE, 'src="layout.svg"', 'src="missing.svg"'),
  ],
  [
    'every page loads quietly',
    'a request to another machine',
    /strings.html: a request to another machine: https:\/\/example.com\/pixel.png/,
    edit(PAGE, 'src="layout.svg"', 'src="https://example.com/pixel.png"'),
  ],
  // #777 on white is the textbook case of a grey that falls short by a hair: 4.48:1.
  [
    'text stands out in the theme light',
    'a grey one shade too light',
    /"Executed with.* is #777777 on #ffffff, 4\.48:1/,
    style('.content main .executed { color: #777; background: #fff }'),
  ],
  [
    'text stands out in the theme light',
    'a label too faint',
    /"Output" \(.*div\.output\) is/,
    style(`.content main .output::before { color: ${FAINT} }`),
  ],
  [
    'text stands out in the theme light',
    'half-transparent text',
    /"Executed with.* is #b[0-9a-f]{5} on/,
    style('.content .executed { opacity: 0.5 }'),
  ],
  [
    'text stands out in the theme navy',
    'words of code too faint',
    /"unsafe" \(.*span\.code-keyword\) is/,
    style(`.code-keyword { color: ${FAINT} !important }`),
  ],
  [
    'text stands out in the theme navy',
    'a drawing made for white paper',
    /"bar" \(.*svg > text\) is #000000 on #/,
    edit(FIGURES, 'fill: currentColor;', 'fill: black;'),
  ],
  [
    'text stands out in the theme light',
    'letters on a dark shape',
    /"bar" \(.*svg > text\) is #[0-9a-f]{6} on #000000, 1\.\d\d:1/,
    style('.content figure > svg .dark { fill: black !important }'),
  ],
  ...['light', 'rust', 'coal', 'navy', 'ayu'].flatMap((theme) => [
    /** @type {[string, string, RegExp, Edit]} */ ([
      `text stands out in the theme ${theme}`,
      'faint prose',
      /main > p\) is #.* at least 4\.5:1 is expected/,
      style(`html.${theme} main { color: ${FAINT} }`),
    ]),
    /** @type {[string, string, RegExp, Edit]} */ ([
      `a found word stands out in the theme ${theme}`,
      'a mark in its own colour',
      /"dealloc" \(.*mark\) is/,
      style(`html.${theme} main mark { color: var(--search-mark-bg) !important }`),
    ]),
  ]),
  ...['light', 'dark'].map(
    (scheme) =>
      /** @type {[string, string, RegExp, Edit]} */ ([
        `text stands out without JavaScript on a ${scheme} system`,
        'faint prose',
        /main > p\) is #.* at least 4\.5:1 is expected/,
        style(`@media (prefers-color-scheme: ${scheme}) { html:not(.js) main { color: ${FAINT} } }`),
      ]),
  ),
];

/** @type {Breakage[]} */
export const BREAKAGES = TABLE.map(([rule, what, says, ...edits]) => ({ rule, what, says, edits }));
