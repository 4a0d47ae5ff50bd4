import { parseHTML } from 'linkedom'

/** An empty HTML document to draw figures in outside a browser. */
export function createDocument(): Document {
  return parseHTML('<!doctype html><html><head></head><body></body></html>').document
}
