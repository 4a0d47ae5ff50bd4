import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

export type ContentCoding = 'br' | 'gzip'

/** Compressors, the preferred one first. Brotli at 5 of 11 is as fast as gzip and smaller; 11 takes 1 s a megabyte. */
const compressors: Readonly<Record<ContentCoding, (body: Buffer) => Buffer>> = {
  br: body => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: body => gzipSync(body),
}
const codings = Object.keys(compressors) as ContentCoding[]

/** A body with its compressed forms, each of which is made once, when it is first asked for. */
export class CodedBody {
  readonly #forms = new Map<ContentCoding, Buffer>()

  constructor(readonly plain: Buffer) {}

  /** The form for an `Accept-Encoding` header; the plain one has no coding. */
  accepted(header: string | undefined): { readonly body: Buffer; readonly coding?: ContentCoding } {
    const coding = acceptedCoding(header)
    if (coding === undefined) return { body: this.plain }
    const body = this.#forms.get(coding) ?? compressors[coding](this.plain)
    this.#forms.set(coding, body)
    return body.length < this.plain.length ? { body, coding } : { body: this.plain }
  }
}

/** The best coding that an `Accept-Encoding` header allows (RFC 9110 §12.5.3). */
export function acceptedCoding(header = ''): ContentCoding | undefined {
  const qualities = new Map<string, number>()
  for (const item of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';').map(part => part.trim())
    const quality = parameters.find(parameter => parameter.startsWith('q='))
    qualities.set(name, quality === undefined ? 1 : Number(quality.slice(2)))
  }
  return codings.find(coding => (qualities.get(coding) ?? qualities.get('*') ?? 0) > 0)
}
