/** What browsers show and ComfyUI can make a preview of. Not SVG: it is a document, and PIL cannot read it. */
const PICTURE = /\.(png|jpe?g|webp|gif|avif|bmp)$/i

/** Whether a file is a still picture, by its name. */
export const isPicture = (filename: string): boolean => PICTURE.test(filename)
