// What mdBook's sidebar and menus show: a failure's short name instead of a message that fills three
// lines, and the two themes that the book has. Without JavaScript there is neither list nor menu. And the
// names of columns, for each cell of a table that a narrow window shows row by row (narrow.css); without
// JavaScript such a table scrolls.
'use strict';

(() => {
  /** With fewer columns a table fits a telephone. */
  const MANY_COLUMNS = 5;

  for (const table of document.querySelectorAll('main table')) {
    const names = [...table.querySelectorAll('thead th')].map((cell) => cell.textContent ?? '');
    if (names.length >= MANY_COLUMNS) {
      table.classList.add('by-row');
      for (const row of table.querySelectorAll('tbody tr')) {
        [...row.children].forEach((cell, index) => cell.setAttribute('data-column', names[index] ?? ''));
      }
    }
  }

  /** The book has one dark palette, whatever mdBook calls it; a theme chosen elsewhere still works. */
  const MENU = { light: 'Light', navy: 'Dark' };

  // mdBook lists the sections when the document is complete, and registered for that earlier.
  document.addEventListener('DOMContentLoaded', () => {
    for (const link of document.querySelectorAll('.header-in-summary')) {
      const heading = document.getElementById(decodeURIComponent(link.getAttribute('href')?.slice(1) ?? ''));
      const failure = heading?.closest('.failure');
      const short = failure instanceof HTMLElement ? failure.dataset.short : undefined;
      if (short !== undefined && heading) {
        link.textContent = short;
        link.setAttribute('title', heading.textContent ?? '');
      }
    }
  });

  for (const button of document.querySelectorAll('#mdbook-theme-list .theme')) {
    const theme = button.id.replace('mdbook-theme-', '');
    const name = Object.entries(MENU).find(([known]) => known === theme)?.[1];
    if (name !== undefined) {
      button.textContent = name;
    } else if (theme !== 'default_theme') {
      // Hidden, not removed: mdBook looks for the button of the theme that is in use.
      button.closest('li')?.setAttribute('hidden', '');
    }
  }
})();
