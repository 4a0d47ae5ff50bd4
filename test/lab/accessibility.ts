import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** How the page is looked at where its accessibility is tested. */
export const views = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['360 px', { viewport: { width: 360, height: 800 } }],
] as const

/** The accessibility rules that a part of the page breaks, each with where. */
export async function violations(page: Page, selector: string): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async at => {
    const run = Reflect.get(Reflect.get(globalThis, 'axe'), 'run')
    const { violations: found } = await run(at)
    return found.map(
      ({ id, nodes }: { id: string; nodes: { target: string[] }[] }) =>
        `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )
  }, selector)
}

/** Px by which the page is wider than its window. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
}
