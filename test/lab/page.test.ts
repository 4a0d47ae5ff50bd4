import { describe, expect, it } from 'vitest'
import { openLab } from './browser.js'

describe('the lab', () => {
  it('shows its four rooms under one heading', async () => {
    const { page } = await openLab()
    expect(await page.locator('h1').allInnerTexts()).toEqual(['ghostpoint lab'])
    expect(await page.locator('section.room h2').allInnerTexts()).toEqual([
      'One dimension',
      'A network',
      'The remedies',
      'A working memory',
    ])
  })
})
