import { THIN } from './thin'

const GIGABYTE = 2 ** 30

/** `8.2 GB`; a GB is 2³⁰ bytes, as GPU makers count. */
export function formatGigabytes(bytes: number): string {
  return `${gigabytes(bytes)}${THIN}GB`
}

/** `8.2 GB free of 24 GB`, or without the total when it isn't known. */
export function formatFree(free: number, total: number | undefined): string {
  return total === undefined
    ? `${formatGigabytes(free)} free`
    : `${formatGigabytes(free)} free of ${Math.round(total / GIGABYTE)}${THIN}GB`
}

/** For a screen reader: `8.2 of 24 gigabytes`. */
export function speakFree(free: number, total: number | undefined): string {
  return total === undefined
    ? `${gigabytes(free)} gigabytes`
    : `${gigabytes(free)} of ${Math.round(total / GIGABYTE)} gigabytes`
}

/** `310 MB`, for storage. */
export function formatMegabytes(bytes: number): string {
  const megabytes = bytes / 2 ** 20
  return megabytes < 10 ? `${megabytes.toFixed(1)}${THIN}MB` : `${Math.round(megabytes)}${THIN}MB`
}

/** The same, in GB where that is easier to read: `1.2 GB`. */
export const formatStorage = (bytes: number): string =>
  bytes < GIGABYTE ? formatMegabytes(bytes) : formatGigabytes(bytes)

const gigabytes = (bytes: number): string => (bytes / GIGABYTE).toFixed(1)
