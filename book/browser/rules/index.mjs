// All rules of a built book, each under the sentence that is false when it is broken. The same list is
// held against the real book and, one breakage at a time, against the sample book.
import { NARROW, THEMES, WIDE } from '../lib/site.mjs';
import { isPrintPage } from '../lib/tabs.mjs';
import * as choice from './choice.mjs';
import { textStandsOut } from './contrast.mjs';
import * as keyboard from './keyboard.mjs';
import * as layout from './layout.mjs';
import * as pictures from './pictures.mjs';
import { loadsQuietly } from './quiet.mjs';
import * as reading from './reading.mjs';
import * as search from './search.mjs';
import * as tabs from './tabs.mjs';

/** A word that lesson 3 uses, in prose and in code. */
const WORD = 'dealloc';

/**
 * @typedef {object} Book what the rules are held against
 * @property {import('../lib/site.mjs').Site} site
 * @property {string[]} withTabs pages with tabs; at least one
 *
 * @callback Rule
 * @param {Book} book
 * @returns {Promise<string[]>} findings: what, where, what is expected
 */

/** @param {Book} book */
const tabbed = ({ withTabs }) => withTabs[0] ?? '';

/** @type {Record<string, Rule>} */
export const RULES = {
  'every tab opens its host in every group': (book) =>
    tabs.everyTabOpensItsHostEverywhere(book.site, book.withTabs),
  'the arrow, Home and End keys move through the tabs': (book) =>
    tabs.keysMoveThroughTheTabs(book.site, tabbed(book)),
  'a chosen tab stays where it is in the window': (book) =>
    tabs.aChosenTabStaysWhereItIs(book.site, tabbed(book)),
  'a group of one host has no tabs': (book) => tabs.oneHostNeedsNoTabs(book.site, book.site.pages),
  'the script of the tabs may run twice': (book) => tabs.theScriptMayRunTwice(book.site, tabbed(book)),
  'a choice is remembered on every page': (book) => choice.aChoiceIsRemembered(book.site, book.withTabs),
  'a choice reaches other windows': (book) => choice.aChoiceReachesOtherWindows(book.site, tabbed(book)),
  'an address can name a host': (book) => choice.anAddressCanNameAHost(book.site, tabbed(book)),
  'a fragment opens the panel it lies in': (book) => choice.aFragmentOpensItsPanel(book.site, tabbed(book)),
  'everything can be read without JavaScript': ({ site }) => reading.readableWithoutScript(site, site.pages),
  'everything can be read on paper': ({ site }) => reading.readableOnPaper(site, site.pages),
  'no Markdown is left over': ({ site }) => reading.noMarkdownIsLeft(site, site.pages),
  'a theme can be chosen and its text stands out': (book) =>
    search.aThemeCanBeChosen(book.site, tabbed(book), WORD),
  'the search finds a word of a lesson': (book) => search.theSearchFinds(book.site, tabbed(book), WORD),
  'the search finds what a reader calls otherwise': ({ site }) =>
    search.theSearchKnowsSynonyms(
      site,
      site.pages.filter((address) => !isPrintPage(address)),
    ),
  'the first stop of the Tab key leads to the text': ({ site }) =>
    keyboard.theFirstStopLeadsToTheText(site, site.pages),
  'the stop of the Tab key is in sight': ({ site }) => keyboard.theStopIsInSight(site, site.pages),
  'the sidebar has short names': ({ site }) => keyboard.theSidebarHasShortNames(site, site.pages),
  'the sidebar opens by key': (book) => keyboard.theSidebarOpensByKey(book.site, tabbed(book)),
  'arrow keys scroll a long line': ({ site }) => keyboard.arrowsScrollALongLine(site, site.pages),
  'no page is wider than a narrow window': ({ site }) => layout.fitsTheWindow(site, site.pages, NARROW),
  'no page is wider than a wide window': ({ site }) => layout.fitsTheWindow(site, site.pages, WIDE),
  'lines of text have a measure': ({ site }) => layout.linesHaveAMeasure(site, site.pages),
  'tables fit a narrow window': ({ site }) => layout.tablesFitANarrowWindow(site, site.pages),
  'text never scrolls sideways': ({ site }) => layout.textNeverScrollsSideways(site, site.pages),
  'an edge shows that there is more': ({ site }) => layout.anEdgeShowsThatThereIsMore(site, site.pages),
  'every image has its words': ({ site }) => pictures.everyImageHasItsWords(site, site.pages),
  'every drawing has its words': ({ site }) => pictures.everyDrawingHasItsWords(site, site.pages),
  'drawings have the letters of a narrow page': ({ site }) =>
    pictures.drawingsHaveThePagesLetters(site, site.pages, NARROW),
  'drawings have the letters of a wide page': ({ site }) =>
    pictures.drawingsHaveThePagesLetters(site, site.pages, WIDE),
  'every page loads quietly': ({ site }) => loadsQuietly(site, site.pages),
  ...Object.fromEntries(
    THEMES.flatMap((theme) => [
      [`text stands out in the theme ${theme}`, ({ site }) => textStandsOut(site, site.pages, { theme })],
      [
        `a found word stands out in the theme ${theme}`,
        (/** @type {Book} */ book) => search.aFoundWordStandsOut(book.site, book.withTabs, WORD, theme),
      ],
    ]),
  ),
  ...Object.fromEntries(
    /** @type {const} */ (['light', 'dark']).map((colorScheme) => [
      `text stands out without JavaScript on a ${colorScheme} system`,
      ({ site }) => textStandsOut(site, site.pages, { colorScheme, javaScript: false }),
    ]),
  ),
};
