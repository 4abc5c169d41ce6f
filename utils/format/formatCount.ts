const WHOLE = new Intl.NumberFormat('en')

/** `4,120` */
export const whole = (n: number): string => WHOLE.format(n)

/** `4,120 runs`, `1 run`. */
export const count = (n: number, word: string): string => `${whole(n)} ${word}${n === 1 ? '' : 's'}`
