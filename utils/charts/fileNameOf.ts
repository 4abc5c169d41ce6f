/** `scene-duration-by-run-2026-11-14.svg`: of letters that every file system takes. */
export function fileNameOf(title: string, extension: string, now: number): string {
  const day = new Date(now)
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  )
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
  return `${slug || 'chart'}-${date.join('-')}.${extension}`
}
