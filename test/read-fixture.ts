import { readFileSync } from 'node:fs'

/** A fixture as JSON: numbers from an independent PyTorch and NumPy program. */
export function readFixture<Fixture>(name: string): Fixture {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')) as Fixture
}
