export { generateRuns } from '../../services/seed/generateRuns'
