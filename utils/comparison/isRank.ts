import { RANK_TEST } from '../../services/statistics/rankOfRun'

/** Whether an estimate's p is a rank among like runs or scenes. */
export const isRank = (test: string): boolean => test === RANK_TEST
