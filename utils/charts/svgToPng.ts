/** Pixels of the picture for each of the chart's. */
const DENSITY = 2

/** Draws a standalone svg as a PNG, twice its size. Rejects where the browser cannot. */
export async function svgToPng(picture: {
  readonly markup: string
  readonly width: number
  readonly height: number
}): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.markup)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = picture.width * DENSITY
  canvas.height = picture.height * DENSITY
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('No picture came of it.'))),
      'image/png',
    ),
  )
}
