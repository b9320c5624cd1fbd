// Rule: every text on a page stands out from what is behind it, by the ratio WCAG 2.2 asks of normal
// text (success criterion 1.4.3). Measured on the colours the browser computed, not on style sheets.
import { unfold } from '../lib/site.mjs';

/** WCAG 2.2, 1.4.3 Contrast (Minimum), level AA. Large text may have 3:1; the book does not use that. */
export const MINIMUM_RATIO = 4.5;

/**
 * @param {import('../lib/site.mjs').Site} site
 * @param {string[]} addresses
 * @param {import('../lib/site.mjs').Visit} visit
 * @returns {Promise<string[]>} findings
 */
export async function textStandsOut(site, addresses, visit) {
  return site.tour(addresses, visit, async (page) => {
    await unfold(page);
    return measureContrast(page);
  });
}

/**
 * @param {import('../lib/site.mjs').Page} page as the reader sees it now
 * @returns {Promise<string[]>} findings
 */
export async function measureContrast(page) {
  // A colour in the middle of a transition is nobody's choice.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  return page.evaluate(faintTexts, MINIMUM_RATIO);
}

/**
 * Runs in the page.
 *
 * @param {number} minimum
 * @returns {string[]}
 */
function faintTexts(minimum) {
  /** @typedef {[red: number, green: number, blue: number, alpha: number]} Colour channels 0–255, alpha 0–1 */

  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (
    new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  );
  /** @type {Map<string, Colour>} */
  const known = new Map();

  /** @param {string} css any colour the browser understands @returns {Colour} */
  function parse(css) {
    let colour = known.get(css);
    if (!colour) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = css;
      pen.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data;
      colour = [red, green, blue, alpha / 255];
      known.set(css, colour);
    }
    return colour;
  }

  /** @param {Colour} top @param {Colour} bottom opaque @returns {Colour} */
  function over(top, bottom) {
    const mix = (/** @type {0 | 1 | 2} */ channel) => top[channel] * top[3] + bottom[channel] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  }

  /** Relative luminance, WCAG 2.2. @param {Colour} colour */
  function luminance(colour) {
    const linear = (/** @type {0 | 1 | 2} */ channel) => {
      const value = colour[channel] / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2);
  }

  /** @param {Colour} one @param {Colour} other */
  function ratio(one, other) {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
    return (light + 0.05) / (dark + 0.05);
  }

  /** @param {Element} element @returns {Element[]} the element and what it lies in, innermost first */
  function lineage(element) {
    const all = [];
    for (let one = /** @type {Element | null} */ (element); one; one = one.parentElement) {
      all.push(one);
    }
    return all;
  }

  /** @param {Element} element @param {DOMRect} place of the text @returns {Colour} */
  function backgroundOf(element, place) {
    const boxes = lineage(element).map((one) => parse(getComputedStyle(one).backgroundColor));
    return [...shapesUnder(element, place), ...boxes].reduceRight(
      (below, layer) => over(layer, below),
      /** @type {Colour} */ ([255, 255, 255, 1]),
    );
  }

  /**
   * In a picture the text lies on the shapes drawn before it.
   *
   * @param {Element} element
   * @param {DOMRect} place
   * @returns {Colour[]} topmost first
   */
  function shapesUnder(element, place) {
    const picture = element instanceof SVGElement ? element.ownerSVGElement : null;
    const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
    return [...(picture?.querySelectorAll('rect, circle, ellipse, polygon') ?? [])]
      .filter((shape) => {
        const box = shape.getBoundingClientRect();
        const isBefore = shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
        return isBefore && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
      })
      .map((shape) => getComputedStyle(shape).fill)
      .map((fill) => (fill === 'none' ? parse('transparent') : parse(fill)))
      .reverse();
  }

  /** @param {Element} element */
  function describe(element) {
    const classes = [...element.classList].map((name) => `.${name}`).join('');
    return element.localName + classes;
  }

  /** @param {Colour} colour */
  const hex = (colour) =>
    `#${colour
      .slice(0, 3)
      .map((value) => Math.round(value).toString(16).padStart(2, '0'))
      .join('')}`;

  /** @type {Map<string, string>} */
  const findings = new Map();

  /** @param {Element} element @param {CSSStyleDeclaration} style @param {string} text @param {DOMRect} place */
  function judge(element, style, text, place) {
    const background = backgroundOf(element, place);
    const [red, green, blue, alpha] = parse(element instanceof SVGElement ? style.fill : style.color);
    const opacity = lineage(element).reduce(
      (product, one) => product * Number(getComputedStyle(one).opacity),
      1,
    );
    const colour = over([red, green, blue, alpha * opacity], background);
    const measured = ratio(colour, background);
    if (measured < minimum) {
      const where = [...lineage(element).slice(0, 3)].reverse().map(describe).join(' > ');
      findings.set(
        `${where} ${hex(colour)} ${hex(background)}`,
        `"${text.trim().slice(0, 40)}" (${where}) is ${hex(colour)} on ${hex(background)}, ${measured.toFixed(2)}:1; at least ${minimum}:1 is expected`,
      );
    }
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.textContent ?? '';
    if (!element || text.trim() === '' || !element.checkVisibility({ visibilityProperty: true })) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    judge(element, getComputedStyle(element), text, range.getBoundingClientRect());
  }
  for (const element of document.querySelectorAll('main *')) {
    for (const pseudo of ['::before', '::after']) {
      const style = getComputedStyle(element, pseudo);
      const label = /^"(.*)"$/.exec(style.content)?.[1];
      if (label && element.checkVisibility({ visibilityProperty: true })) {
        judge(element, style, label, element.getBoundingClientRect());
      }
    }
  }
  return [...findings.values()];
}
