/** The chart tokens `--tele-chart-1` to `-8`: how many series can be told apart. */
export const SERIES_COUNT = 8

type Draw = (r: number) => string

/** Around 0,0, about equally heavy to the eye; `r` is half the height, px. */
const SHAPES: readonly Draw[] = [
  (r) => `m${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
  (r) => polygon(3, 1.25 * r, -90),
  (r) => polygon(4, 1.25 * r, -45),
  (r) => polygon(4, 1.3 * r, -90),
  (r) => polygon(3, 1.25 * r, 90),
  plus,
  (r) => polygon(6, 1.1 * r, -90),
  star,
]

/** The shape of series 1 to 8 as a path relative to where the pen stands; a disc for what is beyond. */
export const symbolPath = (series: number, r: number): string => (SHAPES[series - 1] ?? SHAPES[0])?.(r) ?? ''

export const seriesColor = (series: number): string =>
  series <= SERIES_COUNT ? `var(--tele-chart-${series})` : 'var(--tele-faint)'

/** A cross around where the pen stands. */
export const crossPath: Draw = (r) => `m${-r},${-r}l${2 * r},${2 * r}m0,${-2 * r}l${-2 * r},${2 * r}`
/** A hollow arrow upward, its foot where the pen stands. */
export const upArrowPath: Draw = (r) =>
  `m0,${-2.4 * r}l${r},${1.2 * r}h${-r / 2}v${1.2 * r}h${-r}v${-1.2 * r}h${-r / 2}z`
export const ringPath: Draw = (r) => symbolPath(1, r)

function polygon(corners: number, r: number, turn: number): string {
  return closed(Array.from({ length: corners }, (_, i) => corner(r, turn + (360 / corners) * i)))
}

function star(r: number): string {
  return closed(Array.from({ length: 10 }, (_, i) => corner(i % 2 === 0 ? 1.4 * r : 0.6 * r, -90 + 36 * i)))
}

function plus(r: number): string {
  const [a, b] = [0.4 * r, 1.15 * r]
  return `m${-a},${-b}h${2 * a}v${b - a}h${b - a}v${2 * a}h${a - b}v${b - a}h${-2 * a}v${a - b}h${a - b}v${-2 * a}h${b - a}z`
}

const corner = (r: number, degrees: number): readonly [number, number] => [
  round(r * Math.cos((degrees * Math.PI) / 180)),
  round(r * Math.sin((degrees * Math.PI) / 180)),
]

/** Relative, so that hundreds of shapes are one path. */
function closed(corners: readonly (readonly [number, number])[]): string {
  const steps = corners.map(([x, y], i) => {
    const before = corners[i - 1]
    return before ? `l${round(x - before[0])},${round(y - before[1])}` : `m${x},${y}`
  })
  return `${steps.join('')}z`
}

const round = (value: number): number => Math.round(value * 100) / 100
