import { expect, it } from 'vitest'
import { rangeOfTime } from '../../../utils/filter/dateRange'

const at = (time: string): number => Date.parse(`2026-11-14T${time}Z`)

it('takes a stretch of time as the whole minutes it touches', () => {
  expect(rangeOfTime(at('02:10:31.250'), at('05:00:00'))).toEqual({ from: at('02:10'), to: at('05:01') })
  expect(rangeOfTime(at('02:10:05'), at('02:10:06'))).toEqual({ from: at('02:10'), to: at('02:11') })
})
