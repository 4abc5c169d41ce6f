const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What a scene is called: its id; of a prompt that nobody labelled, whose id is its prompt's, the first characters. */
export const sceneName = (sceneId: string): string =>
  UUID.test(sceneId) ? `prompt ${sceneId.slice(0, 8)}` : sceneId
