/** The last time, epoch ms, that is taken from anywhere: sums and differences stay within what Date can show. */
export const MAX_TIME = 4.2e12
