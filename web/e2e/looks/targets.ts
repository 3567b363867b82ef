import { expect, type Page } from '@playwright/test';

/** Whatever a finger has to hit is at least 44 pixels wide and high; links within a sentence are left out. */
export async function expectTargets(page: Page, name: string): Promise<void> {
  expect.soft(await page.evaluate(smallTargets), name).toEqual([]);
}

function smallTargets(): string[] {
  const selector = 'button, a[href], input, select, textarea, [role="button"], [role="menuitem"], [role="tab"]';
  // Half a pixel is a matter of rounding.
  const least = 43.5;

  function isThere(element: Element): boolean {
    const { width, height } = element.getBoundingClientRect();
    const isSeen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    // What only screen readers get is cut away, or one pixel large; its label is what one hits.
    const isCutAway = getComputedStyle(element).clipPath === 'inset(50%)';
    return isSeen && !isCutAway && width > 2 && height > 2;
  }

  function isWithinText(element: Element): boolean {
    const text = element.parentElement?.textContent?.trim() ?? '';
    return getComputedStyle(element).display === 'inline' && text.length > (element.textContent?.trim().length ?? 0);
  }

  /** A link may stretch over its whole card. */
  function stretched(element: Element): Element {
    const { position } = getComputedStyle(element, '::after');
    return position === 'absolute' && element instanceof HTMLElement ? (element.offsetParent ?? element) : element;
  }

  function areaOf(element: Element): { width: number; height: number } {
    const labels = 'labels' in element ? [...((element.labels ?? []) as NodeListOf<Element>)] : [];
    const boxes = [stretched(element), ...labels].map((part) => part.getBoundingClientRect());
    const spans = (from: 'left' | 'top', to: 'right' | 'bottom'): number =>
      Math.max(...boxes.map((box) => box[to])) - Math.min(...boxes.map((box) => box[from]));
    return { width: spans('left', 'right'), height: spans('top', 'bottom') };
  }

  return [...document.querySelectorAll(selector)]
    .filter((element) => isThere(element) && !isWithinText(element))
    .map((element) => ({ element, area: areaOf(element) }))
    .filter(({ area }) => area.width < least || area.height < least)
    .map(({ element, area }) => {
      const words = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '';
      return `${element.tagName.toLowerCase()} “${words}” ${area.width.toFixed(0)} × ${area.height.toFixed(0)}`;
    });
}
