/**
 * A part of the code that is loaded when it is wanted. Rejects with a sentence when it can't be had; the next try asks the network
 * again, in older browsers only after a reload.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    throw new Error(NOT_LOADED, { cause })
  }
}

const NOT_LOADED =
  'A part of this page could not be loaded: what serves the page does not answer, or has a newer version of it. ' +
  'It is tried again with the next try; if that does not help, reload the page.'
