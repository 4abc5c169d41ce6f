/** What the services load when it is wanted. */
const PARTS = [
  () => import('../stock/createStockFallback'),
  () => import('../realtime/pollSystemStats'),
  () => import('../realtime/showArtifact'),
  () => import('../recorder/createScribe'),
  () => import('../history/openRunBooks'),
  () => import('../history/readKnownPrompts'),
  () => import('../history/createExpectedTimes'),
  () => import('../history/createHistoryAnswers'),
  () => import('../history/eraseEverything'),
  () => import('../comfyUIService'),
  () => import('../servers/checkNewServer'),
  () => import('../servers/serverEdits'),
  () => import('./fileCalls'),
]

/** Loads it before it is wanted. What can't be had now is asked for again when it is. */
export async function preloadParts(): Promise<void> {
  await Promise.allSettled(PARTS.map((load) => load()))
}
