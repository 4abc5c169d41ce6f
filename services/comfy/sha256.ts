/**
 * SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, in lower-case hex. Synchronous and our own because `crypto.subtle` doesn't exist
 * on plain http, where most dashboards run.
 */
export function sha256(text: string): string {
  const hash = Uint32Array.from(INITIAL)
  const words = new Uint32Array(64)
  const blocks = padded(new TextEncoder().encode(text))
  for (let offset = 0; offset < blocks.byteLength; offset += 64) compress(hash, words, blocks, offset)
  return Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('')
}

/** The message, a 1 bit, zeros, and its length in bits as 64 bits: a multiple of 64 bytes. */
function padded(bytes: Uint8Array): DataView {
  const view = new DataView(new ArrayBuffer((((bytes.length + 8) >> 6) + 1) * 64))
  new Uint8Array(view.buffer).set(bytes)
  view.setUint8(bytes.length, 0x80)
  view.setUint32(view.byteLength - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(view.byteLength - 4, (bytes.length << 3) >>> 0)
  return view
}

function compress(hash: Uint32Array, words: Uint32Array, blocks: DataView, offset: number): void {
  for (let i = 0; i < 16; i++) words[i] = blocks.getUint32(offset + i * 4)
  for (let i = 16; i < 64; i++) words[i] = expand(words, i)
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
  for (let i = 0; i < 64; i++) {
    const choice = (e & f) ^ (~e & g)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const first =
      (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + at(ROUNDS, i) + at(words, i)) | 0
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  ;[a, b, c, d, e, f, g, h].forEach((value, i) => (hash[i] = at(hash, i) + value))
}

function expand(words: Uint32Array, i: number): number {
  const near = at(words, i - 15)
  const far = at(words, i - 2)
  const small = rotate(near, 7) ^ rotate(near, 18) ^ (near >>> 3)
  const large = rotate(far, 17) ^ rotate(far, 19) ^ (far >>> 10)
  return at(words, i - 16) + small + at(words, i - 7) + large
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))
const at = (words: Uint32Array, i: number): number => words[i] ?? 0

const PRIMES = firstPrimes(64)
/** The first 32 bits of the fractional parts of the square roots of the first 8 primes, the cube roots of the first 64. */
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))
const ROUNDS = Uint32Array.from(PRIMES.map((prime) => fraction(Math.cbrt(prime))))

function fraction(root: number): number {
  return Math.floor((root % 1) * 2 ** 32)
}

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = []
  for (let candidate = 2; primes.length < count; candidate++)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate)
  return primes
}
