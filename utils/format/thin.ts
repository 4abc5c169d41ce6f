/** Narrow no-break space: a figure and its unit stay on one line. */
export const THIN = '\u202f'
