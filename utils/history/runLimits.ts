export { RUN_LIMITS } from '../../services/history/runLimits'
