import { THIN } from './thin'

/** `3.2 Wh`, `1.20 kWh`. */
export const formatEnergy = (wattHours: number): string =>
  wattHours >= 1_000
    ? `${(wattHours / 1_000).toFixed(2)}${THIN}kWh`
    : `${wattHours.toFixed(wattHours < 10 ? 1 : 0)}${THIN}Wh`
