/** What axe finds wrong with a page. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Each violation in one line: the rule and where. Looked at when nothing moves: axe reads the colours of one moment. */
export async function violations(page: Page): Promise<string[]> {
  await expect.poll(() => page.evaluate(movements), 'reduced motion is obeyed: nothing moves').toEqual([]);
  const { violations: found } = await new AxeBuilder({ page })
    .setLegacyMode()
    // What passes is neither collected nor sent here.
    .options({ resultTypes: ['violations'] })
    .analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.html}`));
}

/** In the page: what a style or a script moves just now. */
function movements(): string[] {
  return document
    .getAnimations()
    .filter(({ playState }) => playState === 'running')
    .map(({ effect }) => (effect instanceof KeyframeEffect ? (effect.target?.outerHTML.slice(0, 200) ?? '') : ''));
}
