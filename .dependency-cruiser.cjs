/** types ← services ← utils/hooks ← components ← App; docs/structure.md */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'types-import-nothing',
      severity: 'error',
      from: { path: '^types\\.ts$' },
      to: { path: '.+' },
    },
    {
      name: 'services-know-no-react-and-nothing-above',
      severity: 'error',
      from: { path: '^services/' },
      to: { path: '^(utils|components|App|main)|node_modules/(react|react-dom)/' },
    },
    {
      name: 'utils-know-no-components',
      severity: 'error',
      from: { path: '^utils/' },
      to: { path: '^(components|App|main)' },
    },
    {
      name: 'components-reach-services-through-hooks',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(services|App|main)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-knows-no-tools',
      severity: 'error',
      from: { path: '^(types|index|services|utils|components|App|main)' },
      to: { path: '^(tests|simulator|bench|scripts)/' },
    },
    {
      name: 'wire-stands-alone',
      severity: 'error',
      from: { path: '^services/wire/' },
      to: { path: '^services/(?!wire)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules|\\.cache|\\.venv|coverage|test-results)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
