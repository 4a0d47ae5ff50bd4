/** `model.rank` → `"model"."rank"`. */
export function quotePath(path: string): string {
  return path
    .split('.')
    .map(part => `"${part}"`)
    .join('.')
}

/** A text as SQL writes it. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
