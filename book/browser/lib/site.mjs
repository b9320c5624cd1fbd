// A served book with a browser before it. A rule asks it for a page and gets a fresh one: no storage,
// no history, nothing left over from another rule. Nothing but the book's own server can be reached.
import { findPages } from './book.mjs';
import { launch } from './chromium.mjs';
import { serve } from './server.mjs';

/** Wide enough for the sidebar beside the text. */
export const WIDE = { width: 1400, height: 900 };

/** The narrowest window the book promises to fit, and the height of a small telephone. */
export const NARROW = { width: 360, height: 740 };

/** mdBook's themes; "Auto" in its menu is one of them. */
export const THEMES = /** @type {const} */ (['light', 'rust', 'coal', 'navy', 'ayu']);

/**
 * @typedef {object} Visit
 * @property {{ width: number, height: number }} [viewport] in CSS pixels
 * @property {string} [theme] one of THEMES, as if chosen earlier
 * @property {boolean} [javaScript] false for a reader who has switched it off
 * @property {'light' | 'dark'} [colorScheme] what the operating system prefers
 * @property {number} [scale] device pixels for each CSS pixel
 *
 * @typedef {import('playwright-core').Page} Page
 */

export class Site {
  /**
   * @param {string} folder a built book
   * @param {import('./server.mjs').Alter} [alter]
   * @returns {Promise<Site>}
   */
  static async open(folder, alter) {
    const [pages, server, browser] = await Promise.all([findPages(folder), serve(folder, alter), launch()]);
    return new Site(pages, server, browser);
  }

  #server;
  #browser;

  /**
   * @param {string[]} pages
   * @param {Awaited<ReturnType<typeof serve>>} server
   * @param {import('playwright-core').Browser} browser
   */
  constructor(pages, server, browser) {
    /** Paths of all pages inside the book. */
    this.pages = pages;
    this.#server = server;
    this.#browser = browser;
  }

  get origin() {
    return this.#server.origin;
  }

  async close() {
    await this.#browser.close();
    await this.#server.close();
  }

  /** @param {string} address path of a page, with query and fragment if wanted */
  url(address) {
    return `${this.origin}/${address}`;
  }

  /**
   * Opens one page in a browser of its own, hands it over, and closes it.
   *
   * @template T
   * @param {string} address
   * @param {Visit} visit
   * @param {(page: Page, noise: string[]) => Promise<T>} look `noise` collects what went wrong while the
   *   page was open: errors of scripts and of the console, failed requests, requests to other machines
   * @returns {Promise<T>}
   */
  async visit(address, visit, look) {
    const context = await this.#browser.newContext({
      viewport: visit.viewport ?? WIDE,
      javaScriptEnabled: visit.javaScript ?? true,
      colorScheme: visit.colorScheme ?? 'light',
      deviceScaleFactor: visit.scale ?? 1,
    });
    try {
      /** @type {string[]} */
      const noise = [];
      // The print page asks for paper as soon as it is loaded.
      await context.addInitScript(() => (window.print = () => {}));
      if (visit.theme) {
        await context.addInitScript((theme) => localStorage.setItem('mdbook-theme', theme), visit.theme);
      }
      const page = await context.newPage();
      this.#listen(page, noise);
      await page.goto(this.url(address), { waitUntil: 'load' });
      return await look(page, noise);
    } finally {
      await context.close();
    }
  }

  /**
   * Looks at several pages in one browser, one after another: much faster than a visit each, for rules
   * that leave nothing behind.
   *
   * @param {string[]} addresses
   * @param {Visit} visit
   * @param {(page: Page, noise: string[]) => Promise<string[]>} look
   * @returns {Promise<string[]>} the findings, each with its page before it
   */
  async tour(addresses, visit, look) {
    const [first] = addresses;
    if (first === undefined) {
      return [];
    }
    return this.visit(first, visit, async (page, noise) => {
      const findings = [];
      for (const address of addresses) {
        // A new document each time, even where only the fragment differs.
        await page.goto('about:blank');
        noise.length = 0;
        await page.goto(this.url(address), { waitUntil: 'load' });
        findings.push(...(await look(page, noise)).map((finding) => `${address}: ${finding}`));
      }
      return findings;
    });
  }

  /**
   * @param {Page} page
   * @param {string[]} noise
   */
  #listen(page, noise) {
    page.on('pageerror', (error) => noise.push(`an uncaught error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        noise.push(`an error on the console: ${message.text()}`);
      }
    });
    page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(`${this.origin}/`)) {
        noise.push(`a request to another machine: ${request.url()}`);
      }
    });
    page.on('response', (response) => {
      if (response.status() >= 400) {
        noise.push(`a request answered with ${response.status()}: ${response.url()}`);
      }
    });
  }
}

/**
 * Opens every fold and every panel of a page, so that a rule sees all of it at once.
 *
 * @param {Page} page
 */
export async function unfold(page) {
  await page.evaluate(() => {
    for (const panel of document.querySelectorAll('.host[hidden]')) {
      panel.removeAttribute('hidden');
    }
    for (const fold of document.querySelectorAll('details')) {
      fold.open = true;
    }
  });
}
