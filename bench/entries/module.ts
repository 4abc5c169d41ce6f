// Row S2: everything, as a host has it that shows the whole dashboard.
export * from '../../index'
export { App } from '../../App'
