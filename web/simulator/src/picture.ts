// WeChat shrinks a picture before it sends it; so does this page, until it fits the server's body limit.

const mostBytes = 60 * 1024
const steps: [side: number, quality: number][] = [
  [1280, 0.8],
  [1024, 0.7],
  [800, 0.65],
  [640, 0.6],
  [480, 0.5],
  [320, 0.4],
]

function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality))
}

function load(file: File): Promise<HTMLImageElement> {
  return new Promise((done, fail) => {
    const image = new Image()
    const address = URL.createObjectURL(file)
    image.onload = () => {
      URL.revokeObjectURL(address)
      done(image)
    }
    image.onerror = () => {
      URL.revokeObjectURL(address)
      fail(new Error('not a picture'))
    }
    image.src = address
  })
}

export async function shrink(file: File): Promise<Blob> {
  const image = await load(file)
  for (const [side, quality] of steps) {
    const scale = Math.min(1, side / Math.max(image.naturalWidth, image.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await encode(canvas, quality)
    if (blob && blob.size <= mostBytes) return blob
  }
  throw new Error('too large')
}
